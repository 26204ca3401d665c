using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>The requirement <em>pays with Bitcoin</em> on nopCommerce's page of a discount, which fetches it by script.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionDiscountRuleController(DiscountRule rule) : BasePaymentController
{
    /// <summary>What the requirement says; there is nothing to configure.</summary>
    /// <param name="discountRequirementId">Null for one that is yet to be added.</param>
    [HttpGet]
    [CheckPermission(StandardPermission.Promotions.DISCOUNTS_CREATE_EDIT_DELETE)]
    public IActionResult Configure(int discountId, int? discountRequirementId) =>
        PartialView(MionDefaults.View.DiscountRule, new DiscountRuleModel(discountId, IsAdded: discountRequirementId is not null));

    /// <summary>Adds it.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Promotions.DISCOUNTS_CREATE_EDIT_DELETE)]
    public async Task<IActionResult> Add(int discountId) =>
        await rule.AddAsync(discountId) is { } id ? Json(new { id }) : StatusCode(StatusCodes.Status404NotFound, new { id = 0 });
}
