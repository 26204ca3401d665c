using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Loads and saves the configuration page.</summary>
public class ConfigurationSettings(ApiKeyProtector apiKeyProtector, ISettingService settingService, PluginLog log, PollTaskSchedule pollTask)
{
    // a mistyped key between two good ones must not push the older of them out
    private const int MaxPreviousKeys = 3;

    /// <summary>The page's settings; the API key, of which the page never shows the stored value, is not among them.</summary>
    public static SettingsTable<MionSettings, ConfigurationModel> Table { get; } = new SettingsTable<MionSettings, ConfigurationModel>()
        .Add(x => x.SessionLifetimeMinutes)
        .Add(x => x.WebhooksEnabled)
        .Add(x => x.PollIntervalSeconds)
        .Add(x => x.LatePaymentDays)
        .Add(x => x.AdditionalFee)
        .Add(x => x.AdditionalFeePercentage)
        .Add(x => x.MinimumOrderTotal)
        .Add(x => x.MaximumOrderTotal)
        .Add(x => x.DescriptionText)
        .Add(x => x.BaseUrl)
        .Add(x => x.CheckoutUrlTemplate)
        .Add(x => x.ApiKeyHeader)
        .Add(x => x.ApiKeyPrefix)
        .Add(x => x.CreateSessionPath)
        .Add(x => x.GetSessionStatusPath)
        .Add(x => x.GetSessionByReferencePath)
        .Add(x => x.CreateWebhookPath)
        .Add(x => x.CreatePaymentAttemptPath)
        .Add(x => x.DeleteDataOnUninstall)
        .Add(x => x.HistoryDays)
        .Add(x => x.LogDetail);

    /// <summary>Loads the settings of one store, or those shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    public async Task LoadAsync(ConfigurationModel model, int storeId)
    {
        await Table.LoadAsync(settingService, model, storeId);
        if (storeId > 0)
            model.ApiKey_OverrideForStore = await settingService.SettingExistsAsync(await settingService.LoadSettingAsync<MionSettings>(storeId), x => x.ApiKey, storeId);
    }

    /// <summary>Saves the settings of one store, or those shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores. There, only what is marked as the store's own is saved.</param>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
    {
        await SaveKeyAsync(model, storeId);
        model.BaseUrl = model.BaseUrl?.Trim().TrimEnd('/');
        await Table.SaveAsync(settingService, model, storeId);
        if (storeId == 0)
            await pollTask.SetPeriodAsync(model.PollIntervalSeconds);
        await settingService.ClearCacheAsync();
        log.Forget();
    }

    private async Task SaveKeyAsync(ConfigurationModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        var givesKeyUp = storeId > 0 && !model.ApiKey_OverrideForStore && await settingService.SettingExistsAsync(settings, x => x.ApiKey, storeId);
        var remembersKeys = model.ApiKey_OverrideForStore || givesKeyUp || storeId > 0 && await settingService.SettingExistsAsync(settings, x => x.PreviousApiKey, storeId);
        if (givesKeyUp)
            Remember(settings, except: string.Empty);
        else if (!string.IsNullOrWhiteSpace(model.ApiKey))
        {
            Remember(settings, except: model.ApiKey.Trim());
            settings.ApiKey = apiKeyProtector.Protect(model.ApiKey);
        }

        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ApiKey, model.ApiKey_OverrideForStore, storeId, clearCache: false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.PreviousApiKey, remembersKeys, storeId, clearCache: false);
    }

    /// <summary>Remembers the present key among those before it, unless it goes on being used, or cannot be read.</summary>
    private void Remember(MionSettings settings, string except)
    {
        apiKeyProtector.TryUnprotect(settings.ApiKey, out var present);
        apiKeyProtector.TryUnprotect(settings.PreviousApiKey, out var previous);
        var keys = StoreSettings.SplitKeys(previous).Prepend(present).Where(key => key.Length > 0 && key != except).Distinct().Take(MaxPreviousKeys).ToList();
        settings.PreviousApiKey = keys.Count > 0 ? apiKeyProtector.Protect(string.Join('\n', keys)) : string.Empty;
    }
}
