using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Says of a payment what people read who have never heard of a session or of Lightning's spelling in an API: the
/// customer on the order and the invoice, the merchant in the order's notes.
/// </summary>
public class PaidWithBitcoin(KeptTexts texts)
{
    /// <summary>
    /// Puts <em>paid with Bitcoin</em>, how much, when and how, on an order, in the order's language. Changes the object
    /// only: it is saved together with the payment status.
    /// </summary>
    public async Task AddToAsync(Order order, MionPaymentSession session, MionSession answer)
    {
        var language = await texts.LanguageOfAsync(order);
        var format = await texts.FormatAsync(language);
        var name = await texts.GetAsync(language, "OrderValue.PaidWithBitcoin");
        var parts = new[] { format.Amount(session.AmountCents), format.Time(answer.PaidOnUtc), await GetMethodAsync(answer.PaymentMethod, language) };
        order.CustomValuesXml = OrderCustomValues.Set(order.CustomValuesXml, name, string.Join(", ", parts.Where(part => part.Length > 0)))!;
    }

    /// <summary>The note about it for the merchant, in the order's language.</summary>
    public async Task<string> GetNoteAsync(Order order, MionPaymentSession session, MionSession answer)
    {
        var language = await texts.LanguageOfAsync(order);
        var method = await GetMethodAsync(answer.PaymentMethod, language) is { Length: > 0 } known ? known : "Bitcoin";
        return await texts.GetAsync(language, "Note.Paid", new EuroAmount(session.AmountCents), method, session.PaymentSessionId);
    }

    /// <summary>The resource that names one of Mion's payment methods; null for one that the guide does not list.</summary>
    internal static string? FindMethodResource(string method) => method.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        "lightning" => "Method.Lightning",
        "onchain" => "Method.OnChain",
        _ => null
    };

    private async Task<string> GetMethodAsync(string? method, int languageId) =>
        string.IsNullOrEmpty(method) ? string.Empty
        : FindMethodResource(method) is { } resource ? await texts.GetAsync(languageId, resource)
        : method;
}
