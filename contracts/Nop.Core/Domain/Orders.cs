namespace Nop.Core.Domain.Orders
{
    /// <summary>A remark on an order, for the admin or for the shopper as well.</summary>
    public class OrderNote : BaseEntity
    {
        public int OrderId { get; set; }

        public string Note { get; set; }

        public int DownloadId { get; set; }

        public bool DisplayToCustomer { get; set; }

        public DateTime CreatedOnUtc { get; set; }
    }

    /// <summary>What an order is about to be.</summary>
    public enum OrderStatus
    {
        Pending = 10,
        Processing = 20,
        Complete = 30,
        Cancelled = 40
    }

    /// <summary>A line of a cart.</summary>
    public class ShoppingCartItem : BaseEntity
    {
        public int StoreId { get; set; }

        public int ShoppingCartTypeId { get; set; }

        public int CustomerId { get; set; }

        public int ProductId { get; set; }

        public int Quantity { get; set; }

        public DateTime CreatedOnUtc { get; set; }

        public DateTime UpdatedOnUtc { get; set; }
    }

    /// <summary>A gift card: money in the store that a code gives out.</summary>
    public class GiftCard : BaseEntity
    {
        public decimal Amount { get; set; }

        public string GiftCardCouponCode { get; set; }

        public bool IsGiftCardActivated { get; set; }
    }

    /// <summary>An order was paid in part by a gift card. Goes when the order is cancelled, if the store says so.</summary>
    public class GiftCardUsageHistory : BaseEntity
    {
        public int GiftCardId { get; set; }

        public int UsedWithOrderId { get; set; }

        public decimal UsedValue { get; set; }

        public DateTime CreatedOnUtc { get; set; }
    }

    /// <summary>An order was placed; payment is still to come.</summary>
    public class OrderPlacedEvent
    {
        public OrderPlacedEvent(Order order)
        {
            Order = order;
        }

        public Order Order { get; }
    }

    /// <summary>An order was marked as paid: once, if all goes well.</summary>
    public class OrderPaidEvent
    {
        public OrderPaidEvent(Order order)
        {
            Order = order;
        }

        public Order Order { get; }
    }
}

namespace Nop.Core.Domain.Payments
{
    /// <summary>Where the money is.</summary>
    public enum PaymentStatus
    {
        Pending = 10,
        Authorized = 20,
        Paid = 30,
        PartiallyRefunded = 35,
        Refunded = 40,
        Voided = 50
    }
}

namespace Nop.Core.Domain.Shipping
{
    /// <summary>Where the goods are.</summary>
    public enum ShippingStatus
    {
        ShippingNotRequired = 10,
        NotYetShipped = 20,
        PartiallyShipped = 25,
        Shipped = 30,
        Delivered = 40
    }
}

namespace Nop.Core.Domain.Tax
{
    /// <summary>How prices are shown.</summary>
    public enum TaxDisplayType
    {
        IncludingTax = 0,
        ExcludingTax = 10
    }
}

namespace Nop.Core.Domain.Discounts
{
    /// <summary>A discount. One without requirements is everybody's.</summary>
    public class Discount : BaseEntity
    {
        public string Name { get; set; }

        public bool UsePercentage { get; set; }

        public decimal DiscountPercentage { get; set; }

        public decimal DiscountAmount { get; set; }

        public bool RequiresCouponCode { get; set; }

        public string CouponCode { get; set; }

        public bool IsActive { get; set; }
    }

    /// <summary>What must hold for a discount. One whose rule is not installed is passed over.</summary>
    public class DiscountRequirement : BaseEntity
    {
        public int DiscountId { get; set; }

        public string DiscountRequirementRuleSystemName { get; set; }

        public int? ParentId { get; set; }

        public bool IsGroup { get; set; }
    }

    /// <summary>An order has got a discount.</summary>
    public class DiscountUsageHistory : BaseEntity
    {
        public int DiscountId { get; set; }

        public int OrderId { get; set; }

        public DateTime CreatedOnUtc { get; set; }
    }
}

namespace Nop.Core.Domain.Catalog
{
    /// <summary>The unit of a recurring product's cycle.</summary>
    public enum RecurringProductCyclePeriod
    {
        Days = 0,
        Weeks = 10,
        Months = 20,
        Years = 30
    }
}
