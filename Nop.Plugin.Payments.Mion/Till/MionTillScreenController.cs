using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The customer's screen: a tablet on the counter that follows the charges of one till.</summary>
/// <remarks>
/// A bare controller: nobody is logged in there, and no guest record is made of it. Its address is unguessable and shows
/// amount, code and state of the till's latest charge; nothing about order, customer or shop can be had from it.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionTillScreenController(IStoreContext storeContext, PaymentAttemptStore store, TillScreenModelFactory modelFactory) : Controller
{
    /// <summary>Shows the screen.</summary>
    [HttpGet]
    public async Task<IActionResult> Screen(string token)
    {
        if (!SecretToken.IsWellFormed(token))
            return NotFound(new { message = "Unknown." });
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var model = await modelFactory.PrepareAsync(token, storeId);
        await modelFactory.AddTextsAsync(model, storeId);
        return View(MionDefaults.View.TillScreen, model);
    }

    /// <summary>News for the screen, as JSON.</summary>
    [HttpGet]
    public async Task<IActionResult> Status(string token)
    {
        if (!SecretToken.IsWellFormed(token))
            return NotFound(new { message = "Unknown." });
        var model = await modelFactory.PrepareAsync(token, (await storeContext.GetCurrentStoreAsync()).Id);
        return Json(new
        {
            State = model.State.ToString(),
            model.Amount,
            model.Satoshi,
            model.Bitcoin,
            model.MillisecondsLeft,
            model.NextMilliseconds,
            QrUrl = model.AttemptId > 0 ? Url.RouteUrl(MionDefaults.Route.TillScreenQr, new { token, attemptId = model.AttemptId }) : string.Empty
        });
    }

    /// <summary>The code of an attempt of the latest charge.</summary>
    [HttpGet]
    public async Task<IActionResult> Qr(string token, int attemptId)
    {
        if (await store.GetByScreenAsync(token) is not { } session
            || await store.GetAsync(session.Id, attemptId) is not { } attempt || !attempt.IsPayable())
            return NotFound(new { message = "Unknown." });
        return Content(QrCode.ToSvg(WalletUri.Lightning(attempt.Invoice)), "image/svg+xml");
    }
}
