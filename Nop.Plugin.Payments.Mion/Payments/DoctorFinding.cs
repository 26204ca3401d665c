namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What does not fit together about a payment. Stored as a number: never change a value.</summary>
public enum DoctorFinding
{
    /// <summary>Everything fits.</summary>
    None = 0,

    /// <summary>Mion has the money, and the order does not know it yet: applying is safe.</summary>
    PaidAtMion = 10,

    /// <summary>The payment waits for a person; its <see cref="ReviewReason"/> says why.</summary>
    NeedsPerson = 20,

    /// <summary>The payment was applied, but its order is not paid.</summary>
    OrderNotPaid = 30,

    /// <summary>The payment was applied, but its order does not exist any more.</summary>
    OrderGone = 40,

    /// <summary>The payment was applied, but its order names another payment as the one that paid it.</summary>
    PaidTwice = 50,

    /// <summary>The payment was applied, and its order was cancelled without a refund.</summary>
    OrderCancelled = 60,

    /// <summary>The payment was applied, but it is not the order's total, or not what Mion names.</summary>
    AmountDiffers = 70,

    /// <summary>The plugin calls the payment paid, and Mion does not.</summary>
    NotPaidAtMion = 80,

    /// <summary>Mion does not know the payment.</summary>
    UnknownAtMion = 90,

    /// <summary>Mion could not be asked about the payment.</summary>
    MionFailed = 100,

    /// <summary>A payment was seen, and is not complete long after its time.</summary>
    SeenNotPaid = 110
}
