using System.Globalization;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Prepares the pages of the till's day.</summary>
public class TillDayModelFactory(DayClosing closing, DayCloseStore store, IStoreContext storeContext, IStoreService storeService, PaymentTexts texts, TimeProvider timeProvider)
{
    private const int ClosesOnAPage = 30;

    /// <summary>Prepares the page of the day.</summary>
    /// <param name="storeId">The store; 0 for the one that the page belongs to.</param>
    /// <param name="tillName">What this till is called.</param>
    /// <param name="isAll">Whether all tills are shown, or this one only.</param>
    /// <param name="olderThan">Closes before this number; 0 for the newest.</param>
    public async Task<TillDayModel> PrepareAsync(int storeId, string tillName, bool isAll, int olderThan = 0)
    {
        var stores = await storeService.GetAllStoresAsync();
        if (stores.All(candidate => candidate.Id != storeId))
            storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var reading = await closing.ReadAsync(storeId, isAll ? null : tillName);
        var format = await texts.FormatAsync();
        var closes = await store.GetLatestAsync(storeId, ClosesOnAPage + 1, olderThan > 0 ? olderThan : null);
        var report = await PrepareReportAsync(storeId, reading.Sums);
        report.TillName = isAll ? string.Empty : await NameTillAsync(tillName);
        (report.From, report.To) = (format.Time(reading.FromUtc), format.Time(timeProvider.GetUtcNow().UtcDateTime));
        return new TillDayModel
        {
            StoreId = storeId,
            Stores = [.. stores.Select(candidate => KeyValuePair.Create(candidate.Id, candidate.Name))],
            IsAll = isAll,
            TillName = tillName,
            Report = report,
            NextNumber = reading.NextNumber,
            IsUnfinished = reading.IsUnfinished,
            Closes = [.. closes.Take(ClosesOnAPage).Where(close => close.ClosedOnUtc is not null).Select(close => new TillCloseLine(close.Id,
                format.Number(close.Number), format.Time(close.ClosedOnUtc), format.Number(close.ReceivedCount), format.Amount(close.ReceivedCents)))],
            OlderThan = closes.Count > ClosesOnAPage ? closes[ClosesOnAPage - 1].Number : 0
        };
    }

    /// <summary>Prepares the report of a close that is made.</summary>
    public async Task<TillReportModel> PrepareCloseAsync(MionTillClose close)
    {
        ArgumentNullException.ThrowIfNull(close);
        var format = await texts.FormatAsync();
        var report = await PrepareReportAsync(close.StoreId, DayClosing.ReadSums(close));
        report.Number = format.Number(close.Number);
        (report.From, report.To) = (format.Time(close.FromUtc), format.Time(close.ClosedOnUtc));
        report.ClosedBy = string.Join(", ", new[] { await texts.AssistantAsync(close.AssistantId), close.TillName }.Where(part => part.Length > 0));
        return report;
    }

    private async Task<TillReportModel> PrepareReportAsync(int storeId, DaySums sums)
    {
        var format = await texts.FormatAsync();
        var report = new TillReportModel
        {
            StoreName = (await storeService.GetStoreByIdAsync(storeId))?.Name ?? string.Empty,
            Charged = Line(string.Empty, sums.Charged, format),
            Received = Line(string.Empty, sums.Received(), format),
            States =
            [
                Line(await texts.GetAsync("Till.Badge.Paid"), sums.Paid, format),
                Line(await texts.GetAsync("Till.Badge.NeedsHelp"), sums.Decision, format),
                Line(await texts.GetAsync("Till.Day.Seen"), sums.Seen, format),
                Line(await texts.GetAsync("Till.Badge.Open"), sums.Open, format),
                Line(await texts.GetAsync("Till.Badge.Unknown"), sums.Unknown, format),
                Line(await texts.GetAsync("Till.Badge.Cancelled"), sums.Cancelled, format),
                Line(await texts.GetAsync("Till.Badge.Expired"), sums.Expired, format)
            ],
            Tips = sums.Tips.Count > 0 ? Line(string.Empty, sums.Tips, format) : null,
            ReceivedWithTips = format.Amount(sums.Received().Cents + sums.Tips.Cents),
            TipShares = await ShareAsync(sums.TipShares, NameAssistantAsync, format),
            Currencies = [.. sums.Currencies.Select(sum => new TillReportLine(sum.Code, format.Number(sum.Count), format.Sum(sum.Sum)))],
            Methods = await ShareAsync(sums.Methods, texts.MethodAsync, format),
            Tills = await ShareAsync(sums.Tills, NameTillAsync, format),
            Assistants = await ShareAsync(sums.Assistants, NameAssistantAsync, format),
            MoreLate = sums.Late.Count > sums.LateCharges.Count ? format.Number(sums.Late.Count - sums.LateCharges.Count) : string.Empty
        };
        report.Late = [.. sums.LateCharges.Select(charge => new TillReportLine(
            string.Join(" · ", new[] { format.Time(charge.ChargedOnUtc), charge.Till, charge.What }.Where(part => part.Length > 0)), string.Empty, format.Amount(charge.Cents)))];
        return report;
    }

    private static async Task<IReadOnlyList<TillReportLine>> ShareAsync(IReadOnlyList<DayShare> shares, Func<string, Task<string>> nameAsync, ReaderFormat format)
    {
        var lines = new List<TillReportLine>();
        foreach (var share in shares)
            lines.Add(Line(await nameAsync(share.Name), share.Sum, format));
        return lines;
    }

    private static TillReportLine Line(string name, Tally sum, ReaderFormat format) => new(name, format.Number(sum.Count), format.Amount(sum.Cents));

    private Task<string> NameTillAsync(string name) => name.Length > 0 ? Task.FromResult(name) : texts.GetAsync("Till.Day.Unnamed");

    private Task<string> NameAssistantAsync(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var customerId) ? texts.AssistantAsync(customerId) : texts.GetAsync("Till.Day.Nobody");
}
