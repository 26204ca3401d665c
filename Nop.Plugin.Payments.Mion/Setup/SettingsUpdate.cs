using System.Linq.Expressions;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Saves the configuration page.
/// </summary>
public class SettingsUpdate(ApiKeyProtector apiKeyProtector, IScheduleTaskService scheduleTaskService, ISettingService settingService, PluginLog log)
{
    // a mistyped key between two good ones must not push the older of them out
    private const int MaxPreviousKeys = 3;

    /// <summary>
    /// Saves the settings of one store, or those shared by all.
    /// </summary>
    /// <param name="model">The form, valid.</param>
    /// <param name="storeId">The chosen store; 0 for all stores. There, only what is marked as the store's own is saved.</param>
    public async Task SaveAsync(ConfigurationModel model, int storeId)
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

        settings.SessionLifetimeMinutes = model.SessionLifetimeMinutes;
        settings.WebhooksEnabled = model.WebhooksEnabled;
        settings.PollIntervalSeconds = model.PollIntervalSeconds;
        settings.LatePaymentDays = model.LatePaymentDays;
        settings.AdditionalFee = model.AdditionalFee;
        settings.AdditionalFeePercentage = model.AdditionalFeePercentage;
        settings.MinimumOrderTotal = model.MinimumOrderTotal;
        settings.MaximumOrderTotal = model.MaximumOrderTotal;
        settings.DescriptionText = Clean(model.DescriptionText);
        settings.BaseUrl = Clean(model.BaseUrl).TrimEnd('/');
        settings.CheckoutUrlTemplate = Clean(model.CheckoutUrlTemplate);
        settings.ApiKeyHeader = Clean(model.ApiKeyHeader);
        settings.ApiKeyPrefix = Clean(model.ApiKeyPrefix);
        settings.CreateSessionPath = Clean(model.CreateSessionPath);
        settings.GetSessionStatusPath = Clean(model.GetSessionStatusPath);
        settings.GetSessionByReferencePath = Clean(model.GetSessionByReferencePath);
        settings.CreateWebhookPath = Clean(model.CreateWebhookPath);
        settings.CreatePaymentAttemptPath = Clean(model.CreatePaymentAttemptPath);

        await SaveAsync(settings, x => x.ApiKey, model.ApiKey_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.PreviousApiKey, remembersKeys, storeId);
        await SaveAsync(settings, x => x.SessionLifetimeMinutes, model.SessionLifetimeMinutes_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.WebhooksEnabled, model.WebhooksEnabled_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.PollIntervalSeconds, model.PollIntervalSeconds_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.LatePaymentDays, model.LatePaymentDays_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.AdditionalFee, model.AdditionalFee_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.AdditionalFeePercentage, model.AdditionalFeePercentage_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.MinimumOrderTotal, model.MinimumOrderTotal_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.MaximumOrderTotal, model.MaximumOrderTotal_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.DescriptionText, model.DescriptionText_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.BaseUrl, model.BaseUrl_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.CheckoutUrlTemplate, model.CheckoutUrlTemplate_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.ApiKeyHeader, model.ApiKeyHeader_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.ApiKeyPrefix, model.ApiKeyPrefix_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.CreateSessionPath, model.CreateSessionPath_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.GetSessionStatusPath, model.GetSessionStatusPath_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.GetSessionByReferencePath, model.GetSessionByReferencePath_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.CreateWebhookPath, model.CreateWebhookPath_OverrideForStore, storeId);
        await SaveAsync(settings, x => x.CreatePaymentAttemptPath, model.CreatePaymentAttemptPath_OverrideForStore, storeId);
        if (storeId == 0)
        {
            settings.DeleteDataOnUninstall = model.DeleteDataOnUninstall;
            await settingService.SaveSettingAsync(settings, x => x.DeleteDataOnUninstall, clearCache: false);
            settings.HistoryDays = model.HistoryDays;
            await settingService.SaveSettingAsync(settings, x => x.HistoryDays, clearCache: false);
            settings.LogDetail = Enum.IsDefined((LogDetail)model.LogDetail) ? (LogDetail)model.LogDetail : LogDetail.Errors;
            await settingService.SaveSettingAsync(settings, x => x.LogDetail, clearCache: false);
            await SetTaskPeriodAsync(model.PollIntervalSeconds);
        }

        await settingService.ClearCacheAsync();
        log.Forget();
    }

    /// <summary>Remembers the present key among those before it, unless it goes on being used, or cannot be read.</summary>
    private void Remember(MionSettings settings, string except)
    {
        apiKeyProtector.TryUnprotect(settings.ApiKey, out var present);
        apiKeyProtector.TryUnprotect(settings.PreviousApiKey, out var previous);
        var keys = StoreSettings.SplitKeys(previous).Prepend(present).Where(key => key.Length > 0 && key != except).Distinct().Take(MaxPreviousKeys).ToList();
        settings.PreviousApiKey = keys.Count > 0 ? apiKeyProtector.Protect(string.Join('\n', keys)) : string.Empty;
    }

    private Task SaveAsync<T>(MionSettings settings, Expression<Func<MionSettings, T>> property, bool overrideForStore, int storeId) =>
        settingService.SaveSettingOverridablePerStoreAsync(settings, property, overrideForStore, storeId, clearCache: false);

    /// <summary>One task serves all stores, so its period is the shared interval; nopCommerce takes it over at its next start.</summary>
    private async Task SetTaskPeriodAsync(int seconds)
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is not { } task || task.Seconds == seconds)
            return;
        task.Seconds = seconds;
        await scheduleTaskService.UpdateTaskAsync(task);
    }

    private static string Clean(string? text) => text?.Trim() ?? string.Empty;
}
