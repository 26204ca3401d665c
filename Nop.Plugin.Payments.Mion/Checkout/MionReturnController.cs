using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// What a shopper's browser calls besides the payment page: the return from Mion, the page's question for news, and
/// <em>try again</em>.
/// </summary>
/// <remarks>
/// A bare controller: nopCommerce's filters would make a guest of every browser that comes without cookies, such as a
/// wallet's. The token in the address is the permission, so there is no antiforgery token either.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionReturnController(
    IOrderService orderService,
    PaymentPageModelFactory modelFactory,
    CheckoutOpening opening,
    PaymentSessionStore store,
    ShopperCheck shopperCheck) : Controller
{
    /// <summary>
    /// The shopper comes back from Mion: paid or not, by Mion's word and not by the fact that they are back.
    /// </summary>
    /// <param name="token">The session's token.</param>
    [HttpGet]
    public async Task<IActionResult> Return(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return RedirectToPaymentPage(token);
        await shopperCheck.CheckAsync(session, CheckTrigger.Return);
        var model = await PrepareModelAsync(session);
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl) : RedirectToPaymentPage(token);
    }

    /// <summary>
    /// News for an open payment page, as JSON.
    /// </summary>
    /// <param name="token">The session's token.</param>
    [HttpGet]
    public async Task<IActionResult> Status(string token)
    {
        Response.Headers.CacheControl = "no-store";
        if (await store.GetByTokenAsync(token) is not { } session)
            return NotFound(new { state = nameof(PaymentPageState.Unknown) });
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await PrepareModelAsync(session);
        return Json(new { state = model.State.ToString(), amount = model.Amount, continueUrl = model.ContinueUrl, completedUrl = model.CompletedUrl });
    }

    /// <summary>
    /// Opens a session for the order again, or finds the one that is open, and sends the shopper there.
    /// </summary>
    /// <param name="token">The token of any of the order's sessions.</param>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Retry(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session
            || await orderService.GetOrderByGuidAsync(session.OrderGuid) is not { } order)
            return RedirectToPaymentPage(token);
        var (checkoutUrl, opened) = await opening.TryOpenAsync(order);
        return checkoutUrl is not null ? Redirect(checkoutUrl) : RedirectToPaymentPage(opened?.Token ?? token);
    }

    /// <summary>
    /// A reload of <em>try again</em> without its form opens nothing.
    /// </summary>
    /// <param name="token">The session's token.</param>
    [HttpGet]
    [ActionName(nameof(Retry))]
    public IActionResult RetryWithoutForm(string token) => RedirectToPaymentPage(token);

    private Task<PaymentPageModel> PrepareModelAsync(MionPaymentSession session) => modelFactory.PrepareAsync(session,
        orderId => Url.RouteUrl(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId }),
        orderId => Url.RouteUrl(NopRouteNames.Standard.ORDER_DETAILS, new { orderId }));

    // what cannot be a token at all may not even make an address
    private IActionResult RedirectToPaymentPage(string token) => SecretToken.IsWellFormed(token)
        ? RedirectToRoute(MionDefaults.Route.Payment, new { token })
        : PlainPage.Create(Request, "Payment.Unknown", StatusCodes.Status404NotFound);
}
