using System.Globalization;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// Payments as a file: for programs by RFC 4180 with times in UTC and amounts in cents, the same in every language, so that what
/// reads it once reads it always; for spreadsheets as the reader's country writes.
/// </summary>
public class PaymentExport(IStoreService storeService, PaymentSearchStore searchStore, PaymentTexts texts)
{
    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "payment_session_id", "reference", "order_id", "order_number", "store", "state", "reason", "amount_cents", "currency",
        "order_total", "order_currency", "exchange_rate", "exchange_rate_utc", "method", "created_utc", "paid_utc", "refund_session_ids", "tip_cents", "till", "assistant_id"
    ];

    /// <summary>Writes the file for programs.</summary>
    /// <param name="output">Where to; stays open.</param>
    public async Task WriteAsync(PaymentSearch search, Stream output)
    {
        await using var file = new CsvFile(output, ',');
        await file.WriteAsync(Columns);
        await foreach (var (session, orderNumber, store) in ReadAsync(search))
            await file.WriteAsync(Describe(session, orderNumber, store).Select(CsvFile.Defuse));
    }

    /// <summary>Writes the file for spreadsheets: separator, decimals, times and words are the reader's.</summary>
    /// <param name="output">Where to; stays open.</param>
    public async Task WriteForSpreadsheetsAsync(PaymentSearch search, Stream output)
    {
        var format = new SheetFormat(await texts.FormatAsync());
        await using var file = new CsvFile(output, format.Separator);
        await file.WriteAsync(await GetHeaderAsync());
        await foreach (var (session, orderNumber, store) in ReadAsync(search))
            await file.WriteAsync(await DescribeAsync(session, orderNumber, store, format));
    }

    private async IAsyncEnumerable<(MionPaymentSession Session, string OrderNumber, string Store)> ReadAsync(PaymentSearch search)
    {
        var stores = (await storeService.GetAllStoresAsync()).ToDictionary(store => store.Id, store => store.Name);
        await foreach (var batch in searchStore.ReadAllAsync(search))
        {
            var orderNumbers = await searchStore.GetOrderNumbersAsync(batch.Select(session => session.OrderId));
            foreach (var session in batch)
                yield return (session, orderNumbers.GetValueOrDefault(session.OrderId, ""), stores.GetValueOrDefault(session.StoreId, ""));
        }
    }

    private async Task<string[]> GetHeaderAsync() =>
    [
        await texts.GetAsync("Panel.Paid"),
        await texts.GetAsync("List.Order"),
        await texts.GetAsync("List.Store"),
        await texts.GetAsync("Panel.Method"),
        $"{await texts.GetAsync("Payment.Amount")} ({MionDefaults.EuroCode})",
        await texts.GetAsync("List.State"),
        await texts.GetAsync("Books.Reason"),
        await texts.GetAsync("Payment.Total"),
        await texts.GetAsync("Books.Currency"),
        await texts.GetAsync("Books.Rate"),
        await texts.GetAsync("Panel.Refunds"),
        await texts.GetAsync("Panel.Note"),
        await texts.GetAsync("Panel.Created"),
        await texts.GetAsync("Panel.Id"),
        $"{await texts.GetAsync("Panel.Tip")} ({MionDefaults.EuroCode})",
        await texts.GetAsync("Panel.Till"),
        await texts.GetAsync("Panel.Assistant")
    ];

    private async Task<string[]> DescribeAsync(MionPaymentSession session, string orderNumber, string store, SheetFormat format) =>
    [
        format.Time(session.PaidOnUtc),
        CsvFile.Defuse(orderNumber),
        CsvFile.Defuse(store),
        CsvFile.Defuse(await texts.MethodAsync(session.PaymentMethod)),
        format.Euro(session.AmountCents),
        CsvFile.Defuse(await texts.StateAsync(session)),
        CsvFile.Defuse(session.ReviewReason == ReviewReason.None ? string.Empty : await texts.GetAsync($"Reason.{session.ReviewReason}")),
        format.Sum(session.OrderTotal),
        CsvFile.Defuse(session.CurrencyCode),
        format.Rate(session.ExchangeRate),
        CsvFile.Defuse(session.RefundSessionIds ?? string.Empty),
        CsvFile.Defuse(session.Note),
        format.Time(session.CreatedOnUtc),
        CsvFile.Defuse(session.PaymentSessionId),
        format.Euro(session.TipCents),
        CsvFile.Defuse(session.TillName),
        CsvFile.Defuse(await texts.AssistantAsync(session.AssistantId))
    ];

    private static string[] Describe(MionPaymentSession session, string orderNumber, string store) =>
    [
        session.PaymentSessionId,
        session.Reference,
        session.OrderId.ToString(CultureInfo.InvariantCulture),
        orderNumber,
        store,
        session.State.ToString(),
        session.ReviewReason == ReviewReason.None ? string.Empty : session.ReviewReason.ToString(),
        session.AmountCents.ToString(CultureInfo.InvariantCulture),
        MionDefaults.EuroCode,
        session.OrderTotal.ToString("0.00##", CultureInfo.InvariantCulture),
        session.CurrencyCode,
        session.ExchangeRate.ToString("0.############", CultureInfo.InvariantCulture),
        Format(session.ExchangeRateOnUtc),
        session.PaymentMethod,
        Format(session.CreatedOnUtc),
        Format(session.PaidOnUtc),
        session.RefundSessionIds ?? string.Empty,
        session.TipCents.ToString(CultureInfo.InvariantCulture),
        session.TillName,
        session.AssistantId?.ToString(CultureInfo.InvariantCulture) ?? string.Empty
    ];

    private static string Format(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;
}
