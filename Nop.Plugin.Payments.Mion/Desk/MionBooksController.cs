using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The books: what payments come to.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionBooksController(FiguresModelFactory figuresFactory, PaymentListModelFactory listFactory, StatementExport statementExport, StatementModelFactory statementFactory) : BasePaymentController
{
    /// <summary>What the filters of the list find, summed up; the part of the page below the list.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Totals(PaymentSearchModel model) => PartialView(MionDefaults.View.PaymentTotals, await listFactory.PrepareTotalsAsync(model));

    /// <summary>What Bitcoin came to in the last days; the inside of the card <i>Bitcoin in this shop</i>.</summary>
    /// <param name="days">7, 30 or 365, today included.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Figures(int days, int storeId = 0) => PartialView(MionDefaults.View.Figures, await figuresFactory.PrepareAsync(days, storeId));

    /// <summary>Shows the statement of a month, to be printed.</summary>
    /// <param name="month">Such as <c>2026-11</c>; the current one for anything else.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    [HttpGet]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Statement(string? month, int storeId = 0) =>
        View(MionDefaults.View.Statement, await statementFactory.PrepareAsync(await statementFactory.ReadMonthAsync(month), Math.Max(storeId, 0)));

    /// <summary>The statement's lines as a file that opens in a spreadsheet.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Lines(string? month, int storeId = 0)
    {
        var found = await statementFactory.ReadMonthAsync(month);
        var file = await TemporaryFile.WriteAsync(Path.GetTempPath(), output => statementExport.WriteAsync(found, Math.Max(storeId, 0), output));
        return File(file, "text/csv; charset=utf-8", $"mion-statement-{found.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)}.csv");
    }
}
