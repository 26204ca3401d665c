using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Where a charge stands, as a screen shows it.</summary>
public enum TillState
{
    /// <summary>Nothing is being charged; only a customer's screen shows this.</summary>
    Idle,

    /// <summary>There is no code yet: a tip is to be chosen first.</summary>
    Tip,

    /// <summary>There is no code yet; it comes by itself.</summary>
    Starting,

    /// <summary>There is no code; a <see cref="OpeningProblem"/> says why.</summary>
    Problem,

    /// <summary>The customer can scan and pay.</summary>
    Waiting,

    /// <summary>Something has arrived that does not complete the payment yet.</summary>
    Seen,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>The time to pay is over, by Mion's word.</summary>
    Expired,

    /// <summary>The shop assistant gave it up.</summary>
    Cancelled,

    /// <summary>Paid, but a person has to decide about it.</summary>
    NeedsHelp,

    /// <summary>Mion must not take this payment.</summary>
    Blocked,

    /// <summary>Mion would have to know more about the customer first.</summary>
    DetailsMissing,

    /// <summary>The time to pay is over, and Mion has not been heard since: it may have been paid in the last minutes.</summary>
    Unknown
}
