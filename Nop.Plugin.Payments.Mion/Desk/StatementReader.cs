using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Helpers;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Reads the statement of a month from the rows; days are those of the user's time zone, as in the list of payments.</summary>
public class StatementReader(IDateTimeHelper dateTimeHelper, PaymentSearchStore searchStore, IRepository<MionPaymentSession> sessions)
{
    /// <summary>Reads the statement of a month.</summary>
    /// <param name="month">A day of it.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    public async Task<Statement> ReadAsync(DateTime month, int storeId)
    {
        var days = await GetDaysAsync(month);
        var (fromUtc, toUtc) = (days[0].FromUtc, days[^1].ToUtc);
        var rows = storeId > 0 ? sessions.Table.Where(session => session.StoreId == storeId) : sessions.Table;
        var paid = new List<StatementDay>();
        foreach (var (day, search) in days.Select(day => (day.Day, Search(day, storeId))))
            paid.AddRange((await searchStore.GetTotalsAsync(search)).Where(total => total.PaidCount > 0).GroupBy(total => total.Method, StringComparer.Ordinal)
                .OrderBy(method => method.Key, StringComparer.Ordinal)
                .Select(method => new StatementDay(day, method.Key, method.Sum(total => total.PaidCount), method.Sum(total => total.PaidCents), method.Sum(total => total.TipCents))));

        return new Statement(
            days[0].Day,
            (await searchStore.GetTotalsAsync(Search(days[0], storeId) with { FromUtc = null, ToUtc = fromUtc })).Sum(total => total.PaidCents + total.TipCents)
                - await SumAsync(rows.Where(session => session.PaidOnUtc != null && session.RefundedOnUtc < fromUtc)),
            paid,
            await ListAsync(rows.Where(session => session.PaidOnUtc != null && session.RefundedOnUtc >= fromUtc && session.RefundedOnUtc < toUtc)),
            await ListAsync(rows.Where(SessionRules.In(PaymentSessionState.NeedsPerson)).Where(session => session.PaidOnUtc >= fromUtc && session.PaidOnUtc < toUtc
                || session.PaidOnUtc == null && session.CreatedOnUtc >= fromUtc && session.CreatedOnUtc < toUtc)),
            await ListAsync(rows.Where(SessionRules.In(PaymentSessionState.Handled)).Where(session => session.PaidOnUtc >= fromUtc && session.PaidOnUtc < toUtc)));
    }

    /// <summary>The payments that a statement sums up, a batch after another, the earliest day first; what was refunded on a day follows what was paid on it.</summary>
    /// <param name="storeId">Of which store; 0 for all.</param>
    public async IAsyncEnumerable<(IReadOnlyList<MionPaymentSession> Sessions, bool AreRefunds)> ReadLinesAsync(Statement statement, int storeId)
    {
        foreach (var day in await GetDaysAsync(statement.Month))
        {
            await foreach (var batch in searchStore.ReadAllAsync(Search(day, storeId)))
                yield return (batch, false);
            yield return ([.. statement.Refunds.Where(session => session.RefundedOnUtc >= day.FromUtc && session.RefundedOnUtc < day.ToUtc)], true);
        }
    }

    private static PaymentSearch Search((DateTime Day, DateTime FromUtc, DateTime ToUtc) day, int storeId) =>
        new(StoreId: storeId > 0 ? storeId : null, FromUtc: day.FromUtc, ToUtc: day.ToUtc, Day: PaymentDay.Paid);

    private async Task<List<(DateTime Day, DateTime FromUtc, DateTime ToUtc)>> GetDaysAsync(DateTime month)
    {
        var zone = await dateTimeHelper.GetCurrentTimeZoneAsync();
        var first = new DateTime(month.Year, month.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return [.. Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(number => first.AddDays(number))
            .Select(day => (day, dateTimeHelper.ConvertToUtcTime(day, zone), dateTimeHelper.ConvertToUtcTime(day.AddDays(1), zone)))];
    }

    // grouped: a sum of nothing is no number in SQL
    private static async Task<long> SumAsync(IQueryable<MionPaymentSession> rows) =>
        (await rows.GroupBy(session => session.StoreId).Select(store => store.Sum(session => session.AmountCents + session.TipCents)).ToListAsync()).Sum();

    private static async Task<IReadOnlyList<MionPaymentSession>> ListAsync(IQueryable<MionPaymentSession> rows) =>
        (await rows.OrderBy(session => session.Id).ToListAsync()).ConvertAll(Utc.Mark);
}
