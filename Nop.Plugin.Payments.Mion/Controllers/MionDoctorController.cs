using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Factories;
using Nop.Plugin.Payments.Mion.Models;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Controllers;

/// <summary>
/// The examination of all payments in the admin area: the page asks for one batch after another, so that no request
/// runs long however many payments there are.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionDoctorController(PaymentDesk desk, PaymentDoctor doctor, PaymentSearchStore searchStore, PaymentSessionStore store, PaymentTexts texts) : BasePaymentController
{
    /// <summary>
    /// Shows the page.
    /// </summary>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Index() => View(MionDefaults.View.Doctor, new DoctorModel { Total = await searchStore.CountAsync() });

    /// <summary>
    /// Examines one batch; answers with JSON.
    /// </summary>
    /// <param name="below">Where to go on; 0 to begin.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Examine(int below)
    {
        var batch = await doctor.ExamineAsync(below > 0 ? below : int.MaxValue);
        var orderNumbers = await searchStore.GetOrderNumbersAsync(batch.Diagnoses.Select(diagnosis => diagnosis.Session.OrderId));
        var findings = new List<object>();
        foreach (var (session, finding) in batch.Diagnoses)
        {
            findings.Add(new
            {
                id = session.Id,
                orderId = session.OrderId,
                order = orderNumbers.GetValueOrDefault(session.OrderId, $"({session.OrderId})"),
                amount = EuroAmount.Format(session.AmountCents),
                finding = finding == DoctorFinding.NeedsPerson ? await texts.GetAsync($"Reason.{session.ReviewReason}") : await texts.GetAsync($"Finding.{finding}"),
                canApply = finding == DoctorFinding.PaidAtMion,
                hasOrder = orderNumbers.ContainsKey(session.OrderId)
            });
        }

        return Json(new { examined = batch.Examined, next = batch.NextBelow, findings });
    }

    /// <summary>
    /// Brings a payment that Mion has to its order, by the same decision as ever; answers with JSON.
    /// </summary>
    /// <param name="id">Id of the session's row.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Apply(int id)
    {
        if (await store.GetByIdAsync(id) is not { } session)
            return Json(new { message = await texts.GetAsync($"Desk.{DeskResult.Failed}") });
        var (result, error) = await desk.CheckAsync(session);
        return Json(new { message = await texts.GetAsync($"Desk.{result}", error) });
    }
}
