using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// What the plugin leaves in a store besides its table. Every step can be repeated: nopCommerce gives no transaction.
/// </summary>
public class Installation(
    AlertTemplate alertTemplate,
    HealthRecord healthRecord,
    HealthStore healthStore,
    IPermissionService permissionService,
    IScheduleTaskService scheduleTaskService,
    ISettingService settingService,
    LanguagePacks languagePacks,
    PaymentEventStore eventStore,
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
        await languagePacks.InstallAsync();
        await AddTaskAsync();
        await alertTemplate.AddAsync();
        await SetWidgetActiveAsync(active: true);
        await healthRecord.NoteAsync(HealthName.Installed, MionDefaults.Version);
        // hidden from shoppers until a key is there, so it can be active at once: one step less for the merchant
        await SetActiveAsync(active: true);
    }

    /// <summary>
    /// Brings an installed plugin to this version.
    /// </summary>
    public async Task UpdateAsync()
    {
        await languagePacks.InstallAsync();
        await AddTaskAsync();
        await alertTemplate.AddAsync();
        await SetWidgetActiveAsync(active: true);
        // the first version noted nothing, its payments have no calls on record, and that must not look like calls that were missed
        await healthRecord.NoteOnceAsync(HealthName.Installed, MionDefaults.Version);
    }

    /// <summary>
    /// Uninstalls. Payment records are kept unless the merchant has said otherwise.
    /// </summary>
    public async Task UninstallAsync()
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        if (settings.DeleteDataOnUninstall)
        {
            await eventStore.DeleteAllAsync();
            await store.DeleteAllAsync();
        }

        await tillInstallation.UninstallAsync(settings.DeleteDataOnUninstall);
        await healthStore.DeleteAllAsync();
        foreach (var permission in new MionPermissions().AllConfigs)
            await permissionService.DeletePermissionAsync(permission.SystemName);
        await SetWidgetActiveAsync(active: false);
        await SetActiveAsync(active: false);
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
        await alertTemplate.RemoveAsync();
        await languagePacks.UninstallAsync();
        await settingService.DeleteSettingAsync<MionSettings>();
    }

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

    /// <summary>nopCommerce shows nothing of a plugin in any zone unless its name is in this list.</summary>
    private async Task SetWidgetActiveAsync(bool active)
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        var isActive = settings.ActiveWidgetSystemNames.Contains(MionDefaults.SystemName, StringComparer.OrdinalIgnoreCase);
        if (isActive == active)
            return;
        settings.ActiveWidgetSystemNames.RemoveAll(name => name.Equals(MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase));
        if (active)
            settings.ActiveWidgetSystemNames.Add(MionDefaults.SystemName);
        await settingService.SaveSettingAsync(settings);
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
