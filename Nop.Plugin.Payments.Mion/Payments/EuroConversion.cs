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

    /// <summary>The euro for one unit of the primary store currency.</summary>
    /// <returns>The primary currency, the rate and its date; null where the store has no way to the euro.</returns>
    public async Task<(Currency Primary, decimal Rate, DateTime? RateOnUtc)?> FindRateAsync()
    {
        var primary = await currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId);
        if (primary is null)
            return null;
        if (IsEuro(primary.CurrencyCode))
            return (primary, 1m, null);

        // an unpublished euro will do: shoppers need not see prices in it for the store to have a rate
        var currencies = await currencyService.GetAllCurrenciesAsync(showHidden: true);
        var euro = currencies.Where(currency => IsEuro(currency.CurrencyCode)).OrderByDescending(currency => currency.Published).FirstOrDefault();
        if (euro is not { Rate: > 0 } || primary.Rate <= 0)
            return null;

        var rate = await currencyService.ConvertFromPrimaryStoreCurrencyAsync(1m, euro);
        rate = decimal.Round(rate, EuroAmount.RateDecimals, MidpointRounding.AwayFromZero);
        return rate > 0 ? (primary, rate, DateTime.SpecifyKind(euro.UpdatedOnUtc, DateTimeKind.Utc)) : null;
    }

    /// <summary>Quotes an order total in euro.</summary>
    /// <param name="orderTotal">In the primary store currency.</param>
    /// <returns>The quote; null where the store has no way to the euro or less than a cent is to be paid.</returns>
    public async Task<EuroQuote?> QuoteAsync(decimal orderTotal)
    {
        if (await FindRateAsync() is not var (primary, rate, rateOnUtc))
            return null;
        var cents = EuroAmount.ToCents(orderTotal, rate);
        return cents > 0 ? new EuroQuote(cents, orderTotal, primary.CurrencyCode, rate, rateOnUtc) : null;
    }

    /// <summary>Quotes an amount that was typed at the till.</summary>
    /// <param name="currencyCode">Of the amount: the primary currency then. One that was typed in euro stays in euro, whatever that is meanwhile.</param>
    /// <returns>The quote; null also where the amount is in a currency that is not the primary one any more.</returns>
    public async Task<EuroQuote?> QuoteAsync(decimal amount, string currencyCode) =>
        IsEuro(currencyCode) ? EuroAmount.ToCents(amount) is > 0 and var cents ? new(cents, amount, currencyCode, 1m, null) : null
        : await QuoteAsync(amount) is { } quote && string.Equals(quote.CurrencyCode, currencyCode, StringComparison.OrdinalIgnoreCase) ? quote
        : null;

    /// <summary>Whether a currency is the euro.</summary>
    public static bool IsEuro(string? currencyCode) => string.Equals(currencyCode, MionDefaults.EuroCode, StringComparison.OrdinalIgnoreCase);
}
