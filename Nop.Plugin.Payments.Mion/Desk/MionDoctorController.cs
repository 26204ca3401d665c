using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// The examination of all payments in the admin area: the page asks for one step after another, so that no request runs
/// long however many payments there are.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionDoctorController(
    DoctorModelFactory modelFactory,
    PaymentDesk desk,
    PaymentDoctor doctor,
    PaymentSessionStore store,
    PaymentTexts texts) : BasePaymentController
{
    /// <summary>Shows the page.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Index() => View(MionDefaults.View.Doctor, await modelFactory.PrepareAsync());

    /// <summary>Examines the next payments; answers with JSON.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Examine(bool restart = false)
    {
        var step = await doctor.ContinueAsync(restart);
        return Json(new
        {
            step.Total,
            step.Examined,
            step.IsDone,
            Outage = step.Outage.Length > 0 ? await texts.GetAsync($"Desk.{DeskResult.MionFailed}", await texts.FailureAsync(step.Outage)) : string.Empty,
            Findings = await modelFactory.PrepareRowsAsync(step.Diagnoses)
        });
    }

    /// <summary>Brings a payment that Mion has to its order, by the same decision as ever; answers with JSON.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Apply(int id)
    {
        if (await store.GetByIdAsync(id) is not { } session)
            return await AnswerAsync(id, DeskResult.NotWaiting);
        var (result, error) = await desk.CheckAsync(session);
        return await AnswerAsync(id, result, error);
    }

    /// <summary>Marks what was found about a payment as handled; answers with JSON.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Handle(int id, string? comment)
    {
        if (await store.GetByIdAsync(id) is not { } session)
            return await AnswerAsync(id, DeskResult.NotWaiting);
        return await AnswerAsync(id, await desk.HandleFindingAsync(session, comment));
    }

    /// <summary>Says what came of it, and what is still to be said about the payment afterwards.</summary>
    private async Task<IActionResult> AnswerAsync(int id, DeskResult result, string error = "")
    {
        var findings = new List<DoctorDiagnosis>();
        if (result is not DeskResult.CommentMissing && await store.GetByIdAsync(id) is { } session
            && await doctor.ExamineAsync(session) is { Finding: not DoctorFinding.None } diagnosis)
            findings.Add(diagnosis);
        return Json(new
        {
            Message = await texts.GetAsync($"Desk.{result}", await texts.FailureAsync(error)),
            IsSettled = result is not DeskResult.CommentMissing && findings.Count == 0,
            Findings = await modelFactory.PrepareRowsAsync(findings)
        });
    }
}
