namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Why a completed payment waits for a person. Stored as a number: never change a value.</summary>
public enum ReviewReason
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The order does not exist any more, or is deleted.</summary>
    OrderGone = 10,

    /// <summary>The order was cancelled; stock has been given back.</summary>
    OrderCancelled = 20,

    /// <summary>The order was paid by something else than Mion.</summary>
    PaidOtherwise = 30,

    /// <summary>Another Mion session has already paid the order.</summary>
    PaidTwice = 40,

    /// <summary>The order's total is not what the shopper was asked for.</summary>
    AmountChanged = 50,

    /// <summary>The order was refunded, wholly or in part.</summary>
    OrderRefunded = 60,

    /// <summary>The order's payment is authorized or voided.</summary>
    OrderNotPending = 70,

    /// <summary>The order uses another payment method now.</summary>
    MethodChanged = 80,

    /// <summary>Mion names another amount or currency than was asked for.</summary>
    AnswerDiffers = 90,

    /// <summary>Mion does not know the session although it created it; nobody can say whether it was paid.</summary>
    UnknownAtMion = 100,

    /// <summary>An amount without an order was paid after the shop assistant had given it up.</summary>
    CancelledAtTill = 110,

    /// <summary>Mion had already paid the money back when the store heard of the payment.</summary>
    RefundedAtMion = 120,

    /// <summary>Another row has the same session of Mion's, which may pay one order only.</summary>
    SharedSession = 130,

    /// <summary>The order had been marked as paid by this session, and something has set it back to unpaid since.</summary>
    OrderSetBack = 140,

    /// <summary>An amount without an order was paid after its time, or beside a later charge of the same key.</summary>
    LateAtTill = 150
}
