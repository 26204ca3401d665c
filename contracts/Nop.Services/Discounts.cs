using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Stores;
using Nop.Services.Plugins;

namespace Nop.Services.Discounts;

/// <summary>A plugin that says whether a discount applies.</summary>
public interface IDiscountRequirementRule : IPlugin
{
    /// <summary>Asked at each computation of a price or a total.</summary>
    Task<DiscountRequirementValidationResult> CheckRequirementAsync(DiscountRequirementValidationRequest request);

    /// <summary>Address of what is shown, by script, on the discount's page: to add the requirement, or to edit one.</summary>
    /// <param name="discountRequirementId">Null to add one.</param>
    string GetConfigurationUrl(int discountId, int? discountRequirementId);
}

/// <summary>For whom a requirement is checked.</summary>
public class DiscountRequirementValidationRequest
{
    public int DiscountRequirementId { get; set; }

    public Customer Customer { get; set; }

    public Store Store { get; set; }
}

/// <summary>Whether a requirement is met.</summary>
public class DiscountRequirementValidationResult
{
    public bool IsValid { get; set; }

    /// <summary>What a customer is told who has entered the discount's coupon code.</summary>
    public string UserError { get; set; }
}

/// <summary>Discounts, what they require, and where they were used.</summary>
public interface IDiscountService
{
    Task<Discount> GetDiscountByIdAsync(int discountId);

    Task UpdateDiscountAsync(Discount discount);

    /// <summary>Those of a discount, or all for 0.</summary>
    Task<IList<DiscountRequirement>> GetAllDiscountRequirementsAsync(int discountId = 0, bool topLevelOnly = false);

    Task<DiscountRequirement> GetDiscountRequirementByIdAsync(int discountRequirementId);

    Task InsertDiscountRequirementAsync(DiscountRequirement discountRequirement);

    Task<IPagedList<DiscountUsageHistory>> GetAllDiscountUsageHistoryAsync(int? discountId = null, int? customerId = null, int? orderId = null,
        bool includeCancelledOrders = true, int pageIndex = 0, int pageSize = int.MaxValue);
}
