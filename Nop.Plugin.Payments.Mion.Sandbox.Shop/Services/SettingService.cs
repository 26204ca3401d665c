using System.ComponentModel;
using System.Linq.Expressions;
using System.Reflection;
using Nop.Core.Configuration;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>What was read of the settings; like nopCommerce's, it stays until somebody clears it.</summary>
public sealed class SettingCache
{
    private volatile IReadOnlyDictionary<(string Name, int StoreId), string>? _values;

    public IReadOnlyDictionary<(string Name, int StoreId), string> Get(Func<IReadOnlyDictionary<(string Name, int StoreId), string>> read)
        => _values ??= read();

    public void Clear() => _values = null;
}

/// <summary>
/// Settings by nopCommerce's rules: the key is class and property in lower case, a store without a value of its own has
/// the shared one, and a save without clearing the cache is not seen before it is cleared.
/// </summary>
public sealed class SettingService(IRepository<Setting> rows, SettingCache cache) : ISettingService
{
    public Task<bool> SettingExistsAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
        where T : ISettings, new()
        => Task.FromResult(Values().ContainsKey((Key(typeof(T), Property(keySelector)), storeId)));

    public Task<T> LoadSettingAsync<T>(int storeId = 0)
        where T : ISettings, new()
        => Task.FromResult((T)Load(typeof(T), storeId));

    public async Task SaveSettingAsync<T>(T settings, int storeId = 0)
        where T : ISettings, new()
    {
        foreach (var property in Properties(typeof(T)))
            await SetAsync(Key(typeof(T), property), Text(property, settings), storeId);
        await ClearCacheAsync();
    }

    public async Task SaveSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0, bool clearCache = true)
        where T : ISettings, new()
    {
        var property = Property(keySelector);
        await SetAsync(Key(typeof(T), property), Text(property, settings), storeId);
        if (clearCache)
            await ClearCacheAsync();
    }

    public async Task SaveSettingOverridablePerStoreAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, bool overrideForStore, int storeId = 0, bool clearCache = true)
        where T : ISettings, new()
    {
        if (overrideForStore || storeId == 0)
        {
            await SaveSettingAsync(settings, keySelector, storeId, clearCache);
            return;
        }

        await DeleteSettingAsync(settings, keySelector, storeId);
    }

    public async Task DeleteSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0)
        where T : ISettings, new()
    {
        var key = Key(typeof(T), Property(keySelector));
        // nopCommerce clears the cache with every deletion
        if (await rows.DeleteAsync(row => row.Name == key && row.StoreId == storeId) > 0)
            await ClearCacheAsync();
    }

    public async Task DeleteSettingAsync<T>()
        where T : ISettings, new()
    {
        var keys = Properties(typeof(T)).Select(property => Key(typeof(T), property)).ToList();
        await rows.DeleteAsync(row => keys.Contains(row.Name));
        await ClearCacheAsync();
    }

    public Task ClearCacheAsync()
    {
        cache.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Settings as they are injected by type: for the store of the request.</summary>
    public object Load(Type type, int storeId)
    {
        var settings = Activator.CreateInstance(type)!;
        foreach (var property in Properties(type))
        {
            var key = Key(type, property);
            if (!Values().TryGetValue((key, storeId), out var text) && !Values().TryGetValue((key, 0), out text))
                continue;
            property.SetValue(settings, FromText(property.PropertyType, text));
        }

        return settings;
    }

    /// <summary>Sets a value by its name: for those who do not know the class.</summary>
    public async Task SetAsync(string name, string value, int storeId)
    {
        var key = name.Trim().ToLowerInvariant();
        var existing = await rows.Table.FirstOrDefaultAsync(row => row.Name == key && row.StoreId == storeId);
        if (existing is null)
        {
            await rows.InsertAsync(new Setting { Name = key, Value = value, StoreId = storeId });
            return;
        }

        existing.Value = value;
        await rows.UpdateAsync(existing);
    }

    private static string Key(Type type, PropertyInfo property) => $"{type.Name}.{property.Name}".ToLowerInvariant();

    private static PropertyInfo Property<T, TPropType>(Expression<Func<T, TPropType>> keySelector)
        => (PropertyInfo)((MemberExpression)keySelector.Body).Member;

    private static IEnumerable<PropertyInfo> Properties(Type type)
        => type.GetProperties().Where(property => property is { CanRead: true, CanWrite: true } && IsStorable(property.PropertyType));

    private static bool IsStorable(Type type)
        => type == typeof(List<string>) || (TypeDescriptor.GetConverter(type) is { } converter && converter.CanConvertFrom(typeof(string)));

    private static string Text(PropertyInfo property, object settings)
        => property.GetValue(settings) switch
        {
            null => string.Empty,
            List<string> list => string.Join(',', list),
            var value => TypeDescriptor.GetConverter(property.PropertyType).ConvertToInvariantString(value) ?? string.Empty
        };

    private static object? FromText(Type type, string text)
        => type == typeof(List<string>)
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList()
            : TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);

    private IReadOnlyDictionary<(string Name, int StoreId), string> Values()
        => cache.Get(() => rows.Table.ToList().ToDictionary(row => (row.Name, row.StoreId), row => row.Value ?? string.Empty));
}
