using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Discounts;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Discounts;
using Nop.Services.Payments;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>Discounts, and what they require. As in nopCommerce a page of a plugin's is fetched by script, to add a requirement and to show one.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class DiscountController(DiscountService discounts, IRepository<Discount> rows, IPaymentPluginManager plugins) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List() => View(await rows.Table.OrderBy(discount => discount.Id).ToListAsync());

    [HttpPost]
    public async Task<IActionResult> Create(string name, decimal percentage)
    {
        var discount = new Discount { Name = name, UsePercentage = true, DiscountPercentage = Math.Clamp(percentage, 0, 100), IsActive = true };
        await rows.InsertAsync(discount);
        return RedirectToAction(nameof(Edit), new { id = discount.Id });
    }

    [HttpGet]
    public async Task<IActionResult> Edit(int id)
    {
        if (await discounts.GetDiscountByIdAsync(id) is not { } discount)
            return RedirectToAction(nameof(List));
        var rules = (await plugins.LoadAllPluginsAsync()).OfType<IDiscountRequirementRule>().ToList();
        return View(new DiscountDetails(discount, rules,
            [.. from requirement in await discounts.GetAllDiscountRequirementsAsync(id)
                join rule in rules on requirement.DiscountRequirementRuleSystemName equals rule.PluginDescriptor.SystemName
                select (rule.PluginDescriptor.FriendlyName, rule.GetConfigurationUrl(id, requirement.Id))]));
    }
}

/// <summary>The page of a discount.</summary>
/// <param name="Discount">The discount.</param>
/// <param name="Rules">What can be required.</param>
/// <param name="Requirements">What is required: its name, and the address of its page.</param>
public sealed record DiscountDetails(Discount Discount, IReadOnlyList<IDiscountRequirementRule> Rules, IReadOnlyList<(string Name, string Url)> Requirements);
