using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// Payments in the admin area: the list, the export, a payment's own page, and the buttons of the panel there and on an order's page.
/// </summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionPaymentsController(
    OrderPanelModelFactory panelFactory,
    PaymentDesk desk,
    PaymentExport export,
    PaymentListModelFactory listFactory,
    PaymentSessionStore store,
    PaymentTexts texts,
    SupportBundle supportBundle,
    TimeProvider timeProvider) : BasePaymentController
{
    /// <summary>The format of an export that opens by double click.</summary>
    public const string ForSpreadsheets = "spreadsheets";

    /// <summary>Shows the list.</summary>
    /// <param name="state">The <see cref="PaymentSessionState"/> to begin with; 0 for all.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> List(int state = 0) =>
        View(MionDefaults.View.Payments, await listFactory.PrepareSearchAsync(new PaymentSearchModel { SearchStateId = state }));

    /// <summary>One page of the list, as the grid asks for it.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> List(PaymentSearchModel model) => Json(await listFactory.PrepareListAsync(model));

    /// <summary>Shows a payment by itself: what was charged without an order, or whose order is deleted, has no other page.</summary>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Payment(int id) =>
        await store.GetByIdAsync(id) is { } session
            ? View(MionDefaults.View.PaymentPanel, await panelFactory.PrepareAsync(session))
            : RedirectToAction(nameof(List));

    /// <summary>What the filters find, as a CSV file.</summary>
    /// <param name="format"><see cref="ForSpreadsheets"/>; for programs without.</param>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Export(PaymentSearchModel model, string? format)
    {
        var search = await listFactory.ToSearchAsync(model);
        var file = await TemporaryFile.WriteAsync(Path.GetTempPath(),
            output => format == ForSpreadsheets ? export.WriteForSpreadsheetsAsync(search, output) : export.WriteAsync(search, output));
        var name = timeProvider.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return File(file, "text/csv; charset=utf-8", $"mion-payments-{name}.csv");
    }

    /// <summary>Asks Mion about a payment now, and brings it to its order where it is paid; answers with the panel.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Check(int id)
    {
        if (await store.GetByIdAsync(id) is not { } session)
            return Content(string.Empty);
        var (result, error) = await desk.CheckAsync(session);
        return await PanelAsync(session, result, error);
    }

    /// <summary>Marks a payment that waits for a person as handled; answers with the panel.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.Decide)]
    public async Task<IActionResult> Handle(int id, string? comment)
    {
        if (await store.GetByIdAsync(id) is not { } session)
            return Content(string.Empty);
        return await PanelAsync(session, await desk.HandleAsync(session, comment), string.Empty);
    }

    /// <summary>Gives the support bundle as a zip.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Support()
    {
        var zip = new MemoryStream();
        await supportBundle.WriteAsync(zip);
        zip.Position = 0;
        return File(zip, "application/zip", $"{MionDefaults.SystemName}-support.zip");
    }

    private async Task<IActionResult> PanelAsync(MionPaymentSession session, DeskResult result, string error)
    {
        var model = await panelFactory.PrepareAsync(session);
        model.Message = await texts.GetAsync($"Desk.{result}", await texts.FailureAsync(error));
        model.IsError = result is not (DeskResult.Unchanged or DeskResult.Changed or DeskResult.Handled);
        return PartialView(MionDefaults.View.OrderPanel, model);
    }
}
