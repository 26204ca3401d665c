using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Catalog;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Writes prices in the currency of the shopper's choice as the store writes them everywhere else.</summary>
public class ShopperPrices(ICurrencyService currencyService, EuroConversion euroConversion, IPriceFormatter priceFormatter)
{
    /// <summary>What an order asks for in euro now; null where the store has no way to the euro.</summary>
    public Task<EuroQuote?> AskAsync(Order order) => euroConversion.QuoteAsync(order.OrderTotal);

    /// <summary>A price as the store shows it.</summary>
    /// <param name="currencyCode">Of the price.</param>
    /// <param name="languageId">The reader's.</param>
    /// <remarks>Without the words about taxes, for which nopCommerce would ask who is looking, and so make a guest.</remarks>
    public async Task<string> FormatAsync(decimal price, string currencyCode, int languageId)
    {
        var currency = await currencyService.GetCurrencyByCodeAsync(currencyCode) ?? new Currency { CurrencyCode = currencyCode };
        return await priceFormatter.FormatPriceAsync(price, true, currency, languageId, false, false);
    }
}
