using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Services.Till;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// What the plugin leaves in a store besides its table. Every step can be repeated: nopCommerce gives no transaction.
/// </summary>
public class Installation(
    ILocalizationService localizationService,
    IScheduleTaskService scheduleTaskService,
    ISettingService settingService,
    PaymentSessionStore store,
    TillInstallation tillInstallation,
    TimeProvider timeProvider)
{
    /// <summary>
    /// Installs, over what an earlier installation may have left.
    /// </summary>
    public async Task InstallAsync()
    {
        await settingService.SaveSettingAsync(await settingService.LoadSettingAsync<MionSettings>());
        await tillInstallation.InstallAsync();
        await AddStringsAsync();
        await AddTaskAsync();
        // hidden from shoppers until a key is there, so it can be active at once: one step less for the merchant
        await SetActiveAsync(active: true);
    }

    /// <summary>
    /// Brings an installed plugin to this version.
    /// </summary>
    public async Task UpdateAsync()
    {
        await AddStringsAsync();
        await AddTaskAsync();
    }

    /// <summary>
    /// Uninstalls. Payment records are kept unless the merchant has said otherwise.
    /// </summary>
    public async Task UninstallAsync()
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        if (settings.DeleteDataOnUninstall)
            await store.DeleteAllAsync();
        await tillInstallation.UninstallAsync(settings.DeleteDataOnUninstall);
        await SetActiveAsync(active: false);
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
        await localizationService.DeleteLocaleResourcesAsync(MionDefaults.ResourcePrefix);
        await settingService.DeleteSettingAsync<MionSettings>();
    }

    private Task AddStringsAsync() =>
        localizationService.AddOrUpdateLocaleResourceAsync(MionStrings.English.ToDictionary(text => text.Key, text => text.Value));

    private async Task AddTaskAsync()
    {
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is not null)
            return;
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        await scheduleTaskService.InsertTaskAsync(new ScheduleTask
        {
            Name = MionDefaults.PollTaskName,
            Type = MionDefaults.PollTaskType,
            Seconds = settings.PollIntervalSeconds,
            Enabled = true,
            LastEnabledUtc = timeProvider.GetUtcNow().UtcDateTime,
            StopOnError = false
        });
    }

    private async Task SetActiveAsync(bool active)
    {
        var settings = await settingService.LoadSettingAsync<PaymentSettings>();
        settings.ActivePaymentMethodSystemNames.RemoveAll(name => name.Equals(MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase));
        if (active)
            settings.ActivePaymentMethodSystemNames.Add(MionDefaults.SystemName);
        await settingService.SaveSettingAsync(settings);
    }
}
