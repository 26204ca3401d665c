using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Common;
using Nop.Services.Discounts;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// The discount requirement <em>pays with Bitcoin (Mion)</em>: a discount of nopCommerce's own applies while the customer has chosen this
/// method at checkout, since nopCommerce knows no fee below zero.
/// </summary>
public class DiscountRule(IDiscountService discountService, IGenericAttributeService genericAttributeService, PaymentTexts texts)
{
    /// <summary>Says whether the customer has chosen this method. Asked at each computation of a total, so it computes none.</summary>
    public async Task<DiscountRequirementValidationResult> CheckAsync(DiscountRequirementValidationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var chosen = request.Customer is { } customer
            ? await genericAttributeService.GetAttributeAsync<string>(customer, NopCustomerDefaults.SelectedPaymentMethodAttribute, request.Store?.Id ?? 0) : null;
        var isValid = string.Equals(chosen, MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase);
        return new() { IsValid = isValid, UserError = isValid ? null : await texts.GetAsync("DiscountRule.NotMet") };
    }

    /// <summary>Adds the requirement to a discount.</summary>
    /// <returns>The requirement's id; null where there is no such discount.</returns>
    public async Task<int?> AddAsync(int discountId)
    {
        if (await discountService.GetDiscountByIdAsync(discountId) is null)
            return null;
        var requirement = new DiscountRequirement { DiscountId = discountId, DiscountRequirementRuleSystemName = MionDefaults.SystemName };
        await discountService.InsertDiscountRequirementAsync(requirement);
        return requirement.Id;
    }

    /// <summary>The active discounts that have the requirement.</summary>
    public async Task<IReadOnlyList<Discount>> FindAsync()
    {
        var ours = (await discountService.GetAllDiscountRequirementsAsync()).Where(requirement =>
            string.Equals(requirement.DiscountRequirementRuleSystemName, MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase));
        var discounts = new List<Discount>();
        foreach (var id in ours.Select(requirement => requirement.DiscountId).Distinct())
        {
            if (await discountService.GetDiscountByIdAsync(id) is { IsActive: true } discount)
                discounts.Add(discount);
        }

        return discounts;
    }

    /// <summary>
    /// Switches them off before the plugin goes: nopCommerce passes a requirement over whose plugin is not installed, and what else a
    /// discount requires would be enough.
    /// </summary>
    public async Task DeactivateAsync()
    {
        foreach (var discount in await FindAsync())
        {
            discount.IsActive = false;
            await discountService.UpdateDiscountAsync(discount);
        }
    }
}
