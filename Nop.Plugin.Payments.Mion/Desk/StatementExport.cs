using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// The lines of a statement for spreadsheets: what was carried forward, each payment, and each refund with a minus. The columns of
/// amounts and tips sum up to the statement's last sum.
/// </summary>
public class StatementExport(IStoreService storeService, PaymentSearchStore searchStore, PaymentTexts texts, StatementReader reader)
{
    /// <summary>Writes the file.</summary>
    /// <param name="month">A day of the month.</param>
    /// <param name="storeId">Of which store; 0 for all.</param>
    /// <param name="output">Where to; stays open.</param>
    public async Task WriteAsync(DateTime month, int storeId, Stream output)
    {
        var statement = await reader.ReadAsync(month, storeId);
        var format = new SheetFormat(await texts.FormatAsync());
        var stores = (await storeService.GetAllStoresAsync()).ToDictionary(store => store.Id, store => store.Name);
        await using var file = new CsvFile(output, format.Separator);
        await file.WriteAsync(await GetHeaderAsync());
        await file.WriteAsync([string.Empty, await texts.GetAsync("Books.Opening"), string.Empty, string.Empty, string.Empty, format.Euro(statement.OpeningCents),
            .. Enumerable.Repeat(string.Empty, 4), format.Euro(0), string.Empty, string.Empty]);
        await foreach (var (sessions, areRefunds) in reader.ReadLinesAsync(statement, storeId))
        {
            var orderNumbers = await searchStore.GetOrderNumbersAsync(sessions.Select(session => session.OrderId));
            foreach (var session in sessions)
            {
                var (orderNumber, store) = (orderNumbers.GetValueOrDefault(session.OrderId, ""), stores.GetValueOrDefault(session.StoreId, ""));
                await file.WriteAsync(await DescribeAsync(session, areRefunds, orderNumber, store, format));
            }
        }
    }

    private async Task<string[]> GetHeaderAsync() =>
    [
        await texts.GetAsync("Panel.When"),
        await texts.GetAsync("Panel.What"),
        await texts.GetAsync("List.Order"),
        await texts.GetAsync("List.Store"),
        await texts.GetAsync("Panel.Method"),
        $"{await texts.GetAsync("Payment.Amount")} ({MionDefaults.EuroCode})",
        await texts.GetAsync("List.State"),
        await texts.GetAsync("Books.Reason"),
        await texts.GetAsync("Panel.Note"),
        await texts.GetAsync("Panel.Id"),
        $"{await texts.GetAsync("Panel.Tip")} ({MionDefaults.EuroCode})",
        await texts.GetAsync("Panel.Till"),
        await texts.GetAsync("Panel.Assistant")
    ];

    private async Task<string[]> DescribeAsync(MionPaymentSession session, bool isRefund, string orderNumber, string store, SheetFormat format) =>
    [
        format.Time(isRefund ? session.RefundedOnUtc : session.PaidOnUtc),
        await texts.GetAsync(isRefund ? "Books.Refunded" : "Panel.Paid"),
        CsvFile.Defuse(orderNumber),
        CsvFile.Defuse(store),
        CsvFile.Defuse(await texts.MethodAsync(session.PaymentMethod)),
        format.Euro(isRefund ? -session.AmountCents : session.AmountCents),
        CsvFile.Defuse(await texts.StateAsync(session)),
        CsvFile.Defuse(session.ReviewReason == ReviewReason.None ? string.Empty : await texts.GetAsync($"Reason.{session.ReviewReason}")),
        CsvFile.Defuse(session.Note),
        CsvFile.Defuse(session.PaymentSessionId),
        format.Euro(isRefund ? -session.TipCents : session.TipCents),
        CsvFile.Defuse(session.TillName),
        CsvFile.Defuse(await texts.AssistantAsync(session.AssistantId))
    ];
}
