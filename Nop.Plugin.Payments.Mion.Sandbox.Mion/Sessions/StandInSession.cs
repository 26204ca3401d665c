namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>A payment session as it stood at one moment.</summary>
public sealed record StandInSession
{
    /// <summary>A UUID.</summary>
    public required string PaymentSessionId { get; init; }

    /// <summary>What the merchant calls it; not unique.</summary>
    public string? Reference { get; init; }

    /// <summary>Cents.</summary>
    public required long Amount { get; init; }

    /// <summary>Always "EUR".</summary>
    public required string CurrencyIso3 { get; init; }

    /// <summary>Whether it belongs to a till.</summary>
    public required bool RetailPos { get; init; }

    /// <summary>Where the checkout page sends the shopper back to; null at a till.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>When it was created, by Mion's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops taking new payments.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The amount to pay, in milli-satoshi.</summary>
    public required long AmountMsat { get; init; }

    /// <summary>One of <see cref="StandInStatus"/>.</summary>
    public string Status { get; init; } = StandInStatus.Initiated;

    /// <summary>"correct" is the only documented value.</summary>
    public string FeeStatus { get; init; } = "correct";

    /// <summary>"well-funded" is the only documented value; the others are the stand-in's own.</summary>
    public string FundingStatus { get; init; } = "not-funded";

    /// <summary>Milli-satoshi that were seen and not yet collected.</summary>
    public long FundingAmountAvailable { get; init; }

    /// <summary>"lightning" or "on-chain"; null until something was paid.</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>Set if and only if the session is paid.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>One UUID for each refund.</summary>
    public IReadOnlyList<string> RefundSessionIds { get; init; } = [];

    /// <summary>A till's attempts, oldest first.</summary>
    public IReadOnlyList<StandInAttempt> Attempts { get; init; } = [];

    /// <summary>How many webhooks are registered.</summary>
    public int Webhooks { get; init; }

    /// <summary>Number of the key that created it; 0 is the first.</summary>
    public int Merchant { get; init; }

    /// <summary>What the online checkout shows to a Lightning wallet. Made for a test network: no real wallet pays it.</summary>
    public required string LnInvoice { get; init; }

    /// <summary>Whether <see cref="PaidAt"/> is set.</summary>
    public bool IsPaid => PaidAt is not null;

    /// <summary>Neither paid nor over.</summary>
    public bool IsOpen => !IsPaid && Status != StandInStatus.Expired;
}

/// <summary>One payment attempt of a till's session.</summary>
/// <param name="AmountMsat">Milli-satoshi to pay.</param>
/// <param name="Expiry">From here on the attempt cannot be paid.</param>
/// <param name="LnInvoice">The invoice; null when compliance stands in the way.</param>
/// <param name="OnChainAddress">The address; null when compliance stands in the way.</param>
/// <param name="Compliance">What compliance says to it.</param>
public sealed record StandInAttempt(
    long AmountMsat,
    DateTimeOffset Expiry,
    string? LnInvoice,
    string? OnChainAddress,
    StandInCompliance Compliance);

/// <summary>What the next payment attempts say about compliance.</summary>
/// <param name="BlockedByCompliance">The payment may not be taken at all.</param>
/// <param name="MissingComplianceCustomerFields">What Mion would need to know about the customer first.</param>
public sealed record StandInCompliance(bool BlockedByCompliance, IReadOnlyList<string> MissingComplianceCustomerFields)
{
    /// <summary>Nothing stands in the way.</summary>
    public static StandInCompliance Clear { get; } = new(false, []);

    /// <summary>Whether an attempt can be paid.</summary>
    public bool Allows => !BlockedByCompliance && MissingComplianceCustomerFields.Count == 0;
}
