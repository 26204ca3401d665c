using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>One of the short-lived offers to pay a till's session; an earlier one stays in the history.</summary>
/// <remarks>
/// Only shown and kept: whether the customer has paid is a question to the session, so a payment of an old offer in its
/// last second is seen as well. All times are UTC.
/// </remarks>
public class MionPaymentAttempt : BaseEntity
{
    // two machines, two clocks
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(5);

    /// <summary>Row of the session, <see cref="MionPaymentSession"/>.</summary>
    public int SessionId { get; set; }

    /// <summary>When Mion answered.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>From then on it cannot be paid.</summary>
    public DateTime ExpiresOnUtc { get; set; }

    /// <summary>What the customer pays, in milli-satoshi.</summary>
    public long AmountMsat { get; set; }

    /// <summary>The Lightning invoice; empty where compliance stands in the way.</summary>
    public string Invoice { get; set; } = string.Empty;

    /// <summary>The address on the blockchain, or empty.</summary>
    public string OnChainAddress { get; set; } = string.Empty;

    /// <summary>Fee rate that Mion suggests, as a number without its unit, or empty.</summary>
    public string SuggestedFeeRate { get; set; } = string.Empty;

    /// <summary>Whether Mion must not take this payment.</summary>
    public bool BlockedByCompliance { get; set; }

    /// <summary>Names of what Mion would have to know about the customer, separated by commas, or empty.</summary>
    public string MissingCustomerFields { get; set; } = string.Empty;

    /// <summary>Whether there is something to scan.</summary>
    public bool IsPayable() => Invoice.Length > 0 && !BlockedByCompliance && MissingCustomerFields.Length == 0;

    /// <summary>Milliseconds until it ends; 0 once it has.</summary>
    public long GetMillisecondsLeft(DateTime utcNow) => Math.Max(0, (long)(ExpiresOnUtc - utcNow).TotalMilliseconds);

    /// <summary>
    /// Whether the next offer is to be asked for: shortly before this one ends, so that the code on the screen can
    /// always be scanned and paid.
    /// </summary>
    public bool IsDue(DateTime utcNow)
    {
        // a quarter of its life at most, should Mion shorten it
        var life = ExpiresOnUtc - CreatedOnUtc;
        var margin = life / 4 < MionDefaults.AttemptMargin ? life / 4 : MionDefaults.AttemptMargin;
        return ExpiresOnUtc - utcNow <= margin;
    }

    /// <summary>
    /// The attempts that can be the one that was paid, by their times: Mion tells that a session was paid, not by which
    /// of its attempts.
    /// </summary>
    /// <param name="attempts">All attempts of the session, the newest first.</param>
    /// <returns>Usually one; two where the next one had been asked for before the last one ended.</returns>
    public static IReadOnlyList<MionPaymentAttempt> FindPaid(IReadOnlyList<MionPaymentAttempt> attempts, DateTime paidOnUtc)
    {
        var begun = attempts.Where(attempt => attempt.CreatedOnUtc <= paidOnUtc + _clockTolerance).ToList();
        var alive = begun.Where(attempt => attempt.ExpiresOnUtc >= paidOnUtc - _clockTolerance).ToList();
        // a payment on the blockchain comes long after its attempt
        return alive.Count > 0 ? alive : [.. (begun.Count > 0 ? begun : attempts).Take(1)];
    }

    /// <summary>What was paid, in satoshi: where two attempts can be the one, at two prices, both are named. Empty where there is none.</summary>
    /// <param name="attempts">As in <see cref="FindPaid"/>.</param>
    public static string FormatPaid(IReadOnlyList<MionPaymentAttempt> attempts, DateTime paidOnUtc, CultureInfo culture) =>
        string.Join(" / ", FindPaid(attempts, paidOnUtc).Select(attempt => new MilliSatoshi(attempt.AmountMsat).FormatSatoshi(culture)).Distinct());
}
