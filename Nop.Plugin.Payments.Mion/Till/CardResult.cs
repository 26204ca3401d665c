namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What came of a tapped card, as the assistant is told.</summary>
public enum CardResult
{
    /// <summary>The card's service has taken the invoice. That is no payment yet.</summary>
    Sent,

    /// <summary>The invoice that was on the screen cannot be paid any more.</summary>
    CodeChanged,

    /// <summary>The card, or its service, names an address that the store does not call.</summary>
    NotAllowed,

    /// <summary>No answer, or none in time.</summary>
    Unreachable,

    /// <summary>An answer that is none of a card's service.</summary>
    Unusable,

    /// <summary>The card's service says no.</summary>
    Refused,

    /// <summary>The card's service pays more or less than this at a time.</summary>
    OutsideLimits
}

/// <summary>A tapped card cannot pay.</summary>
public sealed class CardException(CardResult result, Exception? innerException = null) : Exception(result.ToString(), innerException)
{
    /// <summary>Why.</summary>
    public CardResult Result { get; } = result;
}
