using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>What was paid on a day by one of Mion's words for how.</summary>
/// <param name="Day">The day, by the clock of whoever reads.</param>
/// <param name="TipCents">The tips that were paid with it.</param>
public sealed record StatementDay(DateTime Day, string Method, int Count, long Cents, long TipCents);

/// <summary>
/// A month of payments, of one store or of all. It goes by Mion's own time of each payment, applied to an order or not: what Mion
/// has received it should have credited, whatever the store made of it.
/// </summary>
/// <param name="Month">The month's first day.</param>
/// <param name="OpeningCents">What was paid before the month, tips included, less what was refunded before it.</param>
/// <param name="Days">What was paid in the month, the earliest day first.</param>
/// <param name="Refunds">Payments of which the store first heard in the month that Mion has paid them back, whenever they were paid.</param>
/// <param name="Waiting">What waits for a person now: paid in the month, or begun in it where Mion does not know it any more.</param>
/// <param name="Handled">Paid in the month, not brought to an order, and dealt with by a person.</param>
public sealed record Statement(DateTime Month, long OpeningCents, IReadOnlyList<StatementDay> Days,
    IReadOnlyList<MionPaymentSession> Refunds, IReadOnlyList<MionPaymentSession> Waiting, IReadOnlyList<MionPaymentSession> Handled)
{
    /// <summary>What was paid in the month, without tips.</summary>
    public long PaidCents => Days.Sum(day => day.Cents);

    /// <summary>The tips that were paid with it.</summary>
    public long TipCents => Days.Sum(day => day.TipCents);

    /// <summary>What was refunded in the month. Mion names no amount: the whole payment, with its tip.</summary>
    public long RefundedCents => Refunds.Sum(session => session.SumCents());

    /// <summary>What Mion should have credited from the first payment to the end of the month; the next month's opening.</summary>
    public long ClosingCents => OpeningCents + PaidCents + TipCents - RefundedCents;
}
