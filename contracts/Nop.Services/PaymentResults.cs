using Nop.Core.Domain.Payments;

namespace Nop.Services.Payments;

// what the results have in common stands on each: in 4.90 a base class of all declares it, in 4.80 each of them does, and a
// reference by the class finds it in both

/// <summary>What came of a payment; pending unless told otherwise.</summary>
public class ProcessPaymentResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];

    public string AvsResult { get; set; }

    public string Cvv2Result { get; set; }

    public string AuthorizationTransactionId { get; set; }

    public string AuthorizationTransactionCode { get; set; }

    public string AuthorizationTransactionResult { get; set; }

    public string CaptureTransactionId { get; set; }

    public string CaptureTransactionResult { get; set; }

    public string SubscriptionTransactionId { get; set; }

    public bool AllowStoringCreditCardNumber { get; set; }

    public bool RecurringPaymentFailed { get; set; }

    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;
}

/// <summary>What came of a capture.</summary>
public class CapturePaymentResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];

    public string CaptureTransactionId { get; set; }

    public string CaptureTransactionResult { get; set; }

    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;
}

/// <summary>What came of a refund.</summary>
public class RefundPaymentResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];

    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;
}

/// <summary>What came of a void.</summary>
public class VoidPaymentResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];

    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;
}

/// <summary>What came of ending a recurring payment.</summary>
public class CancelRecurringPaymentResult
{
    public bool Success => Errors.Count == 0;

    public IList<string> Errors { get; set; } = [];
}
