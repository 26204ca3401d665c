using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Configuration;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Loads and saves the configuration page.</summary>
public class ConfigurationSettings(
    ApiKeyProtector apiKeyProtector,
    ISettingService settingService,
    IStoreService storeService,
    OwnText ownText,
    PluginLog log,
    PollTaskSchedule pollTask)
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
        .Add(x => x.AllowOrderChange)
        .AddTranslated(x => x.DescriptionText, model => model.Locales.Any(locale => !string.IsNullOrWhiteSpace(locale.DescriptionText)))
        .Add(x => x.BaseUrl)
        .Add(x => x.CheckoutUrlTemplate)
        .Add(x => x.ApiKeyHeader)
        .Add(x => x.ApiKeyPrefix)
        .Add(x => x.CreateSessionPath)
        .Add(x => x.GetSessionStatusPath)
        .Add(x => x.GetSessionByReferencePath)
        .Add(x => x.CreateWebhookPath)
        .Add(x => x.CreatePaymentAttemptPath)
        .Add(x => x.FundingAmountMeansArrived)
        .Add(x => x.CallbackSignatureHeader)
        .Add(x => x.DeleteDataOnUninstall)
        .Add(x => x.HistoryDays)
        .Add(x => x.LogDetail);

    /// <summary>Loads the settings of one store, or those shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    public async Task LoadAsync(ConfigurationModel model, int storeId)
    {
        await Table.LoadAsync(settingService, model, storeId);
        if (storeId == 0)
        {
            await ownText.LoadAsync(model);
            return;
        }

        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        model.ApiKey_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.ApiKey, storeId);
        model.CallbackSecret_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.CallbackSecret, storeId);
    }

    /// <summary>
    /// Whether a form would send a stored key to another address than the one that it was entered for, or in another
    /// header: whoever may change the address need not know the key.
    /// </summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    public async Task<bool> NeedsKeyAgainAsync(ConfigurationModel model, int storeId)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!string.IsNullOrWhiteSpace(model.ApiKey) && (storeId == 0 || model.ApiKey_OverrideForStore))
            return false;
        var before = await settingService.LoadSettingAsync<MionSettings>(storeId);
        var shared = storeId > 0 ? await settingService.LoadSettingAsync<MionSettings>() ?? before : before;
        var key = storeId == 0 || model.ApiKey_OverrideForStore ? before.ApiKey : shared.ApiKey;
        var target = FindTarget(model, storeId, shared);
        return key.Length > 0
            && !(key == before.ApiKey && target == KeyTarget.Of(before)) && !(key == shared.ApiKey && target == KeyTarget.Of(shared));
    }

    /// <summary>Saves the settings of one store, or those shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores. There, only what is marked as the store's own is saved.</param>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
    {
        if (storeId == 0)
            await ForgetStoresKeysAsync(model);
        await SaveKeyAsync(model, storeId);
        await SaveCallbackSecretAsync(model, storeId);
        model.BaseUrl = model.BaseUrl?.Trim().TrimEnd('/');
        if (storeId == 0)
            await ownText.SaveAsync(model);
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

        // the keys before belong to the address before
        var shared = storeId > 0 ? await settingService.LoadSettingAsync<MionSettings>() ?? settings : settings;
        if (FindTarget(model, storeId, shared) != KeyTarget.Of(settings))
            settings.PreviousApiKey = string.Empty;
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ApiKey, model.ApiKey_OverrideForStore, storeId, clearCache: false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.PreviousApiKey, remembersKeys, storeId, clearCache: false);
    }

    private async Task SaveCallbackSecretAsync(ConfigurationModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        var isOwn = storeId == 0 || model.CallbackSecret_OverrideForStore;
        // a secret belongs to its header: with another, or none, Mion signs otherwise, or not at all
        var isMoved = (storeId == 0 || model.CallbackSignatureHeader_OverrideForStore)
            && (model.CallbackSignatureHeader?.Trim() ?? string.Empty) != settings.CallbackSignatureHeader;
        if (string.IsNullOrWhiteSpace(model.CallbackSecret) && isOwn && !isMoved)
            return;
        settings.CallbackSecret = string.IsNullOrWhiteSpace(model.CallbackSecret) ? string.Empty : apiKeyProtector.Protect(model.CallbackSecret);
        if (storeId == 0 && settings.CallbackSecret.Length == 0)
        {
            await settingService.DeleteSettingAsync(settings, x => x.CallbackSecret);
            return;
        }

        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.CallbackSecret, model.CallbackSecret_OverrideForStore,
            storeId, clearCache: false);
    }

    /// <summary>Where the key goes once a form is saved.</summary>
    private static KeyTarget FindTarget(ConfigurationModel model, int storeId, MionSettings shared) => KeyTarget.Of(
        storeId == 0 || model.BaseUrl_OverrideForStore ? model.BaseUrl : shared.BaseUrl,
        storeId == 0 || model.ApiKeyHeader_OverrideForStore ? model.ApiKeyHeader : shared.ApiKeyHeader,
        storeId == 0 || model.ApiKeyPrefix_OverrideForStore ? model.ApiKeyPrefix : shared.ApiKeyPrefix);

    /// <summary>
    /// A store's own key stays behind where the shared address moves under it: it is emptied, not deleted, since the shared
    /// key in its place would open the store's payments with another account.
    /// </summary>
    private async Task ForgetStoresKeysAsync(ConfigurationModel model)
    {
        foreach (var store in await storeService.GetAllStoresAsync())
        {
            if (await settingService.LoadSettingAsync<MionSettings>(store.Id) is not { } settings)
                continue;
            var after = KeyTarget.Of(
                await settingService.SettingExistsAsync(settings, x => x.BaseUrl, store.Id) ? settings.BaseUrl : model.BaseUrl,
                await settingService.SettingExistsAsync(settings, x => x.ApiKeyHeader, store.Id) ? settings.ApiKeyHeader : model.ApiKeyHeader,
                await settingService.SettingExistsAsync(settings, x => x.ApiKeyPrefix, store.Id) ? settings.ApiKeyPrefix : model.ApiKeyPrefix);
            if (after == KeyTarget.Of(settings))
                continue;
            var hasOwnKey = await settingService.SettingExistsAsync(settings, x => x.ApiKey, store.Id);
            var hasOwnKeysBefore = await settingService.SettingExistsAsync(settings, x => x.PreviousApiKey, store.Id);
            (settings.ApiKey, settings.PreviousApiKey) = (string.Empty, string.Empty);
            if (hasOwnKey)
                await settingService.SaveSettingAsync(settings, x => x.ApiKey, store.Id, clearCache: false);
            if (hasOwnKeysBefore)
                await settingService.SaveSettingAsync(settings, x => x.PreviousApiKey, store.Id, clearCache: false);
        }
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
