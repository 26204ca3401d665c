using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Prepares the statement of a month.</summary>
public class StatementModelFactory(
    IDateTimeHelper dateTimeHelper,
    ILocalizationService localizationService,
    IStoreService storeService,
    PaymentSearchStore searchStore,
    PaymentTexts texts,
    StatementReader reader,
    TimeProvider timeProvider)
{
    private const int MonthsToChoose = 36;
    private const string MonthFormat = "yyyy-MM";

    /// <summary>Reads a month as an address says it; the current one where it says none that there can be a statement of.</summary>
    /// <param name="month">Such as <c>2026-11</c>.</param>
    public async Task<DateTime> ReadMonthAsync(string? month)
    {
        var now = TimeZoneInfo.ConvertTime(timeProvider.GetUtcNow(), await dateTimeHelper.GetCurrentTimeZoneAsync()).DateTime;
        return DateTime.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var found) && found.Year >= 2000 && found <= now
            ? found : new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
    }

    /// <summary>Prepares the page.</summary>
    /// <param name="month">A day of the month.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    public async Task<StatementModel> PrepareAsync(DateTime month, int storeId)
    {
        var statement = await reader.ReadAsync(month, storeId);
        var format = await texts.FormatAsync();
        var stores = await storeService.GetAllStoresAsync();
        var current = await ReadMonthAsync(null);
        var all = await localizationService.GetResourceAsync("Admin.Common.All");
        var days = new List<(DateTime Day, string Method, int Count, long Cents)>();
        foreach (var day in statement.Days)
            days.Add((day.Day, await texts.MethodNameAsync(day.Method), day.Count, day.Cents));

        return new StatementModel
        {
            Month = Write(statement.Month),
            StoreId = storeId,
            AvailableMonths = [.. Enumerable.Range(0, MonthsToChoose).Select(number => current.AddMonths(-number)).Append(statement.Month).Distinct()
                .Select(each => new SelectListItem(Name(each, format), Write(each), each == statement.Month))],
            AvailableStores =
            [
                new SelectListItem(all, "0", storeId == 0),
                .. stores.Select(store => new SelectListItem(store.Name, store.Id.ToString(CultureInfo.InvariantCulture), store.Id == storeId))
            ],
            Of = string.Join(", ", new[] { Name(statement.Month, format), stores.FirstOrDefault(store => store.Id == storeId)?.Name }.Where(part => !string.IsNullOrEmpty(part))),
            MadeOn = format.Time(timeProvider.GetUtcNow().UtcDateTime),
            IsUnderWay = statement.Month == current,
            Opening = format.Amount(statement.OpeningCents),
            Paid = new(format.Number(statement.Days.Sum(day => day.Count)), format.Amount(statement.PaidCents)),
            Tips = statement.TipCents > 0 ? format.Amount(statement.TipCents) : string.Empty,
            Refunded = new(format.Number(statement.Refunds.Count), format.Amount(statement.RefundedCents)),
            Closing = format.Amount(statement.ClosingCents),
            // two of Mion's words may be one way of payment
            Days = [.. days.GroupBy(day => (day.Day, day.Method)).Select(part => Row(part.Key.Day.ToString("d", format.Culture), part.Key.Method, part, format))],
            Methods = [.. days.GroupBy(day => day.Method).OrderByDescending(part => part.Sum(day => day.Cents)).Select(part => Row(string.Empty, part.Key, part, format))],
            Refunds = await DescribeAsync(statement.Refunds, session => session.RefundedOnUtc, format),
            Waiting = await DescribeAsync(statement.Waiting, session => session.PaidOnUtc ?? session.CreatedOnUtc, format),
            Handled = await DescribeAsync(statement.Handled, session => session.PaidOnUtc, format)
        };
    }

    private static string Write(DateTime month) => month.ToString(MonthFormat, CultureInfo.InvariantCulture);

    private static string Name(DateTime month, ReaderFormat format) => month.ToString("y", format.Culture);

    private static StatementDayRow Row(string day, string method, IEnumerable<(DateTime Day, string Method, int Count, long Cents)> part, ReaderFormat format)
    {
        var each = part.ToList();
        return new(day, method, format.Number(each.Sum(one => one.Count)), format.Amount(each.Sum(one => one.Cents)));
    }

    private async Task<IList<StatementLine>> DescribeAsync(IReadOnlyList<MionPaymentSession> sessions, Func<MionPaymentSession, DateTime?> on, ReaderFormat format)
    {
        var orderNumbers = await searchStore.GetOrderNumbersAsync(sessions.Select(session => session.OrderId));
        var lines = new List<StatementLine>();
        foreach (var session in sessions)
        {
            lines.Add(new StatementLine(
                session.Id,
                format.Time(on(session)),
                session.IsForOrder() ? orderNumbers.GetValueOrDefault(session.OrderId, $"#{session.OrderId}") : session.Note,
                await texts.StateAsync(session),
                session.ReviewReason == ReviewReason.None ? string.Empty : await texts.GetAsync($"Reason.{session.ReviewReason}"),
                session.PaidOnUtc is null ? string.Empty : format.Amount(session),
                session.PaymentSessionId));
        }

        return lines;
    }
}
