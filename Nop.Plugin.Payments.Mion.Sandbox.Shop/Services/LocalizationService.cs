using System.Linq.Expressions;
using LinqToDB.Data;
using Nop.Core;
using Nop.Core.Configuration;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Localization;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>What was read of the texts, by language.</summary>
public sealed class TextCache
{
    private volatile IReadOnlyDictionary<(int LanguageId, string Name), string>? _values;

    public IReadOnlyDictionary<(int LanguageId, string Name), string> Get(IRepository<LocaleStringResource> rows)
        => _values ??= rows.Table.ToList()
            .GroupBy(row => (row.LanguageId, row.ResourceName))
            .ToDictionary(group => group.Key, group => group.Last().ResourceValue ?? string.Empty);

    public void Clear() => _values = null;
}

/// <summary>
/// Texts by nopCommerce's rules: keys are in lower case, a key that is not there comes out as itself, in lower case,
/// with a warning in the log.
/// </summary>
public sealed class LocalizationService(ShopDatabase database, IRepository<LocaleStringResource> rows,
    IRepository<LocalizedProperty> localized,
    IRepository<Setting> settingRows,
    TextCache cache,
    ILanguageService languageService,
    ILogger logger,
    Lazy<IWorkContext> workContext) : ILocalizationService
{
    public async Task<string> GetResourceAsync(string resourceKey)
        => await GetResourceAsync(resourceKey, (await workContext.Value.GetWorkingLanguageAsync()).Id);

    public async Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "", bool returnEmptyIfNotFound = false)
    {
        var key = (resourceKey ?? string.Empty).Trim().ToLowerInvariant();
        if (cache.Get(rows).TryGetValue((languageId, key), out var text) && !string.IsNullOrEmpty(text))
            return text;
        if (logIfNotFound)
            await logger.WarningAsync($"Resource string ({key}) is not found. Language ID = {languageId}");
        if (!string.IsNullOrEmpty(defaultValue))
            return defaultValue;
        return returnEmptyIfNotFound ? string.Empty : key;
    }

    public Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales)
        => Task.FromResult(cache.Get(rows).Where(text => text.Key.LanguageId == languageId)
            .ToDictionary(text => text.Key.Name, text => new KeyValuePair<int, string>(0, text.Value)));

    public async Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null)
    {
        var lowered = resources.ToDictionary(pair => pair.Key.Trim().ToLowerInvariant(), pair => pair.Value);
        foreach (var language in (await languageService.GetAllLanguagesAsync(true)).Where(language => languageId is null || language.Id == languageId))
        {
            await rows.DeleteAsync(row => row.LanguageId == language.Id && lowered.Keys.Contains(row.ResourceName));
            // several hundred at a time, and each test has a shop of its own
            await using var connection = new DataConnection(database.Options);
            await connection.BulkCopyAsync(lowered.Select(text => new LocaleStringResource { LanguageId = language.Id, ResourceName = text.Key, ResourceValue = text.Value }));
        }

        cache.Clear();
    }

    public async Task<string> GetLocalizedSettingAsync<TSettings>(TSettings settings, Expression<Func<TSettings, string>> keySelector, int languageId, int storeId,
        bool returnDefaultValue = true, bool ensureTwoPublishedLanguages = true)
        where TSettings : ISettings, new()
    {
        if ((await FindAsync(keySelector, storeId) ?? await FindAsync(keySelector, storeId: 0)) is not { } setting)
            return null!;
        var isTranslated = !ensureTwoPublishedLanguages || (await languageService.GetAllLanguagesAsync()).Count > 1;
        var translation = isTranslated ? await FindAsync(setting, languageId) : null;
        return translation?.LocaleValue ?? (returnDefaultValue ? setting.Value : string.Empty);
    }

    public async Task SaveLocalizedSettingAsync<TSettings>(TSettings settings, Expression<Func<TSettings, string>> keySelector, int languageId, string value)
        where TSettings : ISettings, new()
    {
        if (await FindAsync(keySelector, storeId: 0) is not { } setting)
            return;
        if (await FindAsync(setting, languageId) is { } known)
            await localized.DeleteAsync(known);
        if (!string.IsNullOrWhiteSpace(value))
        {
            await localized.InsertAsync(new LocalizedProperty
            {
                EntityId = setting.Id,
                LanguageId = languageId,
                LocaleKeyGroup = nameof(Setting),
                LocaleKey = nameof(Setting.Value),
                LocaleValue = value
            });
        }
    }

    private async Task<Setting?> FindAsync<TSettings>(Expression<Func<TSettings, string>> keySelector, int storeId)
    {
        var name = $"{typeof(TSettings).Name}.{((MemberExpression)keySelector.Body).Member.Name}".ToLowerInvariant();
        return await settingRows.Table.FirstOrDefaultAsync(row => row.Name == name && row.StoreId == storeId);
    }

    private async Task<LocalizedProperty?> FindAsync(Setting setting, int languageId) => await localized.Table.FirstOrDefaultAsync(row =>
        row.EntityId == setting.Id && row.LanguageId == languageId && row.LocaleKeyGroup == nameof(Setting) && row.LocaleKey == nameof(Setting.Value));

    public async Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null)
    {
        var prefix = resourceNamePrefix.ToLowerInvariant();
        await rows.DeleteAsync(row => row.ResourceName.StartsWith(prefix) && (languageId == null || row.LanguageId == languageId));
        cache.Clear();
    }
}
