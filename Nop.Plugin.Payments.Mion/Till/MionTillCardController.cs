using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>A Bolt Card that was tapped at the assistant's device.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionTillCardController(CardPayment payment, PaymentSessionStore store, PaymentTexts texts) : BasePaymentController
{
    /// <summary>Has the card pay the invoice that the assistant was shown; says what came of it, as JSON.</summary>
    /// <param name="attemptId">The attempt whose invoice it was.</param>
    /// <param name="address">The address that stands on the card.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Pay(int id, int attemptId, string? address)
    {
        var result = await store.GetByIdAsync(id) is { IsTill: true } session ? await payment.PayAsync(session, attemptId, address) : CardResult.CodeChanged;
        return Json(new { Result = result.ToString(), Message = await texts.GetAsync($"Till.Card.{result}") });
    }
}
