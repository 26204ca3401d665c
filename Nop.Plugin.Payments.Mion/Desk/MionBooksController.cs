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
public class MionBooksController(PaymentListModelFactory listFactory) : BasePaymentController
{
    /// <summary>What the filters of the list find, summed up; the part of the page below the list.</summary>
    [HttpPost]
    [CheckPermission(MionPermissions.View)]
    public async Task<IActionResult> Totals(PaymentSearchModel model) => PartialView(MionDefaults.View.PaymentTotals, await listFactory.PrepareTotalsAsync(model));
}
