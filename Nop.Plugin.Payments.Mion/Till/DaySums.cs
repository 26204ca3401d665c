using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>How many charges, and their sum.</summary>
/// <param name="Cents">Euro cents, without tips unless it says otherwise.</param>
public readonly record struct Tally(int Count, long Cents)
{
    public static Tally None { get; } = default;

    public static Tally Of(IEnumerable<MionPaymentSession> sessions) => sessions.Aggregate(None, (sum, session) => new(sum.Count + 1, sum.Cents + session.AmountCents));

    public static Tally OfTips(IEnumerable<MionPaymentSession> sessions) => sessions.Aggregate(None, (sum, session) => new(sum.Count + 1, sum.Cents + session.TipCents));
}

/// <summary>What one till, one assistant or one way to pay brought.</summary>
/// <param name="Name">Name of the till, number of the assistant's account, or Mion's word for the way to pay; may be empty.</param>
public sealed record DayShare(string Name, Tally Sum);

/// <summary>What was received in a currency that was converted.</summary>
/// <param name="Code">ISO code.</param>
/// <param name="Sum">In that currency, without tips.</param>
public sealed record CurrencySum(string Code, int Count, decimal Sum);

/// <summary>A charge that was made before the close before, and paid after it.</summary>
/// <param name="What">The reference at Mion.</param>
public sealed record LateCharge(int Id, string What, DateTime ChargedOnUtc, DateTime PaidOnUtc, string Till, long Cents);

/// <summary>What a day at the till adds up to.</summary>
/// <remarks>
/// Received is what Mion has a time of payment for, whatever came of it in the shop: that never changes again. All else is how
/// the charges stood when it was added up.
/// </remarks>
public sealed record DaySums
{
    /// <summary>More are not named one by one.</summary>
    public const int MaxLate = 100;

    /// <summary>Charges made since the close before.</summary>
    public Tally Charged { get; init; }

    /// <summary>Paid, and done with.</summary>
    public Tally Paid { get; init; }

    /// <summary>The money has arrived, and a person decides about it, or has decided.</summary>
    public Tally Decision { get; init; }

    /// <summary>A payment is seen that is not complete.</summary>
    public Tally Seen { get; init; }

    /// <summary>Can be paid.</summary>
    public Tally Open { get; init; }

    /// <summary>Mion has not been heard about it since its time ended, or does not know it.</summary>
    public Tally Unknown { get; init; }

    public Tally Cancelled { get; init; }

    public Tally Expired { get; init; }

    /// <summary>What was received, by way to pay.</summary>
    public IReadOnlyList<DayShare> Methods { get; init; } = [];

    /// <summary>What was received, by assistant.</summary>
    public IReadOnlyList<DayShare> Assistants { get; init; } = [];

    /// <summary>What was received, by till.</summary>
    public IReadOnlyList<DayShare> Tills { get; init; } = [];

    /// <summary>What was received in another currency than the euro, by currency; it is in the euro of all other sums as well.</summary>
    public IReadOnlyList<CurrencySum> Currencies { get; init; } = [];

    /// <summary>What customers gave on top of what was received, and how many of them; in no other sum.</summary>
    public Tally Tips { get; init; }

    /// <summary>The same by assistant.</summary>
    public IReadOnlyList<DayShare> TipShares { get; init; } = [];

    /// <summary>Of what was received, charges from before the close before.</summary>
    public Tally Late { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<LateCharge> LateCharges { get; init; } = [];

    /// <summary>All that was received.</summary>
    public Tally Received() => new(Paid.Count + Decision.Count, Paid.Cents + Decision.Cents);

    /// <summary>Adds up. Pure.</summary>
    /// <param name="sessions">Charges whose payment belongs to this day, and those without a payment that are of interest in it.</param>
    /// <param name="lastSessionId">The newest charge at the close before.</param>
    public static DaySums Of(IReadOnlyCollection<MionPaymentSession> sessions, int lastSessionId, DateTime utcNow)
    {
        var received = sessions.Where(session => session.PaidOnUtc is not null).ToList();
        var missing = sessions.Where(session => session.PaidOnUtc is null).ToLookup(session => TillStatusService.GetState(session, attempt: null, utcNow));
        var late = received.Where(session => session.Id <= lastSessionId).OrderBy(session => session.Id).ToList();
        var tipped = received.Where(session => session.TipCents > 0).ToList();
        return new DaySums
        {
            Charged = Tally.Of(sessions.Where(session => session.Id > lastSessionId)),
            Paid = Tally.Of(received.Where(session => session.State == PaymentSessionState.Paid)),
            Decision = Tally.Of(received.Where(session => session.State != PaymentSessionState.Paid)),
            Seen = Tally.Of(missing[TillState.Seen]),
            Unknown = Tally.Of(missing[TillState.Unknown].Concat(missing[TillState.NeedsHelp]).Concat(missing[TillState.Paid])),
            Cancelled = Tally.Of(missing[TillState.Cancelled]),
            Expired = Tally.Of(missing[TillState.Expired]),
            Open = Tally.Of(missing[TillState.Tip].Concat(missing[TillState.Starting]).Concat(missing[TillState.Problem]).Concat(missing[TillState.Waiting])),
            Methods = Share(received, session => session.PaymentMethod),
            Assistants = Share(received, NameAssistant),
            Currencies = [.. received.Where(session => session.IsConverted()).GroupBy(session => session.CurrencyCode, (code, sessions) => (Code: code, Totals: sessions.Select(session => session.OrderTotal).ToList()))
                .Select(group => new CurrencySum(group.Code, group.Totals.Count, group.Totals.Sum())).OrderBy(sum => sum.Code, StringComparer.Ordinal)],
            Tips = Tally.OfTips(tipped),
            TipShares = [.. tipped.GroupBy(NameAssistant, (key, sessions) => new DayShare(key, Tally.OfTips(sessions))).OrderBy(share => share.Name, StringComparer.Ordinal)],
            Tills = Share(received, session => session.TillName),
            Late = Tally.Of(late),
            LateCharges = [.. late.Take(MaxLate).Select(session => new LateCharge(session.Id, session.Reference, session.CreatedOnUtc, session.PaidOnUtc!.Value, session.TillName, session.AmountCents))]
        };
    }

    private static string NameAssistant(MionPaymentSession session) => session.AssistantId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;

    private static List<DayShare> Share(IEnumerable<MionPaymentSession> received, Func<MionPaymentSession, string> name) =>
        [.. received.GroupBy(name, (key, sessions) => new DayShare(key, Tally.Of(sessions))).OrderBy(share => share.Name, StringComparer.Ordinal)];
}
