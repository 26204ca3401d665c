namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>What is shown of the requirement on a discount's page.</summary>
/// <param name="IsAdded">Whether the discount has it.</param>
public sealed record DiscountRuleModel(int DiscountId, bool IsAdded);
