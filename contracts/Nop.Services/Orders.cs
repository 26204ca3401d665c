using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

/// <summary>Orders and their notes.</summary>
public interface IOrderService
{
    /// <summary>Kept for the length of the request: asking again gives the same object, however old.</summary>
    Task<Order> GetOrderByIdAsync(int orderId);

    /// <summary>Reads the database.</summary>
    Task<Order> GetOrderByGuidAsync(Guid orderGuid);

    /// <summary>Finds an order by the number that people see; reads the database.</summary>
    Task<Order> GetOrderByCustomOrderNumberAsync(string customOrderNumber);

    /// <summary>Writes every column.</summary>
    Task UpdateOrderAsync(Order order);

    Task<IList<OrderNote>> GetOrderNotesByOrderIdAsync(int orderId, bool? displayToCustomer = null);

    Task InsertOrderNoteAsync(OrderNote orderNote);
}

/// <summary>What may be done to an order.</summary>
public interface IOrderProcessingService
{
    /// <summary>False for a cancelled, paid, refunded or voided order; true for a deleted one.</summary>
    bool CanMarkOrderAsPaid(Order order);

    /// <summary>Neither idempotent nor safe against two callers: it judges the object that it is handed.</summary>
    Task MarkOrderAsPaidAsync(Order order);

    /// <summary>False for a cancelled order only.</summary>
    bool CanCancelOrder(Order order);

    /// <summary>
    /// Saves the status first; then mails, a note, reward points, gift cards, recurring payments and the stock follow. What fails there
    /// is thrown, and stays undone.
    /// </summary>
    Task CancelOrderAsync(Order order, bool notifyCustomer);

    /// <summary>
    /// Puts an order's items into its customer's cart, with their attributes, whatever is in it already, and the checkout attributes beside;
    /// no coupons.
    /// </summary>
    /// <returns>Why something is not in the cart.</returns>
    Task<IList<string>> ReOrderAsync(Order order);
}

/// <summary>Gift cards, and where they were used.</summary>
public interface IGiftCardService
{
    Task<GiftCard> GetGiftCardByIdAsync(int giftCardId);

    /// <summary>What an order was paid with.</summary>
    Task<IList<GiftCardUsageHistory>> GetGiftCardUsageHistoryAsync(Order order);

    /// <summary>Gives back what gift cards have paid of an order; a cancellation does so only where the store is set to.</summary>
    Task DeleteGiftCardUsageHistoryAsync(Order order);
}

/// <summary>Totals of a cart, in the primary store currency.</summary>
public interface IOrderTotalCalculationService
{
    /// <summary>The total is null where it cannot be told yet, for want of a shipping method for example.</summary>
    Task<(decimal? shoppingCartTotal, decimal discountAmount, List<Discount> appliedDiscounts, List<AppliedGiftCard> appliedGiftCards, int redeemedRewardPoints, decimal redeemedRewardPointsAmount)> GetShoppingCartTotalAsync(IList<ShoppingCartItem> cart, bool? useRewardPoints = null, bool usePaymentMethodAdditionalFee = true);
}

/// <summary>A gift card that pays a part of a total.</summary>
public class AppliedGiftCard
{
    public decimal AmountCanBeUsed { get; set; }

    public GiftCard GiftCard { get; set; }
}
