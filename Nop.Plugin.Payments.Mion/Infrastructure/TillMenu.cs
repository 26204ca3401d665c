using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Puts the till into the admin area's menu, under <em>Sales</em>.
/// </summary>
public class TillMenu(ILocalizationService localizationService, IPaymentPluginManager paymentPluginManager) : IConsumer<AdminMenuCreatedEvent>
{
    /// <inheritdoc />
    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        ArgumentNullException.ThrowIfNull(eventMessage);
        // the plugin's code is there, and this is called, from before it is installed until after it is uninstalled
        if (await paymentPluginManager.LoadPluginBySystemNameAsync(MionDefaults.SystemName) is null)
            return;
        eventMessage.RootMenuItem.InsertAfter("Orders", new AdminMenuItem
        {
            SystemName = TillDefaults.MenuItem,
            Title = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.Till.Title"),
            Url = eventMessage.GetMenuItemUrl("MionTill", "Index"),
            IconClass = "far fa-dot-circle",
            PermissionNames = [TillDefaults.Permission],
            Visible = true
        });
    }
}
