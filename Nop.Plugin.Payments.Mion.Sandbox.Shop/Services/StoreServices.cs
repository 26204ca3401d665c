using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Common;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

public sealed class StoreService(IRepository<Store> stores, ListCache<Store> cache) : IStoreService
{
    public async Task<IList<Store>> GetAllStoresAsync()
        => [.. await cache.GetAsync(() => stores.Table.OrderBy(store => store.DisplayOrder).ThenBy(store => store.Id).ToListAsync())];

    public async Task<Store> GetStoreByIdAsync(int storeId) => (await GetAllStoresAsync()).FirstOrDefault(store => store.Id == storeId)!;

    public bool ContainsHostValue(Store store, string host)
        => !string.IsNullOrEmpty(host) && (store.Hosts ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(host, StringComparer.OrdinalIgnoreCase);
}

public sealed class LanguageService(IRepository<Language> languages, ListCache<Language> cache) : ILanguageService
{
    public async Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0)
        => [.. (await cache.GetAsync(() => languages.Table.OrderBy(language => language.DisplayOrder).ThenBy(language => language.Id).ToListAsync()))
            .Where(language => showHidden || language.Published)];
}

/// <summary>The store of the Host header, else the first.</summary>
public sealed class StoreContext(IHttpContextAccessor httpContextAccessor,
    IStoreService storeService,
    CustomerAttributes attributes,
    Lazy<IWorkContext> workContext) : IStoreContext
{
    /// <summary>Name of the attribute that holds the store which an admin configures.</summary>
    public const string ScopeAttribute = "AdminAreaStoreScopeConfiguration";

    private Store? _current;

    public async Task<Store> GetCurrentStoreAsync()
    {
        if (_current is not null)
            return _current;
        var host = httpContextAccessor.HttpContext?.Request.Headers.Host.ToString();
        var all = await storeService.GetAllStoresAsync();
        return _current = all.FirstOrDefault(store => storeService.ContainsHostValue(store, host!))
            ?? all.FirstOrDefault() ?? throw new NopException("No store could be loaded");
    }

    public Store GetCurrentStore() => GetCurrentStoreAsync().GetAwaiter().GetResult();

    public async Task<int> GetActiveStoreScopeConfigurationAsync()
    {
        var all = await storeService.GetAllStoresAsync();
        if (all.Count < 2)
            return 0;
        var customer = await workContext.Value.GetCurrentCustomerAsync();
        var chosen = await attributes.GetAsync(customer.Id, ScopeAttribute);
        return int.TryParse(chosen, out var id) && all.Any(store => store.Id == id) ? id : 0;
    }
}

/// <summary>Values that a customer carries along.</summary>
public sealed class CustomerAttributes(IRepository<CustomerAttribute> rows)
{
    public async Task<string?> GetAsync(int customerId, string name)
        => (await rows.Table.FirstOrDefaultAsync(row => row.CustomerId == customerId && row.Name == name))?.Value;

    public async Task SetAsync(int customerId, string name, string? value)
    {
        await rows.DeleteAsync(row => row.CustomerId == customerId && row.Name == name);
        if (value is not null)
            await rows.InsertAsync(new CustomerAttribute { CustomerId = customerId, Name = name, Value = value });
    }
}

/// <summary>nopCommerce's way to what a customer carries along. Here it is the same in all stores.</summary>
public sealed class GenericAttributeService(CustomerAttributes attributes) : IGenericAttributeService
{
    public async Task<TPropType> GetAttributeAsync<TPropType>(BaseEntity entity, string key, int storeId = 0, TPropType defaultValue = default!)
        => await attributes.GetAsync(entity.Id, key) is { } value ? (TPropType)Convert.ChangeType(value, typeof(TPropType), System.Globalization.CultureInfo.InvariantCulture) : defaultValue;
}
