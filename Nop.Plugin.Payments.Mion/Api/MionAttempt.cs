namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Mion's answer to <em>New payment attempt</em>: one offer to pay a till's session, good for about two minutes.</summary>
/// <remarks>Source: Mion's point-of-sale integration guide.</remarks>
public sealed record MionAttempt
{
    /// <summary>What the customer pays, in milli-satoshi; more than zero.</summary>
    public required long AmountMsat { get; init; }

    /// <summary>From then on the attempt cannot be paid, UTC, by the clock of this machine.</summary>
    public required DateTime ExpiresOnUtc { get; init; }

    /// <summary>The Lightning invoice (BOLT 11); null where compliance stands in the way.</summary>
    public string? LightningInvoice { get; init; }

    /// <summary>The address on the blockchain, where Mion names one.</summary>
    public string? OnChainAddress { get; init; }

    /// <summary>Fee that Mion suggests for a payment on the blockchain; the guide gives no unit.</summary>
    public decimal? SuggestedFeeRate { get; init; }

    /// <summary>Whether Mion must not take this payment at all.</summary>
    public bool BlockedByCompliance { get; init; }

    /// <summary>What Mion would have to know about the customer first; empty where nothing is missing.</summary>
    public IReadOnlyList<string> MissingCustomerFields { get; init; } = [];

    /// <summary>Whether there is something to scan.</summary>
    public bool IsPayable => !BlockedByCompliance && MissingCustomerFields.Count == 0 && LightningInvoice is not null;
}
