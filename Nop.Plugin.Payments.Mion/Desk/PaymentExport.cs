using System.Globalization;
using System.Text;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// Payments as a file for the accountant: CSV by RFC 4180, UTF-8, times in UTC, amounts in cents. The same in every
/// language, so that what reads it once reads it always.
/// </summary>
public class PaymentExport(IStoreService storeService, PaymentSearchStore searchStore)
{
    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "payment_session_id", "reference", "order_id", "order_number", "store", "state", "reason", "amount_cents", "currency",
        "order_total", "order_currency", "exchange_rate", "exchange_rate_utc", "method", "created_utc", "paid_utc", "refund_session_ids"
    ];

    /// <summary>Writes the file.</summary>
    /// <param name="output">Where to; stays open.</param>
    public async Task WriteAsync(PaymentSearch search, Stream output)
    {
        // with a byte order mark: without it spreadsheets take UTF-8 for something else
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Columns));
        var stores = (await storeService.GetAllStoresAsync()).ToDictionary(store => store.Id, store => store.Name);
        await foreach (var batch in searchStore.ReadAllAsync(search))
        {
            var orderNumbers = await searchStore.GetOrderNumbersAsync(batch.Select(session => session.OrderId));
            foreach (var session in batch)
            {
                var line = Describe(session, orderNumbers.GetValueOrDefault(session.OrderId, ""), stores.GetValueOrDefault(session.StoreId, ""));
                await writer.WriteLineAsync(string.Join(',', line.Select(Quote)));
            }
        }
    }

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
        session.RefundSessionIds ?? string.Empty
    ];

    private static string Format(DateTime? utc) => utc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Quote(string value)
    {
        // a spreadsheet takes such a beginning for a formula, and a store's name or Mion's word could bring one along
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            value = "'" + value;
        return value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
