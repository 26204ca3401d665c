using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The till's day: what was received since the last close, the close, and the closes before.</summary>
/// <remarks>For whoever may use the till: a close moves no money and hides nothing, and who closes a shop is who stood in it.</remarks>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionTillDayController(DayClosing closing, DayCloseStore store, DayExport export, PaymentTexts texts, TillBrowser till, TillDayModelFactory modelFactory) : BasePaymentController
{
    /// <summary>Shows what was received since the last close (X), and the closes.</summary>
    /// <param name="storeId">The store; 0 for the one that the page belongs to.</param>
    /// <param name="here">Whether only this till is shown.</param>
    /// <param name="olderThan">Closes before this number; 0 for the newest.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Index(int storeId = 0, bool here = false, int olderThan = 0) =>
        View(MionDefaults.View.TillDay, await modelFactory.PrepareAsync(storeId, till.Name, isAll: !here, olderThan));

    /// <summary>Closes the day of a store (Z); two who were shown the same number make one close.</summary>
    /// <param name="number">The number that the page showed.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Close(int storeId, int number)
    {
        if (await closing.CloseAsync(storeId, number, await till.GetOriginAsync()) is { } close)
            return RedirectToRoute(MionDefaults.Route.TillDayAction, new { action = nameof(Report), id = close.Id });
        var model = await modelFactory.PrepareAsync(storeId, till.Name, isAll: true);
        model.Problem = await texts.GetAsync("Till.Day.OutOfStep");
        ModelState.Clear();
        return View(MionDefaults.View.TillDay, model);
    }

    /// <summary>Shows a close, to be printed, again as often as wanted.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Report(int id) => await store.GetAsync(id) is { ClosedOnUtc: not null } close
        ? View(MionDefaults.View.TillClose, await modelFactory.PrepareCloseAsync(close))
        : RedirectToRoute(MionDefaults.Route.TillDay);

    /// <summary>All closes of a store as a CSV file.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.Charge)]
    public async Task<IActionResult> Export(int storeId) =>
        File(await export.WriteAsync(storeId), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"mion-till-closes-{storeId}.csv"));
}
