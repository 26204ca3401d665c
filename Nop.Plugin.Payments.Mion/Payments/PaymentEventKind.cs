namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What happened to a payment session. Stored as a number: never change a value.</summary>
public enum PaymentEventKind
{
    /// <summary>Mion has confirmed the session; the shopper can pay it.</summary>
    Opened = 10,

    /// <summary>The session could not be opened.</summary>
    NotOpened = 20,

    /// <summary>Mion has accepted the webhook.</summary>
    WebhookRegistered = 30,

    /// <summary>Mion has not accepted the webhook.</summary>
    WebhookRefused = 40,

    /// <summary>A payment has been seen that does not complete the session yet.</summary>
    Seen = 50,

    /// <summary>The time to pay ended without a payment.</summary>
    Expired = 60,

    /// <summary>Mion has given an expired session more time.</summary>
    OpenAgain = 65,

    /// <summary>Paid, and the order is marked as paid.</summary>
    Paid = 70,

    /// <summary>Paid, but not applied; the detail is the name of the <see cref="ReviewReason"/>.</summary>
    NeedsPerson = 80,

    /// <summary>Mion reports a refund; the detail is Mion's ids.</summary>
    RefundSeen = 90,

    /// <summary>A person has dealt with the payment; the detail is that person's comment.</summary>
    Handled = 100
}
