using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;
using Nop.Services.Stores;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The shop assistant's pages: charge, watch, give up.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionTillController(
    IOrderService orderService,
    IStoreService storeService,
    PaymentAttemptStore attemptStore,
    PaymentSessionStore store,
    TillBrowser till,
    TillCharging charging,
    TillModelFactory modelFactory,
    TillStatusService statusService) : BasePaymentController
{
    /// <summary>Shows the start page.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Index() => View(MionDefaults.View.Till, await modelFactory.PrepareStartAsync(till));

    /// <summary>Charges an amount without an order.</summary>
    /// <param name="model">Amount, note, store and the page's charge key.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> ChargeAmount(TillStartModel model)
    {
        var result = await modelFactory.ReadAmountAsync(model.Amount) is { } amount && await storeService.GetStoreByIdAsync(model.StoreId) is not null
            ? await charging.ChargeAmountAsync(model.StoreId, amount, model.CurrencyCode, model.Note, model.ChargeKey, await till.GetOriginAsync())
            : new OpeningResult(OpeningProblem.BadAmount);
        return await ShowAsync(result, model);
    }

    /// <summary>Charges an order by the number that people see.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> ChargeOrderNumber(TillStartModel model)
    {
        model.IsOrderProblem = true;
        var order = await FindOrderAsync(model.OrderNumber?.Trim());
        return await ShowAsync(order is null ? new(OpeningProblem.OrderNotFound) : await charging.ChargeOrderAsync(order, await till.GetOriginAsync()), model);
    }

    /// <summary>Charges an order from its page.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> ChargeOrder(int id)
    {
        var order = await orderService.GetOrderByIdAsync(id);
        return await ShowAsync(order is null ? new(OpeningProblem.OrderNotFound) : await charging.ChargeOrderAsync(order, await till.GetOriginAsync()),
            new TillStartModel { IsOrderProblem = true, OrderNumber = order?.CustomOrderNumber ?? string.Empty });
    }

    /// <summary>Goes on with a charge that Mion has not confirmed, or charges the same once more after its end.</summary>
    /// <param name="chargeKey">The page's key for another charge of the same amount.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Again(int id, string? chargeKey)
    {
        if (await FindAsync(id) is not { } session)
            return RedirectToRoute(MionDefaults.Route.TillStart);
        if (session.IsForOrder())
            return await ChargeOrder(session.OrderId);
        var result = session is { State: PaymentSessionState.Opening, CancelledOnUtc: null }
            ? await charging.ResumeAmountAsync(session)
            : await charging.ChargeAmountAsync(session.StoreId, session.OrderTotal, session.CurrencyCode, session.Note, chargeKey, await till.GetOriginAsync());
        return await ShowAsync(result, new TillStartModel());
    }

    /// <summary>Opens a charge with the tip that the customer has chosen.</summary>
    /// <param name="percent">The button that was pressed, 0 for no tip; null where an amount was typed.</param>
    /// <param name="tip">The amount as typed.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Tip(int id, int? percent, string? tip)
    {
        if (await FindAsync(id) is not { } session)
            return RedirectToRoute(MionDefaults.Route.TillStart);
        if (await modelFactory.ReadTipAsync(session, percent, tip) is { } chosen)
            return await ShowAsync(await charging.ChooseTipAsync(session, chosen), new TillStartModel { IsOrderProblem = session.IsForOrder() });
        var model = await modelFactory.PrepareChargeAsync(await statusService.ReadAsync(session));
        (model.TipText, model.HasTipProblem) = (tip ?? string.Empty, true);
        return View(MionDefaults.View.TillCharge, model);
    }

    /// <summary>Shows a charge; a reload goes on with it.</summary>
    /// <param name="mailed">Whether its receipt has just been sent by e-mail.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Charge(int id, bool mailed)
    {
        if (await FindAsync(id) is not { } session)
            return RedirectToRoute(MionDefaults.Route.TillStart);
        var model = await modelFactory.PrepareChargeAsync(await statusService.ReadAsync(session));
        model.MailResult = mailed ? ReceiptMailResult.Sent : null;
        return View(MionDefaults.View.TillCharge, model);
    }

    /// <summary>News of a charge, as JSON.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Status(int id)
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync(id) is not { } session)
            return NotFound(new { message = "Unknown." });
        var model = await modelFactory.PrepareChargeAsync(await statusService.ReadAsync(session));
        return Json(new
        {
            State = model.State.ToString(),
            Problem = model.Problem.ToString(),
            model.Amount,
            model.Base,
            model.Tip,
            model.Euro,
            model.Satoshi,
            model.Bitcoin,
            model.Invoice,
            model.AttemptId,
            model.OnChainAddress,
            model.SuggestedFeeRate,
            model.MissingCustomerFields,
            model.MillisecondsLeft,
            model.NextMilliseconds,
            model.IsMionReachable,
            model.PaidOn,
            model.ReceiptCode,
            QrUrl = model.AttemptId > 0 ? Url.RouteUrl(MionDefaults.Route.TillQr, new { id, attemptId = model.AttemptId }) : string.Empty,
            OnChainQrUrl = model.OnChainAddress.Length > 0 ? Url.RouteUrl(MionDefaults.Route.TillQr, new { id, attemptId = model.AttemptId, onChain = true }) : string.Empty
        });
    }

    /// <summary>The code of an attempt. Never changes, so browsers may keep it.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Qr(int id, int attemptId, bool onChain)
    {
        if (await attemptStore.GetAsync(id, attemptId) is not { } attempt || !attempt.IsPayable() || onChain && attempt.OnChainAddress.Length == 0)
            return NotFound(new { message = "Unknown." });
        Response.Headers.CacheControl = "private, max-age=600, immutable";
        return Content(QrCode.ToSvg(onChain
            ? WalletUri.Bitcoin(attempt.OnChainAddress, new MilliSatoshi(attempt.AmountMsat))
            : WalletUri.Lightning(attempt.Invoice)), "image/svg+xml");
    }

    /// <summary>The address of this till's customer's screen as a code, for the tablet that is to show it.</summary>
    /// <param name="id">The store.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> ScreenCode(int id)
    {
        Response.Headers.CacheControl = "no-store";
        return await modelFactory.GetScreenUrlAsync(id, till.ScreenToken) is { Length: > 0 } url ? Content(QrCode.ToSvg(url), "image/svg+xml") : NotFound(new { message = "Unknown." });
    }

    /// <summary>Gives a charge up. It is still watched: the customer may have scanned it.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Cancel(int id)
    {
        if (await FindAsync(id) is { } session)
            await charging.CancelAsync(session);
        return RedirectToCharge(id);
    }

    /// <summary>Gives the customer's screen another address: the old one shows nothing new any more.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public IActionResult NewScreen()
    {
        till.RenewScreen();
        return RedirectToRoute(MionDefaults.Route.TillStart);
    }

    /// <summary>Names this till.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public IActionResult Name(string? name)
    {
        till.SetName(name);
        return RedirectToRoute(MionDefaults.Route.TillStart);
    }

    private async Task<IActionResult> ShowAsync(OpeningResult result, TillStartModel model)
    {
        // a charge that was begun has a page of its own, which says what is wrong and goes on; one that only waits for its tip says nothing
        if (result.Session is { IsTill: true } session && result.Problem != OpeningProblem.AlreadyPaid && (result.Problem == OpeningProblem.None || !session.IsReserved))
            return RedirectToCharge(session.Id);
        model.Problem = result.Problem;
        model.ChargeKey = string.Empty;
        // the page is made anew: what was posted must not stand in place of the new key
        ModelState.Clear();
        return View(MionDefaults.View.Till, await modelFactory.PrepareStartAsync(till, model));
    }

    private RedirectToRouteResult RedirectToCharge(int id) => RedirectToRoute(MionDefaults.Route.TillAction, new { action = nameof(Charge), id });

    private async Task<MionPaymentSession?> FindAsync(int id) => await store.GetByIdAsync(id) is { IsTill: true } session ? session : null;

    // by the whole number only: half of one may be the id of somebody else's order
    private async Task<Order?> FindOrderAsync(string? number) =>
        string.IsNullOrEmpty(number) || !PlainText.IsPlain(number) ? null : await orderService.GetOrderByCustomOrderNumberAsync(number);
}
