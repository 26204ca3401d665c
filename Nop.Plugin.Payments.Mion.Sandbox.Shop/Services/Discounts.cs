using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Discounts;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// Discounts on the total. As in nopCommerce each computation asks the plugins whose requirements they have; one that is not installed
/// is passed over, so that a discount that requires nothing else is nobody's, and one that requires more is everybody's who meets that.
/// </summary>
public sealed class DiscountService(IRepository<Discount> discounts,
    IRepository<DiscountRequirement> requirements,
    IRepository<DiscountUsageHistory> usage,
    IRepository<Order> orders,
    IPaymentPluginManager plugins,
    IStoreContext storeContext) : IDiscountService
{
    public Task<Discount> GetDiscountByIdAsync(int discountId) => discounts.GetByIdAsync(discountId);

    public Task UpdateDiscountAsync(Discount discount) => discounts.UpdateAsync(discount);

    public async Task<IList<DiscountRequirement>> GetAllDiscountRequirementsAsync(int discountId = 0, bool topLevelOnly = false)
        => await requirements.Table.Where(row => (discountId == 0 || row.DiscountId == discountId) && (!topLevelOnly || row.ParentId == null)).OrderBy(row => row.Id).ToListAsync();

    public Task<DiscountRequirement> GetDiscountRequirementByIdAsync(int discountRequirementId) => requirements.GetByIdAsync(discountRequirementId);

    public Task InsertDiscountRequirementAsync(DiscountRequirement discountRequirement) => requirements.InsertAsync(discountRequirement);

    public Task<IPagedList<DiscountUsageHistory>> GetAllDiscountUsageHistoryAsync(int? discountId = null, int? customerId = null, int? orderId = null,
        bool includeCancelledOrders = true, int pageIndex = 0, int pageSize = int.MaxValue)
        => (from row in usage.Table
            join order in orders.Table on row.OrderId equals order.Id
            where (discountId == null || row.DiscountId == discountId) && (orderId == null || row.OrderId == orderId)
                && (customerId == null || order.CustomerId == customerId)
                && (includeCancelledOrders || order.OrderStatusId != (int)OrderStatus.Cancelled)
            orderby row.Id descending
            select row).ToPagedListAsync(pageIndex, pageSize);

    public async Task<List<Discount>> GetValidAsync(Customer customer, IReadOnlyCollection<string> codes)
    {
        var valid = new List<Discount>();
        foreach (var discount in await discounts.Table.Where(row => row.IsActive).OrderBy(row => row.Id).ToListAsync())
        {
            if ((!discount.RequiresCouponCode || codes.Contains(discount.CouponCode, StringComparer.OrdinalIgnoreCase)) && await IsMetAsync(discount, customer))
                valid.Add(discount);
        }

        return valid;
    }

    public Task NoteUsageAsync(Discount discount, Order order)
        => usage.InsertAsync(new DiscountUsageHistory { DiscountId = discount.Id, OrderId = order.Id, CreatedOnUtc = order.CreatedOnUtc });

    public static decimal AmountOf(Discount discount, decimal total)
        => Math.Min(total, discount.UsePercentage ? Math.Round(total * discount.DiscountPercentage / 100, 2) : discount.DiscountAmount);

    private async Task<bool> IsMetAsync(Discount discount, Customer customer)
    {
        var all = await GetAllDiscountRequirementsAsync(discount.Id);
        if (all.Count == 0)
            return true;
        var isMet = false;
        foreach (var requirement in all)
        {
            var rule = (await plugins.LoadAllPluginsAsync()).OfType<IDiscountRequirementRule>()
                .FirstOrDefault(plugin => plugin.PluginDescriptor.SystemName == requirement.DiscountRequirementRuleSystemName);
            if (rule is null)
                continue;
            isMet = (await rule.CheckRequirementAsync(new DiscountRequirementValidationRequest
            {
                DiscountRequirementId = requirement.Id,
                Customer = customer,
                Store = await storeContext.GetCurrentStoreAsync()
            })).IsValid;
            if (!isMet)
                return false;
        }

        return isMet;
    }
}

/// <summary>Gift cards, and what of them is spent.</summary>
public sealed class GiftCardService(IRepository<GiftCard> cards, IRepository<GiftCardUsageHistory> usage) : IGiftCardService
{
    public Task<GiftCard> GetGiftCardByIdAsync(int giftCardId) => cards.GetByIdAsync(giftCardId);

    public async Task<IList<GiftCardUsageHistory>> GetGiftCardUsageHistoryAsync(Order order)
        => await usage.Table.Where(row => row.UsedWithOrderId == order.Id).OrderBy(row => row.Id).ToListAsync();

    public async Task<List<AppliedGiftCard>> ApplyAsync(IReadOnlyCollection<string> codes, decimal total)
    {
        var applied = new List<AppliedGiftCard>();
        if (codes.Count == 0)
            return applied;
        foreach (var card in await cards.Table.Where(card => card.IsGiftCardActivated && codes.Contains(card.GiftCardCouponCode)).OrderBy(card => card.Id).ToListAsync())
        {
            var left = card.Amount - (await usage.Table.Where(row => row.GiftCardId == card.Id).ToListAsync()).Sum(row => row.UsedValue);
            var used = Math.Min(left, total - applied.Sum(other => other.AmountCanBeUsed));
            if (used > 0)
                applied.Add(new AppliedGiftCard { GiftCard = card, AmountCanBeUsed = used });
        }

        return applied;
    }

    public Task NoteUsageAsync(AppliedGiftCard applied, Order order)
        => usage.InsertAsync(new GiftCardUsageHistory { GiftCardId = applied.GiftCard.Id, UsedWithOrderId = order.Id, UsedValue = applied.AmountCanBeUsed, CreatedOnUtc = order.CreatedOnUtc });

    public Task DeleteGiftCardUsageHistoryAsync(Order order) => usage.DeleteAsync(row => row.UsedWithOrderId == order.Id);
}
