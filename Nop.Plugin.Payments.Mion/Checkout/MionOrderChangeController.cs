using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Messages;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary><em>Change my order</em> on the payment page of the order's own customer, who has nopCommerce's cookies and so its antiforgery token.</summary>
[TokenAddress]
[AutoValidateAntiforgeryToken]
public class MionOrderChangeController(
    CurrentShopper currentShopper,
    INotificationService notificationService,
    IOrderService orderService,
    OrderChange change,
    PaymentSessionStore store,
    PaymentTexts texts,
    StoreInformationSettings storeInformationSettings) : Controller
{
    /// <summary>Cancels the order, and leads to the cart with what was in it.</summary>
    /// <param name="token">The number of any of the order's sessions.</param>
    [HttpPost]
    public async Task<IActionResult> Change(string token)
    {
        if (storeInformationSettings.StoreClosed || !TokenAddressAttribute.IsPublic(token)
            || await store.GetByIdAsync(int.Parse(token, CultureInfo.InvariantCulture)) is not { } session
            || !await currentShopper.OwnsAsync(await orderService.GetOrderByGuidAsync(session.OrderGuid)))
            return RedirectToRoute(MionDefaults.Route.Payment, new { token });
        var result = await change.TryAsync(session);
        var text = await texts.GetAsync($"Payment.Change.{result}");
        if (result is not (OrderChangeResult.InCart or OrderChangeResult.InCartInPart))
        {
            notificationService.ShowError(text);
            return RedirectToRoute(MionDefaults.Route.Payment, new { token });
        }

        if (result == OrderChangeResult.InCart)
            notificationService.ShowSuccess(text);
        else
            notificationService.ShowWarning(text);
        return RedirectToRoute(NopRouteNames.General.CART);
    }

    /// <summary>A reload without the form changes nothing.</summary>
    [HttpGet, HttpHead]
    [ActionName(nameof(Change))]
    public IActionResult ChangeWithoutForm(string token) => RedirectToRoute(MionDefaults.Route.Payment, new { token });
}
