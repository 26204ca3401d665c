using Nop.Core.Domain.Directory;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What an order total is in euro.</summary>
/// <param name="AmountCents">What to ask the shopper for, in euro cents.</param>
/// <param name="OrderTotal">The total, in the primary store currency.</param>
/// <param name="CurrencyCode">ISO code of the primary store currency.</param>
/// <param name="ExchangeRate">Euro for one unit of that currency; 1 for the euro itself.</param>
/// <param name="ExchangeRateOnUtc">When the store's rate was last updated, UTC; null where nothing is converted.</param>
public sealed record EuroQuote(long AmountCents, decimal OrderTotal, string CurrencyCode, decimal ExchangeRate, DateTime? ExchangeRateOnUtc);

/// <summary>Brings order totals to euro, with nopCommerce's own exchange rates where the store's currency is another.</summary>
public class EuroConversion(ICurrencyService currencyService, CurrencySettings currencySettings)
{
    /// <summary>ISO code of the primary store currency; the euro's where the store has none.</summary>
    public async Task<string> GetPrimaryCodeAsync() =>
        (await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId))?.CurrencyCode ?? MionDefaults.EuroCode;

    /// <summary>The euro for one unit of a currency.</summary>
    /// <param name="currencyCode">Null for the primary store currency.</param>
    /// <returns>The currency, the rate and its date; null where the store has no way from it to the euro.</returns>
    public async Task<(Currency Currency, decimal Rate, DateTime? RateOnUtc)?> FindRateAsync(string? currencyCode = null)
    {
        var currency = currencyCode is null
            ? await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId)
            : await currencyService.GetCurrencyByCodeAsync(currencyCode);
        if (currency is null)
            return null;
        if (IsEuro(currency.CurrencyCode))
            return (currency, 1m, null);

        // an unpublished euro will do: shoppers need not see prices in it for the store to have a rate
        var currencies = await currencyService.GetAllCurrenciesAsync(showHidden: true);
        var euro = currencies.Where(candidate => IsEuro(candidate.CurrencyCode)).OrderByDescending(candidate => candidate.Published).FirstOrDefault();
        if (euro is not { Rate: > 0 } || currency.Rate <= 0)
            return null;

        var rate = await currencyService.ConvertCurrencyAsync(1m, currency, euro);
        rate = decimal.Round(rate, EuroAmount.RateDecimals, MidpointRounding.AwayFromZero);
        return rate > 0 ? (currency, rate, DateTime.SpecifyKind(euro.UpdatedOnUtc, DateTimeKind.Utc)) : null;
    }

    /// <summary>Quotes an order's total, or what was typed at the till, in euro.</summary>
    /// <param name="currencyCode">Null for the primary store currency. What is in euro needs no currency of the store's.</param>
    /// <returns>The quote; null where the store has no way to the euro or less than a cent is to be paid.</returns>
    public async Task<EuroQuote?> QuoteAsync(decimal total, string? currencyCode = null)
    {
        (string Code, decimal Rate, DateTime? OnUtc) found = IsEuro(currencyCode) ? (currencyCode!, 1m, null)
            : await FindRateAsync(currencyCode) is var (currency, rate, onUtc) ? (currency.CurrencyCode, rate, onUtc)
            : default;
        var cents = EuroAmount.ToCents(total, found.Rate);
        return cents > 0 ? new EuroQuote(cents, total, found.Code, found.Rate, found.OnUtc) : null;
    }

    /// <summary>Whether a currency is the euro.</summary>
    public static bool IsEuro(string? currencyCode) => string.Equals(currencyCode, MionDefaults.EuroCode, StringComparison.OrdinalIgnoreCase);
}
