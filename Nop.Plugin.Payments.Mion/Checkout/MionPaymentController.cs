using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// The shopper's page about a payment, in the shop's own layout. Works while the store is closed to visitors, since
/// somebody may have paid a minute before.
/// </summary>
/// <remarks>
/// A bare controller: nopCommerce's filters would write the address, which is the key to the page, into the customer's
/// <em>last visited page</em>, and make a guest of everybody who tries an address that there is not.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionPaymentController(
    PaymentPageModelFactory modelFactory,
    PaymentSessionStore store,
    ShopperCheck shopperCheck) : Controller
{
    /// <summary>
    /// Shows the page.
    /// </summary>
    /// <param name="token">The session's token.</param>
    [HttpGet]
    public async Task<IActionResult> Payment(string token)
    {
        // the address is the key to the page: it must not travel to other sites, nor into a cache
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers.CacheControl = "no-store";
        Response.Headers["X-Robots-Tag"] = "noindex";
        if (await store.GetByTokenAsync(token) is not { } session)
            return PlainPage.Create(Request, "Payment.Unknown", StatusCodes.Status404NotFound);

        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await modelFactory.PrepareAsync(session,
            orderId => Url.RouteUrl(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId }),
            orderId => Url.RouteUrl(NopRouteNames.Standard.ORDER_DETAILS, new { orderId }));
        // a return that raced the webhook comes here while the payment is being applied, and finds it applied
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl) : View(MionDefaults.View.Payment, model);
    }
}
