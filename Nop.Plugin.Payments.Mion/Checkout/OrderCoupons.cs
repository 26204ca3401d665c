using Nop.Core.Domain.Orders;
using Nop.Services.Customers;
using Nop.Services.Discounts;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>The codes that a customer had entered for an order.</summary>
public sealed record CouponCodes(IReadOnlyList<string> Discounts, IReadOnlyList<string> GiftCards);

/// <summary>Enters the codes of an order again. nopCommerce's <em>re-order</em> leaves them out.</summary>
public class OrderCoupons(ICustomerService customerService, IDiscountService discountService, IGiftCardService giftCardService)
{
    /// <summary>Reads the codes: before the order is cancelled, since nopCommerce then forgets the gift cards.</summary>
    public async Task<CouponCodes> ReadAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var discounts = new List<string>();
        foreach (var usage in await discountService.GetAllDiscountUsageHistoryAsync(orderId: order.Id))
        {
            if (await discountService.GetDiscountByIdAsync(usage.DiscountId) is { RequiresCouponCode: true, CouponCode: { Length: > 0 } code })
                discounts.Add(code);
        }

        var giftCards = new List<string>();
        foreach (var usage in await giftCardService.GetGiftCardUsageHistoryAsync(order))
        {
            if (await giftCardService.GetGiftCardByIdAsync(usage.GiftCardId) is { GiftCardCouponCode: { Length: > 0 } code })
                giftCards.Add(code);
        }

        return new(discounts, giftCards);
    }

    /// <summary>
    /// Enters the codes of a cancelled order for its customer, and gives back what its gift cards have paid: nopCommerce does so only where
    /// the store is set to, and a code would be worth less. Whether codes still hold, nopCommerce says in the cart.
    /// </summary>
    public async Task EnterAsync(Order order, CouponCodes codes)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.GiftCards.Count > 0)
            await giftCardService.DeleteGiftCardUsageHistoryAsync(order);
        var customer = await customerService.GetCustomerByIdAsync(order.CustomerId);
        foreach (var code in codes.Discounts)
            await customerService.ApplyDiscountCouponCodeAsync(customer, code);
        foreach (var code in codes.GiftCards)
            await customerService.ApplyGiftCardCouponCodeAsync(customer, code);
    }
}
