namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// Values of <c>status</c>. Mion documents the four that follow a payment; the others are the stand-in's own,
/// as a plugin must live with values that it does not know.
/// </summary>
public static class StandInStatus
{
    /// <summary>Nothing was paid yet.</summary>
    public const string Initiated = "initiated";

    /// <summary>Enough was seen on the blockchain, and waits for its confirmation.</summary>
    public const string FundingPending = "funding-pending";

    /// <summary>Something was paid, and it is not enough.</summary>
    public const string FundingInsufficient = "funding-insufficient";

    /// <summary>Over, and not paid.</summary>
    public const string Expired = "expired";

    /// <summary>Paid (documented).</summary>
    public const string FundingReceived = "funding-received";

    /// <summary>Paid (documented).</summary>
    public const string FundingCollected = "funding-collected";

    /// <summary>Paid (documented).</summary>
    public const string Exchanged = "exchanged";

    /// <summary>Paid, and the last status of all (documented).</summary>
    public const string Funded = "funded";

    /// <summary>What follows a status in Mion's own processing after a payment; null where nothing does.</summary>
    internal static string? Next(string status) => status switch
    {
        FundingReceived => FundingCollected,
        FundingCollected => Exchanged,
        Exchanged => Funded,
        _ => null
    };
}
