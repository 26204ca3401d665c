using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Payments;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// The plugin's name in nopCommerce's lists of active payment methods and of active widgets: nothing of a plugin is shown
/// in any zone unless its name is in the second.
/// </summary>
public class PluginActivation(ISettingService settingService)
{
    public async Task SetWidgetActiveAsync(bool active)
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        if (IsIn(settings.ActiveWidgetSystemNames) == active)
            return;
        Set(settings.ActiveWidgetSystemNames, active);
        await settingService.SaveSettingAsync(settings);
    }

    public async Task SetMethodActiveAsync(bool active)
    {
        var settings = await settingService.LoadSettingAsync<PaymentSettings>();
        Set(settings.ActivePaymentMethodSystemNames, active);
        await settingService.SaveSettingAsync(settings);
    }

    private static bool IsIn(List<string> names) => names.Contains(MionDefaults.SystemName, StringComparer.OrdinalIgnoreCase);

    private static void Set(List<string> names, bool active)
    {
        names.RemoveAll(name => name.Equals(MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase));
        if (active)
            names.Add(MionDefaults.SystemName);
    }
}
