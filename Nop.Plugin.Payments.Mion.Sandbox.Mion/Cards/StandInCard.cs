namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What the service of a Bolt Card does when it is asked.</summary>
public enum CardBehaviour
{
    /// <summary>Pays the invoice that it is given.</summary>
    Pays,

    /// <summary>Refuses the tap: the card is blocked, or was seen before.</summary>
    RefusesTap,

    /// <summary>Refuses the invoice.</summary>
    RefusesInvoice,

    /// <summary>Takes the invoice, and pays nothing.</summary>
    PaysNothing,

    /// <summary>Offers something else than to pay.</summary>
    WrongTag,

    /// <summary>Answers something else than JSON.</summary>
    NoJson,

    /// <summary>Offers to pay, in more words than anybody reads.</summary>
    TooLong,

    /// <summary>Lets wait for the answer.</summary>
    Slow,

    /// <summary>Begins to answer at once, and never comes to the end.</summary>
    Endless,

    /// <summary>Sends whoever asks to <see cref="StandInCard.Elsewhere"/>.</summary>
    Redirects
}

/// <summary>How the service of a Bolt Card is set; its limits are those of one payment.</summary>
public sealed record StandInCard
{
    /// <summary>What it does.</summary>
    public CardBehaviour Behaviour { get; init; }

    /// <summary>Milli-satoshi.</summary>
    public long MinWithdrawable { get; init; } = 1_000;

    /// <summary>Milli-satoshi.</summary>
    public long MaxWithdrawable { get; init; } = 1_000_000_000;

    /// <summary>Where it redirects to, and what it names as the place for the invoice; null for its own.</summary>
    public string? Elsewhere { get; init; }
}
