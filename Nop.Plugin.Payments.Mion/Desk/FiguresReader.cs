using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Helpers;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Reads what Bitcoin came to in the last days; days are those of the user's time zone. A short statement for each bar of the chart.</summary>
public class FiguresReader(IDateTimeHelper dateTimeHelper, IRepository<MionPaymentSession> sessions, TimeProvider timeProvider)
{
    /// <summary>From so many days on a bar of the chart is a week.</summary>
    private const int DaysInWeeks = 60;

    /// <summary>As many payments tell how long paying takes; more of them say the same.</summary>
    private const int MaxTimes = 2000;

    /// <summary>Reads the figures.</summary>
    /// <param name="days">Of how many days, today included.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    public async Task<PaymentFigures> ReadAsync(int days, int storeId)
    {
        var zone = await dateTimeHelper.GetCurrentTimeZoneAsync();
        var today = TimeZoneInfo.ConvertTime(timeProvider.GetUtcNow(), zone).Date;
        var step = days >= DaysInWeeks ? 7 : 1;
        var stretches = Divide(today.AddDays(1 - days), today.AddDays(1), step)
            .ConvertAll(stretch => (stretch.First, FromUtc: dateTimeHelper.ConvertToUtcTime(stretch.First, zone), ToUtc: dateTimeHelper.ConvertToUtcTime(stretch.End, zone)));
        // whose address has only been given away has not been begun; a charge that waits for its tip has
        var rows = (storeId > 0 ? sessions.Table.Where(session => session.StoreId == storeId) : sessions.Table).Where(SessionRules.Reserved.Not().Or(new(session => session.IsTill)));

        var parts = new List<PaymentFigure>();
        foreach (var (first, fromUtc, toUtc) in stretches)
            parts.AddRange(await ReadAsync(first, rows.Where(session => session.CreatedOnUtc >= fromUtc && session.CreatedOnUtc < toUtc)));
        return new PaymentFigures([.. stretches.Select(stretch => stretch.First)], parts, await ReadTimesAsync(rows, stretches[0].FromUtc, stretches[^1].ToUtc));
    }

    private static async Task<IEnumerable<PaymentFigure>> ReadAsync(DateTime first, IQueryable<MionPaymentSession> rows)
    {
        const int Open = (int)PaymentSessionState.Open;
        const int NeedsPerson = (int)PaymentSessionState.NeedsPerson;
        var found = await rows.GroupBy(session => session.PaymentMethod).Select(group => new
        {
            Method = group.Key,
            Started = group.Sum(session => session.Attempt == 1 ? 1 : 0),
            Paid = group.Sum(session => session.PaidOnUtc == null ? 0 : 1),
            PaidCents = group.Sum(session => session.PaidOnUtc == null ? 0L : session.AmountCents),
            Open = group.Sum(session => session.PaidOnUtc == null && session.StateId == Open ? 1 : 0),
            Late = group.Sum(session => session.PaidOnUtc > session.ExpiresOnUtc ? 1 : 0),
            NeedsPerson = group.Sum(session => session.StateId == NeedsPerson ? 1 : 0)
        }).ToListAsync();
        return found.Select(part => new PaymentFigure(first, part.Method, part.Started, part.Paid, part.PaidCents, part.Open, part.Late, part.NeedsPerson));
    }

    private static async Task<IReadOnlyList<TimeSpan>> ReadTimesAsync(IQueryable<MionPaymentSession> rows, DateTime fromUtc, DateTime toUtc)
    {
        var found = await rows.Where(session => session.PaidOnUtc != null && session.CreatedOnUtc >= fromUtc && session.CreatedOnUtc < toUtc).OrderByDescending(session => session.CreatedOnUtc)
            .Select(session => new { session.CreatedOnUtc, session.PaidOnUtc }).Take(MaxTimes).ToListAsync();
        // Mion's clock may be behind the store's
        return found.ConvertAll(session => session.PaidOnUtc!.Value > session.CreatedOnUtc ? session.PaidOnUtc.Value - session.CreatedOnUtc : TimeSpan.Zero);
    }

    // the last stretch ends with today, so the first may be shorter
    private static List<(DateTime First, DateTime End)> Divide(DateTime first, DateTime end, int step)
    {
        var stretches = new List<(DateTime First, DateTime End)>();
        for (var to = end; to > first; to = to.AddDays(-step))
            stretches.Insert(0, (to.AddDays(-step) > first ? to.AddDays(-step) : first, to));
        return stretches;
    }
}
