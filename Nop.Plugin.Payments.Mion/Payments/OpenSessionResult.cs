
namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Why a shopper cannot be sent to Mion.
/// </summary>
public enum OpenSessionProblem
{
    /// <summary>Nothing is in the way.</summary>
    None,

    /// <summary>A payment for the order has already been received.</summary>
    AlreadyPaid,

    /// <summary>A payment for the order is on its way: whoever is asked for another one pays twice.</summary>
    PaymentSeen,

    /// <summary>The order cannot be paid any more: cancelled, deleted, or paid in another way.</summary>
    OrderClosed,

    /// <summary>The store has no way to the euro, or less than a cent is to be paid.</summary>
    NoEuroAmount,

    /// <summary>The plugin is not configured for the order's store.</summary>
    NotConfigured,

    /// <summary>Mion cannot be reached or has an error right now; trying again later makes sense.</summary>
    Unreachable,

    /// <summary>Mion does not accept what the store sends: the key, a permission, or the request.</summary>
    Refused
}

/// <summary>
/// What came of opening a session.
/// </summary>
/// <param name="Problem">Why there is no address to send the shopper to, or <see cref="OpenSessionProblem.None"/>.</param>
/// <param name="Session">The session, where a row exists.</param>
/// <param name="CheckoutUrl">Where the shopper pays; null where there is a problem.</param>
public sealed record OpenSessionResult(OpenSessionProblem Problem, MionPaymentSession? Session = null, string? CheckoutUrl = null);
