using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Rates as nopCommerce keeps them: each against the primary exchange rate currency.</summary>
public sealed class CurrencyService(IRepository<Currency> currencies, ListCache<Currency> cache, CurrencySettings settings) : ICurrencyService
{
    public async Task<Currency> GetCurrencyByIdAsync(int currencyId) => (await GetAllCurrenciesAsync(true)).FirstOrDefault(currency => currency.Id == currencyId)!;

    public async Task<Currency> GetCurrencyByCodeAsync(string currencyCode)
        => string.IsNullOrEmpty(currencyCode) ? null!
            : (await GetAllCurrenciesAsync(true)).FirstOrDefault(currency => string.Equals(currency.CurrencyCode, currencyCode, StringComparison.OrdinalIgnoreCase))!;

    public async Task<IList<Currency>> GetAllCurrenciesAsync(bool showHidden = false, int storeId = 0)
        => [.. (await cache.GetAsync(() => currencies.Table.OrderBy(currency => currency.DisplayOrder).ThenBy(currency => currency.Id).ToListAsync()))
            .Where(currency => showHidden || currency.Published)];

    public async Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode)
    {
        return await ConvertCurrencyAsync(amount, await GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId), targetCurrencyCode);
    }

    public Task<decimal> ConvertCurrencyAsync(decimal amount, Currency sourceCurrencyCode, Currency targetCurrencyCode) =>
        Task.FromResult(amount == 0 || sourceCurrencyCode.Id == targetCurrencyCode.Id ? amount : amount / Rate(sourceCurrencyCode) * Rate(targetCurrencyCode));

    private decimal Rate(Currency currency)
    {
        if (currency.Id == settings.PrimaryExchangeRateCurrencyId)
            return 1;
        return currency.Rate != 0 ? currency.Rate : throw new NopException($"Exchange rate not found for currency [{currency.Name}]");
    }
}
