using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>
/// Installs, updates and uninstalls the plugin in nopCommerce's sequence: migrations before <c>InstallAsync</c>, and
/// after <c>UninstallAsync</c>. Where a store restarts for it, outside any request, the shop cuts off the request.
/// </summary>
public sealed class PluginInstallation(LoadedPlugin plugin, PluginMigrations migrations, IServiceScopeFactory scopes)
{
    private volatile string? _version;

    public bool IsInstalled => _version is not null;

    /// <summary>Finds out what an earlier run has installed, and updates it where plugin.json names another version.</summary>
    public Task StartAsync() => OutsideRequestAsync(async services =>
    {
        var row = await RowAsync(services);
        _version = row?.Version;
        if (row is null || row.Version == plugin.Descriptor.Version)
            return;
        migrations.Update(plugin.Assembly);
        await plugin.CreatePaymentMethod(services).UpdateAsync(row.Version, plugin.Descriptor.Version);
        await RememberAsync(services, plugin.Descriptor.Version);
    });

    public Task InstallAsync() => OutsideRequestAsync(async services =>
    {
        if (IsInstalled)
            return;
        migrations.Install(plugin.Assembly);
        await plugin.CreatePaymentMethod(services).InstallAsync();
        await RememberAsync(services, plugin.Descriptor.Version);
        await ActivateAsync(services);
    });

    public Task UninstallAsync() => OutsideRequestAsync(async services =>
    {
        if (!IsInstalled)
            return;
        var method = plugin.CreatePaymentMethod(services);
        await method.PreparePluginToUninstallAsync();
        await method.UninstallAsync();
        migrations.Uninstall(plugin.Assembly);
        await RememberAsync(services, null);
    });

    // the tick in the list of payment methods, which in a store is the admin's next step
    private async Task ActivateAsync(IServiceProvider services)
    {
        var settingService = services.GetRequiredService<ISettingService>();
        var settings = await settingService.LoadSettingAsync<PaymentSettings>();
        if (settings.ActivePaymentMethodSystemNames.Contains(plugin.Descriptor.SystemName))
            return;
        settings.ActivePaymentMethodSystemNames.Add(plugin.Descriptor.SystemName);
        await settingService.SaveSettingAsync(settings);
    }

    private async Task RememberAsync(IServiceProvider services, string? version)
    {
        var rows = services.GetRequiredService<IRepository<InstalledPlugin>>();
        await rows.DeleteAsync(row => row.SystemName == plugin.Descriptor.SystemName);
        if (version is not null)
            await rows.InsertAsync(new InstalledPlugin { SystemName = plugin.Descriptor.SystemName, Version = version });
        _version = version;
    }

    private Task<InstalledPlugin> RowAsync(IServiceProvider services)
        => services.GetRequiredService<IRepository<InstalledPlugin>>().Table.FirstOrDefaultAsync(row => row.SystemName == plugin.Descriptor.SystemName);

    private Task OutsideRequestAsync(Func<IServiceProvider, Task> work)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(async () =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await work(scope.ServiceProvider);
            });
        }
    }
}
