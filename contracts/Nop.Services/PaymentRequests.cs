using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Services.Payments;

/// <summary>A payment to take for an order about to be placed.</summary>
public class ProcessPaymentRequest
{
    public int StoreId { get; set; }

    public int CustomerId { get; set; }

    public Guid OrderGuid { get; set; }

    public DateTime? OrderGuidGeneratedOnUtc { get; set; }

    public decimal OrderTotal { get; set; }

    public string PaymentMethodSystemName { get; set; }

    public string CreditCardType { get; set; }

    public string CreditCardName { get; set; }

    public string CreditCardNumber { get; set; }

    public int CreditCardExpireYear { get; set; }

    public int CreditCardExpireMonth { get; set; }

    public string CreditCardCvv2 { get; set; }

    public Order InitialOrder { get; set; }

    public int RecurringCycleLength { get; set; }

    public RecurringProductCyclePeriod RecurringCyclePeriod { get; set; }

    public int RecurringTotalCycles { get; set; }

    public CustomValues CustomValues { get; set; } = [];
}

/// <summary>An order that was placed and now wants its payment.</summary>
public class PostProcessPaymentRequest
{
    public Order Order { get; set; }
}

/// <summary>An authorised payment to capture.</summary>
public class CapturePaymentRequest
{
    public Order Order { get; set; }
}

/// <summary>A payment to give back.</summary>
public class RefundPaymentRequest
{
    public Order Order { get; set; }

    public decimal AmountToRefund { get; set; }

    public bool IsPartialRefund { get; set; }
}

/// <summary>An authorised payment to drop.</summary>
public class VoidPaymentRequest
{
    public Order Order { get; set; }
}

/// <summary>A recurring payment to end.</summary>
public class CancelRecurringPaymentRequest
{
    public Order Order { get; set; }
}
