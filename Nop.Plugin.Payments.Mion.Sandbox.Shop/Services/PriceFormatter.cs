using System.Globalization;
using Nop.Core.Domain.Directory;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Prices as nopCommerce writes them: by the currency's own format or culture, else a number of the current culture and the code.</summary>
public sealed class PriceFormatter(ICurrencyService currencyService) : IPriceFormatter
{
    public async Task<string> FormatPriceAsync(decimal price, bool showCurrency, string currencyCode, bool showTax, int languageId)
    {
        var currency = await currencyService.GetCurrencyByCodeAsync(currencyCode) ?? new Currency { CurrencyCode = currencyCode };
        if (!string.IsNullOrEmpty(currency.CustomFormatting))
            return price.ToString(currency.CustomFormatting, CultureInfo.CurrentCulture);
        return string.IsNullOrEmpty(currency.DisplayLocale)
            ? $"{price:N} ({currency.CurrencyCode})"
            : price.ToString("C", CultureInfo.GetCultureInfo(currency.DisplayLocale));
    }
}
