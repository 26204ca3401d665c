namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>What became of the payments that were begun in a stretch of days, of one of Mion's words for how they were paid.</summary>
/// <param name="Day">The first of the days.</param>
/// <param name="Method">Mion's word; empty where it has said none, as of what is not paid.</param>
/// <param name="Started">How often Bitcoin was chosen: an order that was tried again counts once.</param>
/// <param name="Paid">How many of them Mion has received.</param>
/// <param name="PaidCents">What was asked for with those, in euro cents.</param>
/// <param name="Open">How many can still be paid.</param>
/// <param name="Late">How many were paid after their time.</param>
/// <param name="NeedsPerson">How many wait for a person.</param>
public sealed record PaymentFigure(DateTime Day, string Method, int Started, int Paid, long PaidCents, int Open, int Late, int NeedsPerson);

/// <summary>What Bitcoin came to in some days. Pure.</summary>
/// <param name="Days">The first day of each stretch, one after another, with those in which nothing was begun.</param>
/// <param name="Parts">What became of what was begun in them.</param>
/// <param name="TimesToPay">From the beginning to the payment; of the latest payments, where there are many.</param>
public sealed record PaymentFigures(IReadOnlyList<DateTime> Days, IReadOnlyList<PaymentFigure> Parts, IReadOnlyList<TimeSpan> TimesToPay)
{
    public int Started => Parts.Sum(part => part.Started);

    public int Paid => Parts.Sum(part => part.Paid);

    public long PaidCents => Parts.Sum(part => part.PaidCents);

    public int Open => Parts.Sum(part => part.Open);

    public int Late => Parts.Sum(part => part.Late);

    public int NeedsPerson => Parts.Sum(part => part.NeedsPerson);

    /// <summary>Begun, and given up. An order that was paid twice stands for one of them, so this is never less than nothing.</summary>
    public int NotPaid => Math.Max(0, Started - Paid - Open);

    /// <summary>Of a hundred that were begun, how many are paid; null where none was begun.</summary>
    public int? Share => Started == 0 ? null : (int)Math.Min(100, Math.Round(100m * Paid / Started, MidpointRounding.AwayFromZero));

    /// <summary>The shortest time within which so many of a hundred were paid; null where none was paid.</summary>
    public TimeSpan? PaidWithin(int ofHundred) =>
        TimesToPay.Count == 0 ? null : TimesToPay.Order().ElementAt(Math.Max(0, (TimesToPay.Count * ofHundred + 99) / 100 - 1));
}
