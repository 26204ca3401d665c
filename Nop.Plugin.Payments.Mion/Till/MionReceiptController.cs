using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The digital receipt, for whoever has its address.</summary>
/// <remarks>
/// A bare controller: nobody is logged in there, and no guest record is made of a phone that looks. What there is not, is
/// not yet paid, or is older than a receipt gets, is answered by the same words.
/// </remarks>
[NoForm]
[TokenAddress]
public class MionReceiptController(PaymentAttemptStore store, ReceiptModelFactory modelFactory) : Controller
{
    /// <summary>Shows it, in the language that the browser asks for.</summary>
    [HttpGet, HttpHead]
    public async Task<IActionResult> Receipt(string token) =>
        await store.GetByTokenAsync(token) is { } session && await modelFactory.PrepareAsync(session, PlainPage.GetLanguage(Request)) is { } model
            ? View(MionDefaults.View.Receipt, model)
            : PlainPage.Create(Request, "Receipt.Unknown", StatusCodes.Status404NotFound);
}
