using System.Globalization;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Says of a payment what people read who have never heard of a session or of Lightning's spelling in an API: the
/// customer on the order and the invoice, the merchant in the order's notes.
/// </summary>
public class PaidWithBitcoin(ILocalizationService localizationService, LocalizationSettings localizationSettings)
{
    /// <summary>
    /// Puts <em>paid with Bitcoin</em>, how much, when and how, on an order, in the customer's language. Changes the object
    /// only: it is saved together with the payment status.
    /// </summary>
    public async Task AddToAsync(Order order, MionPaymentSession session, MionSession answer)
    {
        var name = await GetAsync("OrderValue.PaidWithBitcoin", order.CustomerLanguageId);
        // UTC and ISO, because an invoice is read in other time zones and for years
        var paidOn = answer.PaidOnUtc?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? string.Empty;
        var method = await GetMethodAsync(answer.PaymentMethod, order.CustomerLanguageId);
        var parts = new[] { EuroAmount.Format(session.AmountCents), paidOn, method };
        order.CustomValuesXml = OrderCustomValues.Set(order.CustomValuesXml, name, string.Join(", ", parts.Where(part => part.Length > 0)))!;
    }

    /// <summary>How a payment was made, in the language of the admin panel.</summary>
    public async Task<string> DescribeMethodAsync(string? method) =>
        await GetMethodAsync(method, localizationSettings.DefaultAdminLanguageId) is { Length: > 0 } known ? known : "Bitcoin";

    /// <summary>The resource that names one of Mion's payment methods; null for one that the guide does not list.</summary>
    internal static string? FindMethodResource(string method) => method.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        "lightning" => "Method.Lightning",
        "onchain" => "Method.OnChain",
        _ => null
    };

    private async Task<string> GetMethodAsync(string? method, int languageId) =>
        string.IsNullOrEmpty(method) ? string.Empty
        : FindMethodResource(method) is { } resource ? await GetAsync(resource, languageId)
        : method;

    private async Task<string> GetAsync(string name, int languageId)
    {
        var key = $"{MionDefaults.ResourcePrefix}.{name}";
        var text = await localizationService.GetResourceAsync(key, languageId, logIfNotFound: false, defaultValue: string.Empty, returnEmptyIfNotFound: true);
        return string.IsNullOrEmpty(text) ? MionStrings.English[key] : text;
    }
}
