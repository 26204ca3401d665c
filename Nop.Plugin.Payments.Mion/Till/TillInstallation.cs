using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Configuration;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// What the till leaves in a store besides its tables. Every step can be repeated.
/// </summary>
public class TillInstallation(IPermissionService permissionService, ISettingService settingService, PaymentAttemptStore store)
{
    /// <summary>Installs; the permission is inserted by nopCommerce itself at the end of the start.</summary>
    public async Task InstallAsync() =>
        await settingService.SaveSettingAsync(await settingService.LoadSettingAsync<MionTillSettings>());

    /// <summary>Uninstalls.</summary>
    /// <param name="deleteData">Whether the merchant wants the records of payments deleted.</param>
    public async Task UninstallAsync(bool deleteData)
    {
        if (deleteData)
            await store.DeleteAllAsync();
        await permissionService.DeletePermissionAsync(MionPermissions.Charge);
        await settingService.DeleteSettingAsync<MionTillSettings>();
    }
}
