namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>What Mion says about a payment session: the answer to creating one, to its status, and to looking one up.</summary>
/// <remarks>
/// Mion's guide documents the fields of the status answer; amount, currency and reference are taken when they are there.
/// Unlisted values of the status fields are kept as they come.
/// </remarks>
public sealed record MionSession
{
    /// <summary>Mion's id: a UUID in lower case.</summary>
    public required string PaymentSessionId { get; init; }

    /// <summary>When the payment was completed, UTC, by Mion's clock. Set if and only if the session is paid.</summary>
    public DateTime? PaidOnUtc { get; init; }

    /// <summary>Until when the session can be paid, UTC, by the clock of this machine.</summary>
    public DateTime? ExpiresOnUtc { get; init; }

    /// <summary><c>funding-received</c>, <c>funding-collected</c>, <c>exchanged</c>, <c>funded</c>, or a value the guide does not list.</summary>
    public string? Status { get; init; }

    /// <summary>Such as <c>well-funded</c>.</summary>
    public string? FundingStatus { get; init; }

    /// <summary>Such as <c>correct</c>.</summary>
    public string? FeeStatus { get; init; }

    /// <summary>How much has arrived; the guide gives no unit, so only whether it is more than nothing is used.</summary>
    public decimal FundingAmountAvailable { get; init; }

    /// <summary>Whether <see cref="FundingAmountAvailable"/> is what has arrived (assumed), and not what can be paid.</summary>
    public bool FundingAmountMeansArrived { get; init; } = true;

    /// <summary>How far Mion's clock is ahead of this machine's.</summary>
    public TimeSpan ClockAhead { get; init; }

    /// <summary>Such as <c>lightning</c>.</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>Mion's refunds of this session.</summary>
    public IReadOnlyList<string> RefundSessionIds { get; init; } = [];

    /// <summary>What is to be paid, in cents, where the answer says it.</summary>
    public long? AmountCents { get; init; }

    /// <summary>Currency of the amount, where the answer says it.</summary>
    public string? Currency { get; init; }

    /// <summary>Our reference, where the answer says it.</summary>
    public string? Reference { get; init; }

    /// <summary>Whether Mion has the money: <c>paidAt</c> holds a valid timestamp.</summary>
    public bool IsPaid => PaidOnUtc.HasValue;

    /// <summary>Whether something has arrived that does not complete the payment (yet), or Mion says so without saying when it was paid.</summary>
    public bool IsSeen => !IsPaid && (FundingAmountMeansArrived && FundingAmountAvailable > 0 || IsCompletedStatus(Status));

    /// <summary>Whether a <c>status</c> is one of those that Mion's guide gives a paid session.</summary>
    public static bool IsCompletedStatus(string? status) => status is "funding-received" or "funding-collected" or "exchanged" or "funded";
}
