using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Directory;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Tells a shopper who sees prices in another currency what Mion will ask for in euro, and at which rate.</summary>
public class EuroOffer(
    EuroConversion euroConversion,
    ICurrencyService currencyService,
    IOrderTotalCalculationService orderTotalCalculationService,
    IRepository<ShoppingCartItem> cartItems,
    IStoreContext storeContext,
    IWorkContext workContext,
    PaymentTexts texts,
    ShopperPrices prices)
{
    private const int Cart = 1;

    /// <summary>The sentence for the current shopper's cart; empty where nothing is converted, or the total is not known yet.</summary>
    public async Task<string> DescribeAsync()
    {
        var currency = await workContext.GetWorkingCurrencyAsync();
        if (currency is null || EuroConversion.IsEuro(currency.CurrencyCode) || await FindTotalAsync() is not { } total || await euroConversion.QuoteAsync(total) is not { } quote)
            return string.Empty;
        var unit = await currencyService.ConvertFromPrimaryStoreCurrencyAsync(1m, currency);
        var shown = await currencyService.ConvertFromPrimaryStoreCurrencyAsync(total, currency);
        if (unit <= 0)
            return string.Empty;
        var format = await texts.FormatAsync();
        var language = await workContext.GetWorkingLanguageAsync();
        return await texts.GetAsync("PaymentInfo.Euro", format.Amount(quote.AmountCents), await prices.FormatAsync(shown, currency.CurrencyCode, language.Id),
            currency.CurrencyCode, format.ShortRate(quote.ExchangeRate / unit));
    }

    // read from its table: nopCommerce's own way to a cart has other parameters in each version
    private async Task<decimal?> FindTotalAsync()
    {
        var customerId = (await workContext.GetCurrentCustomerAsync()).Id;
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var cart = await cartItems.Table
            .Where(item => item.CustomerId == customerId && item.StoreId == storeId && item.ShoppingCartTypeId == Cart).ToListAsync();
        return cart.Count == 0 ? null : (await orderTotalCalculationService.GetShoppingCartTotalAsync(cart)).Item1;
    }
}
