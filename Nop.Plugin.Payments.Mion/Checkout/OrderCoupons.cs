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

    /// <summary>Enters codes for a customer. Whether they still hold, nopCommerce says in the cart.</summary>
    public async Task EnterAsync(int customerId, CouponCodes codes)
    {
        ArgumentNullException.ThrowIfNull(codes);
        foreach (var code in codes.Discounts)
            await customerService.ApplyDiscountCouponCodeAsync(await customerService.GetCustomerByIdAsync(customerId), code);
        foreach (var code in codes.GiftCards)
            await customerService.ApplyGiftCardCouponCodeAsync(await customerService.GetCustomerByIdAsync(customerId), code);
    }
}
