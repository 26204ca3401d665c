using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// What a shopper's browser calls: the return from Mion, the page about a payment in the shop's own layout, the page's
/// question for news, and <em>try again</em>. Works while the store is closed to visitors, since somebody may have paid a
/// minute before.
/// </summary>
/// <remarks>
/// A bare controller: nopCommerce's filters would make a guest of every browser that comes without cookies, such as a
/// wallet's, and write the address, which is the key to the page, into the customer's <em>last visited page</em>. The
/// token is the permission, so there is no antiforgery token either.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionPaymentController(
    IOrderService orderService,
    PaymentPageModelFactory modelFactory,
    CheckoutOpening opening,
    PaymentSessionStore store,
    ShopperCheck shopperCheck) : Controller
{
    /// <summary>The shopper comes back from Mion: paid or not, by Mion's word and not by the fact that they are back.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Return(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return RedirectToPaymentPage(token);
        await shopperCheck.CheckAsync(session, CheckTrigger.Return);
        var model = await PrepareModelAsync(session);
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl) : RedirectToPaymentPage(token);
    }

    /// <summary>A shopper who is sent back by a form.</summary>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    [ActionName(nameof(Return))]
    public IActionResult ReturnByForm(string token) => SeeOther(MionDefaults.Route.Return, token);

    /// <summary>Shows the page.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Payment(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return PlainPage.Create(Request, "Payment.Unknown", StatusCodes.Status404NotFound);
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await PrepareModelAsync(session);
        // a return that raced the webhook comes here while the payment is being applied, and finds it applied
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl) : View(MionDefaults.View.Payment, model);
    }

    /// <summary>A shopper who is sent here by a form.</summary>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    [ActionName(nameof(Payment))]
    public IActionResult PaymentByForm(string token) => SeeOther(MionDefaults.Route.Payment, token);

    /// <summary>News for an open payment page, as JSON.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Status(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return NotFound(new { state = nameof(PaymentPageState.Unknown) });
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await PrepareModelAsync(session);
        return Json(new { state = model.State.ToString(), amount = model.Amount, continueUrl = model.ContinueUrl, completedUrl = model.CompletedUrl });
    }

    /// <summary>Opens a session for the order again, or finds the one that is open, and sends the shopper there.</summary>
    /// <param name="token">The token of any of the order's sessions.</param>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Retry(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session
            || await orderService.GetOrderByGuidAsync(session.OrderGuid) is not { } order)
            return RedirectToPaymentPage(token);
        // who has paid in the last second is not asked to pay again
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        if (await PrepareModelAsync(session) is not { State: PaymentPageState.NotStarted or PaymentPageState.Waiting } and not { State: PaymentPageState.Expired, CanPayAgain: true })
            return RedirectToPaymentPage(token);
        var (checkoutUrl, opened) = await opening.TryOpenAsync(order);
        return checkoutUrl is not null ? Redirect(checkoutUrl) : RedirectToPaymentPage(opened?.Token ?? token);
    }

    /// <summary>A reload of <em>try again</em> without its form opens nothing.</summary>
    [HttpGet, HttpHead]
    [ActionName(nameof(Retry))]
    public IActionResult RetryWithoutForm(string token) => RedirectToPaymentPage(token);

    private Task<PaymentPageModel> PrepareModelAsync(MionPaymentSession session) => modelFactory.PrepareAsync(session,
        orderId => Url.RouteUrl(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId }),
        orderId => Url.RouteUrl(NopRouteNames.Standard.ORDER_DETAILS, new { orderId }));

    private IActionResult SeeOther(string route, string token)
    {
        if (!SecretToken.IsWellFormed(token))
            return PlainPage.Create(Request, "Payment.Unknown", StatusCodes.Status404NotFound);
        Response.Headers.Location = Url.RouteUrl(route, new { token });
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    // what cannot be a token at all may not even make an address
    private IActionResult RedirectToPaymentPage(string token) => SecretToken.IsWellFormed(token)
        ? RedirectToRoute(MionDefaults.Route.Payment, new { token })
        : PlainPage.Create(Request, "Payment.Unknown", StatusCodes.Status404NotFound);
}
