using System.Globalization;
using Nop.Core.Domain.Directory;
using Nop.Services.Catalog;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Prices as nopCommerce writes them: by the currency's own format or culture, else a number of the current culture and the code.</summary>
public sealed class PriceFormatter : IPriceFormatter
{
    public Task<string> FormatPriceAsync(decimal price, bool showCurrency, Currency targetCurrency, int languageId, bool priceIncludesTax, bool showTax)
    {
        ArgumentNullException.ThrowIfNull(targetCurrency);
        return Task.FromResult(!string.IsNullOrEmpty(targetCurrency.CustomFormatting) ? price.ToString(targetCurrency.CustomFormatting, CultureInfo.CurrentCulture)
            : string.IsNullOrEmpty(targetCurrency.DisplayLocale) ? $"{price:N} ({targetCurrency.CurrencyCode})"
            : price.ToString("C", CultureInfo.GetCultureInfo(targetCurrency.DisplayLocale)));
    }
}
