using Nop.Core.Domain.Directory;

namespace Nop.Services.Catalog;

/// <summary>Writes prices as the store shows them everywhere.</summary>
public interface IPriceFormatter
{
    /// <summary>A price in a currency, by the format that the merchant has given the currency.</summary>
    Task<string> FormatPriceAsync(decimal price, bool showCurrency, Currency targetCurrency, int languageId, bool priceIncludesTax, bool showTax);
}
