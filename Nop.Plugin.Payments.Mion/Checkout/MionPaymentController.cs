using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Stores;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// What a shopper's browser calls: the return from Mion, the page about a payment, the page's question for news, and
/// <em>try again</em>. Works while the store is closed to visitors, since somebody may have paid a minute before.
/// </summary>
/// <remarks>
/// <para>A bare controller: nopCommerce's filters would make a guest of every browser that comes without cookies, such as a
/// wallet's, and write the address, which may be a key, into the customer's <em>last visited page</em>. The token, in the
/// address or in a cookie that no other site can send, is the permission, so there is no antiforgery token either.</para>
/// <para>The page is in the store's layout, whose scripts are anybody's, so the token leaves the address first:
/// <c>payment/{token}</c> sets the cookie and leads to <c>payment/{number}/{token}</c>, and that, where the cookie came back,
/// to <c>payment/{number}</c>. Where it did not, the page is shown right there, in a layout of its own. Each leads to the
/// next only, so there is no loop.</para>
/// </remarks>
[NoForm]
[TokenAddress]
public class MionPaymentController(
    CurrentShopper currentShopper,
    IOrderService orderService,
    IStoreContext storeContext,
    PaymentPageModelFactory modelFactory,
    CheckoutOpening opening,
    OrderChange change,
    PaymentSessionStore store,
    ShopperCheck shopperCheck) : Controller
{
    private static readonly string _cookie = NopCookieDefaults.Prefix + ".MionPayment";
    // as long as a late payment is looked for where the store has not set another time
    private static readonly TimeSpan _cookieAge = TimeSpan.FromDays(7);

    /// <summary>The shopper comes back from Mion: paid or not, by Mion's word and not by the fact that they are back.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Return(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return RedirectToPaymentPage(token);
        await shopperCheck.CheckAsync(session, CheckTrigger.Return);
        var model = await PrepareModelAsync(session, token);
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl) : RedirectToPaymentPage(token);
    }

    /// <summary>A shopper who is sent back by a form.</summary>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    [ActionName(nameof(Return))]
    public IActionResult ReturnByForm(string token) => SeeOther(MionDefaults.Route.Return, token);

    /// <summary>Shows the page at its public address; takes a visit with the token there.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Payment(string token)
    {
        if ((await FindAsync(token) ?? await FindOwnAsync(token)) is not { } session)
            return NoPayment(token);
        SetCookie(session, await storeContext.GetCurrentStoreAsync());
        return TokenAddressAttribute.IsPublic(token) ? await ShowAsync(session, token)
            : RedirectWithQuery(MionDefaults.Route.PaymentByToken, new { id = session.Id, token });
    }

    /// <summary>The second step of a visit with the token: on to the public address, or the page itself in a browser that keeps no cookies.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> PaymentByToken(string token)
    {
        if (await store.GetByTokenAsync(token) is not { } session)
            return NoPayment(token);
        return SecretToken.AreEqual(token, Request.Cookies[_cookie])
            ? RedirectWithQuery(MionDefaults.Route.Payment, new { token = session.Id })
            : await ShowAsync(session, token);
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
        if (await FindAsync(token) is not { } session)
            return NotFound(new { state = nameof(PaymentPageState.Unknown) });
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await PrepareModelAsync(session, token);
        return Json(new { state = model.State.ToString(), amount = model.Amount, continueUrl = model.ContinueUrl, minutesLeft = model.MinutesLeft, completedUrl = model.CompletedUrl });
    }

    /// <summary>Opens a session for the order, the first one where only its link was given away, or finds the one that is open, and sends the shopper there.</summary>
    /// <param name="token">The token or the number of any of the order's sessions.</param>
    [HttpPost]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Retry(string token)
    {
        if (await FindAsync(token) is not { } session
            || await orderService.GetOrderByGuidAsync(session.OrderGuid) is not { } order)
            return RedirectToPaymentPage(token);
        // who has paid in the last second is not asked to pay again
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        if (await PrepareModelAsync(session, token) is not { State: PaymentPageState.Ready or PaymentPageState.NotStarted or PaymentPageState.Waiting } and not { State: PaymentPageState.Expired, CanPayAgain: true })
            return RedirectToPaymentPage(token);
        var (checkoutUrl, opened) = await opening.TryOpenAsync(order);
        return checkoutUrl is not null ? Redirect(checkoutUrl) : RedirectToPaymentPage(opened is { IsTill: false } ? opened.Token : token);
    }

    /// <summary>A reload of <em>try again</em> without its form opens nothing.</summary>
    [HttpGet, HttpHead]
    [ActionName(nameof(Retry))]
    public IActionResult RetryWithoutForm(string token) => RedirectToPaymentPage(token);

    /// <summary>The store's choice of language puts the language before the page's address.</summary>
    [HttpGet, HttpHead]
    public IActionResult PaymentInLanguage(string token) => RedirectToPaymentPage(token);

    /// <summary>An address with something behind it, or called in a way that none of ours is.</summary>
    [IgnoreAntiforgeryToken]
    public IActionResult Unknown() => NoPayment(string.Empty);

    private Task<PaymentPageModel> PrepareModelAsync(MionPaymentSession session, string token) => modelFactory.PrepareAsync(session, token,
        orderId => Url.RouteUrl(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId }),
        orderId => Url.RouteUrl(NopRouteNames.Standard.ORDER_DETAILS, new { orderId }));

    private async Task<IActionResult> ShowAsync(MionPaymentSession session, string token)
    {
        await shopperCheck.CheckAsync(session, CheckTrigger.PaymentPage);
        var model = await PrepareModelAsync(session, token);
        // who has no address of the order's details is not its customer, or has no store to go on in
        model.CanChange = model.OrderUrl.Length > 0 && TokenAddressAttribute.IsPublic(token)
            && await change.IsOfferedAsync(await orderService.GetOrderByGuidAsync(session.OrderGuid));
        // a return that raced the webhook comes here while the payment is being applied, and finds it applied
        return model.CompletedUrl.Length > 0 ? Redirect(model.CompletedUrl)
            : View(TokenAddressAttribute.IsPublic(token) ? MionDefaults.View.Payment : MionDefaults.View.PaymentPlain, model);
    }

    /// <summary>The payment that an address names: by its token, or by the number of the one whose token is in the cookie.</summary>
    private async Task<MionPaymentSession?> FindAsync(string token)
    {
        if (!TokenAddressAttribute.IsPublic(token))
            return await store.GetByTokenAsync(token);
        return await store.GetByTokenAsync(Request.Cookies[_cookie]) is { } session && session.Id.ToString(CultureInfo.InvariantCulture) == token ? session : null;
    }

    // for who has signed in, or ordered, in a browser that has no cookie of the payment
    private async Task<MionPaymentSession?> FindOwnAsync(string token) =>
        TokenAddressAttribute.IsPublic(token) && await store.GetByIdAsync(int.Parse(token, CultureInfo.InvariantCulture)) is { IsTill: false } session
        && await currentShopper.OwnsAsync(await orderService.GetOrderByGuidAsync(session.OrderGuid)) ? session : null;

    // sent to the payment's own address only, so each of several orders has its own, and no other page gets any
    private void SetCookie(MionPaymentSession session, Store currentStore) =>
        Response.Cookies.Append(_cookie, session.Token, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = _cookieAge,
            Path = Url.RouteUrl(MionDefaults.Route.Payment, new { token = session.Id }),
            SameSite = SameSiteMode.Lax,
            Secure = PaymentUrls.GetScheme(currentStore, Request) == Uri.UriSchemeHttps
        });

    private RedirectResult RedirectWithQuery(string route, object values) => Redirect(Url.RouteUrl(route, values) + Request.QueryString);

    private IActionResult SeeOther(string route, string token)
    {
        if (!CanBeNamed(token))
            return NoPayment(token);
        Response.Headers.Location = Url.RouteUrl(route, new { token });
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private IActionResult RedirectToPaymentPage(string token) =>
        CanBeNamed(token) ? RedirectToRoute(MionDefaults.Route.Payment, new { token }) : NoPayment(token);

    // what cannot be a token at all may not even make an address
    private static bool CanBeNamed(string token) => SecretToken.IsWellFormed(token) || TokenAddressAttribute.IsPublic(token);

    // says of a number nothing but that, whether there is such a payment or not
    private ContentResult NoPayment(string token) =>
        PlainPage.Create(Request, TokenAddressAttribute.IsPublic(token) ? "Payment.Elsewhere" : "Payment.Unknown", StatusCodes.Status404NotFound);
}
