using System.Globalization;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The closes of a store's tills as a file: CSV by RFC 4180, UTF-8, times in UTC, amounts in cents, the same in every language.</summary>
public class DayExport(DayCloseStore store, IStoreService storeService)
{
    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "number", "store", "from_utc", "closed_utc", "till", "assistant_id", "received", "received_cents", "paid", "paid_cents", "needs_decision", "needs_decision_cents",
        "charged", "charged_cents", "seen", "open", "unknown", "cancelled", "not_paid", "late", "late_cents", "tips", "tips_cents"
    ];

    /// <summary>Writes the file, the oldest close first.</summary>
    public async Task<byte[]> WriteAsync(int storeId)
    {
        var name = (await storeService.GetStoreByIdAsync(storeId))?.Name ?? string.Empty;
        using var output = new MemoryStream();
        await using (var file = new CsvFile(output, ','))
        {
            await file.WriteAsync(Columns);
            foreach (var close in (await store.GetLatestAsync(storeId, int.MaxValue)).Where(close => close.ClosedOnUtc is not null).Reverse())
                await file.WriteAsync(Describe(close, name).Select(CsvFile.Defuse));
        }

        return output.ToArray();
    }

    private static IEnumerable<string> Describe(MionTillClose close, string storeName)
    {
        var sums = DayClosing.ReadSums(close);
        return
        [
            Number(close.Number), storeName, Time(close.FromUtc), Time(close.ClosedOnUtc), close.TillName,
            close.AssistantId is { } assistant ? Number(assistant) : string.Empty,
            Number(close.ReceivedCount), Number(close.ReceivedCents), Number(sums.Paid.Count), Number(sums.Paid.Cents), Number(sums.Decision.Count), Number(sums.Decision.Cents),
            Number(sums.Charged.Count), Number(sums.Charged.Cents), Number(sums.Seen.Count), Number(sums.Open.Count), Number(sums.Unknown.Count),
            Number(sums.Cancelled.Count), Number(sums.Expired.Count), Number(sums.Late.Count), Number(sums.Late.Cents), Number(sums.Tips.Count), Number(sums.Tips.Cents)
        ];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;
}
