using System.Collections.Concurrent;
using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Currencies by id, kept until one is changed, as nopCommerce keeps them.</summary>
public sealed class CurrencyCache
{
    private readonly ConcurrentDictionary<int, Currency> _currencies = new();

    public async Task<Currency> GetAsync(int id, Func<Task<Currency>> read)
    {
        if (_currencies.TryGetValue(id, out var kept))
            return kept;
        return await read() is { } found ? _currencies[id] = found : null!;
    }

    public void Clear() => _currencies.Clear();
}

/// <summary>Rates as nopCommerce keeps them: each against the primary exchange rate currency.</summary>
public sealed class CurrencyService(IRepository<Currency> currencies, CurrencyCache cache, CurrencySettings settings) : ICurrencyService
{
    public Task<Currency> GetCurrencyByIdAsync(int currencyId) => cache.GetAsync(currencyId, () => currencies.GetByIdAsync(currencyId));

    public async Task<Currency> GetCurrencyByCodeAsync(string currencyCode)
        => string.IsNullOrEmpty(currencyCode) ? null!
            : (await GetAllCurrenciesAsync(true)).FirstOrDefault(currency => string.Equals(currency.CurrencyCode, currencyCode, StringComparison.OrdinalIgnoreCase))!;

    public async Task<IList<Currency>> GetAllCurrenciesAsync(bool showHidden = false, int storeId = 0)
        => await currencies.Table.Where(currency => showHidden || currency.Published)
            .OrderBy(currency => currency.DisplayOrder).ThenBy(currency => currency.Id).ToListAsync();

    public async Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode)
    {
        var primary = await GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId);
        if (amount == 0 || primary.Id == targetCurrencyCode.Id)
            return amount;
        return amount / Rate(primary) * Rate(targetCurrencyCode);
    }

    private decimal Rate(Currency currency)
    {
        if (currency.Id == settings.PrimaryExchangeRateCurrencyId)
            return 1;
        return currency.Rate != 0 ? currency.Rate : throw new NopException($"Exchange rate not found for currency [{currency.Name}]");
    }
}
