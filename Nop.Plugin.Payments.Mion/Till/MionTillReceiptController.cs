using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Sends the digital receipt to an address that the customer names at the till.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionTillReceiptController(PaymentSessionStore store, ReceiptMail mail, TillModelFactory modelFactory, TillStatusService statusService) : BasePaymentController
{
    /// <summary>Sends it once. The address is kept nowhere; where it could not be sent, this one answer holds it in its field.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Mail(int id, string? email)
    {
        if (await store.GetByIdAsync(id) is not { IsTill: true } session)
            return RedirectToRoute(MionDefaults.Route.TillStart);
        var result = await mail.SendAsync(session, email);
        if (result is ReceiptMailResult.Sent or ReceiptMailResult.NoReceipt)
            return RedirectToCharge(id, result == ReceiptMailResult.Sent ? true : null);
        var model = await modelFactory.PrepareChargeAsync(await statusService.ReadAsync(session));
        (model.MailAddress, model.MailResult) = (email ?? string.Empty, result);
        return View(MionDefaults.View.TillCharge, model);
    }

    /// <summary>A reload of the answer without its form sends nothing.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    [ActionName(nameof(Mail))]
    public IActionResult MailWithoutForm(int id) => RedirectToCharge(id);

    private RedirectToRouteResult RedirectToCharge(int id, bool? mailed = null) =>
        RedirectToRoute(MionDefaults.Route.TillAction, new { action = nameof(MionTillController.Charge), id, mailed });
}
