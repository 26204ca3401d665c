using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The customer's screen: a tablet on the counter that follows the charges of one till.</summary>
/// <remarks>
/// A bare controller: nobody is logged in there, and no guest record is made of it. Its address is unguessable and shows
/// amount, code and state of the till's latest charge, and for a minute after its payment the way to its receipt; nothing
/// about customer or shop can be had from it.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionTillScreenController(IStoreContext storeContext, PaymentAttemptStore store, TillCharging charging, TillScreenModelFactory modelFactory) : Controller
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

    /// <summary>What a phone or a tablet asks of the till's pages to install them as an app.</summary>
    /// <remarks>By no login: browsers fetch it without cookies. It says nothing but the till's name and address.</remarks>
    [HttpGet]
    public async Task<IActionResult> Manifest()
    {
        var texts = new TillScreenModel();
        await modelFactory.AddTextsAsync(texts, (await storeContext.GetCurrentStoreAsync()).Id);
        var start = Url.RouteUrl(MionDefaults.Route.TillStart);
        string Content(string file) => Url.Content($"~/Plugins/{MionDefaults.SystemName}/Content/Till/{file}");
        return this.Content(PlainJson.Write(new
        {
            id = start,
            start_url = start,
            // the login is outside of the till, and must not open in another window
            scope = Url.Content("~/"),
            name = texts.Texts["App"],
            short_name = texts.Texts["App.Short"],
            lang = texts.Language,
            display = "standalone",
            background_color = "#ffffff",
            theme_color = "#b35900",
            icons = new[]
            {
                new { src = Content("icon-192.png"), sizes = "192x192", type = "image/png", purpose = "any" },
                new { src = Content("icon-512.png"), sizes = "512x512", type = "image/png", purpose = "any" },
                new { src = Content("icon-maskable-512.png"), sizes = "512x512", type = "image/png", purpose = "maskable" }
            }
        }), "application/manifest+json; charset=utf-8");
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
            model.Split,
            model.Euro,
            model.Tips,
            model.Satoshi,
            model.Bitcoin,
            model.MillisecondsLeft,
            model.NextMilliseconds,
            model.ReceiptCode,
            QrUrl = model.AttemptId > 0 ? Url.RouteUrl(MionDefaults.Route.TillScreenQr, new { token, attemptId = model.AttemptId }) : string.Empty
        });
    }

    /// <summary>Opens the latest charge, which waits for its tip, with one of those that the screen shows.</summary>
    /// <remarks>Once a charge is opened it does nothing: whoever has the address can choose a tip as whoever stands before the screen can, and no more.</remarks>
    /// <param name="percent">0 for no tip.</param>
    [HttpPost]
    public async Task<IActionResult> Tip(string token, int percent)
    {
        if (await store.GetByScreenAsync(token) is not { } session || await modelFactory.ReadTipAsync(session, percent) is not { } tip)
            return NotFound(new { message = "Unknown." });
        await charging.ChooseTipAsync(session, tip);
        return NoContent();
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
