using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>What the plugin leaves in a store besides its tables. Every step can be repeated: nopCommerce gives no transaction.</summary>
public class Installation(
    AlertTemplate alertTemplate,
    HealthRecord healthRecord,
    IPermissionService permissionService,
    ISettingService settingService,
    LanguagePacks languagePacks,
    PluginActivation activation,
    PollTaskSchedule pollTask,
    StoredRecords records)
{
    /// <summary>Installs, over what an earlier installation may have left. Permissions are inserted by nopCommerce itself.</summary>
    public async Task InstallAsync()
    {
        await languagePacks.InstallAsync();
        await pollTask.AddAsync();
        await alertTemplate.AddAsync();
        await activation.SetWidgetActiveAsync(active: true);
        await healthRecord.NoteAsync(HealthFacts.Installed, MionDefaults.Version);
        // hidden from shoppers until a key is there, so it can be active at once: one step less for the merchant
        await activation.SetMethodActiveAsync(active: true);
    }

    /// <summary>Brings an installed plugin to this version.</summary>
    public async Task UpdateAsync()
    {
        await languagePacks.InstallAsync();
        await pollTask.AddAsync();
        await alertTemplate.AddAsync();
        await activation.SetWidgetActiveAsync(active: true);
        await ConfigurationSettings.Table.DeleteDefaultsAsync(settingService);
        await TillSettingsService.Table.DeleteDefaultsAsync(settingService);
        // the first version noted nothing, its payments have no calls on record, and that must not look like calls that were missed
        await healthRecord.NoteOnceAsync(HealthFacts.Installed, MionDefaults.Version);
    }

    /// <summary>Uninstalls. Payment records are kept unless the merchant has said otherwise.</summary>
    public async Task UninstallAsync()
    {
        await records.DeleteAsync(payments: (await settingService.LoadSettingAsync<MionSettings>()).DeleteDataOnUninstall);
        foreach (var permission in new MionPermissions().AllConfigs)
            await permissionService.DeletePermissionAsync(permission.SystemName);
        await activation.SetWidgetActiveAsync(active: false);
        await activation.SetMethodActiveAsync(active: false);
        await pollTask.RemoveAsync();
        await alertTemplate.RemoveAsync();
        await languagePacks.UninstallAsync();
        await settingService.DeleteSettingAsync<MionTillSettings>();
        await settingService.DeleteSettingAsync<MionSettings>();
    }
}
