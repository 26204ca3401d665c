namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Why there is nothing to pay at Mion. Stored as a number: never change a value.</summary>
public enum OpeningProblem
{
    /// <summary>Nothing is in the way.</summary>
    None = 0,

    /// <summary>A payment for the order has already been received.</summary>
    AlreadyPaid = 10,

    /// <summary>The order cannot be paid any more: cancelled, deleted, or not pending.</summary>
    OrderClosed = 20,

    /// <summary>There is no such order.</summary>
    OrderNotFound = 30,

    /// <summary>The store has no way to the euro, or less than a cent is to be paid.</summary>
    NoEuroAmount = 40,

    /// <summary>The amount is not one that can be charged.</summary>
    BadAmount = 50,

    /// <summary>The plugin is not configured for the store.</summary>
    NotConfigured = 60,

    /// <summary>Mion cannot be reached or has an error right now; trying again makes sense.</summary>
    Unreachable = 70,

    /// <summary>The API key is not accepted, or lacks <em>Retail Point-of-sale Payments Create</em>.</summary>
    PermissionMissing = 80,

    /// <summary>Mion does not accept the request.</summary>
    Refused = 90,

    /// <summary>A payment for the order is on its way: whoever is asked for another one pays twice.</summary>
    PaymentSeen = 100
}
