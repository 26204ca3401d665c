using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Puts the list of payments and the till into the admin area's menu, below the orders.</summary>
public class AdminMenu(ILocalizationService localizationService, IPaymentPluginManager paymentPluginManager) : IConsumer<AdminMenuCreatedEvent>
{
    /// <summary>Name of the list's menu item, by which its page marks it as active.</summary>
    public const string PaymentsItem = "Payments.Mion.Payments";

    /// <summary>Name of the till's menu item.</summary>
    public const string TillItem = "Payments.Mion.Till";

    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        ArgumentNullException.ThrowIfNull(eventMessage);
        // nopCommerce loads the plugin's code, and calls this, before the plugin is installed and after it is uninstalled
        if (await paymentPluginManager.LoadPluginBySystemNameAsync(MionDefaults.SystemName) is null)
            return;
        await AddAsync(eventMessage, TillItem, "Till.Title", "MionTill", "Index", MionPermissions.Charge);
        await AddAsync(eventMessage, PaymentsItem, "List.Title", "MionPayments", "List", MionPermissions.View);
    }

    private async Task AddAsync(AdminMenuCreatedEvent menu, string name, string title, string controller, string action, string permission) =>
        menu.RootMenuItem.InsertAfter("Orders", new AdminMenuItem
        {
            SystemName = name,
            Title = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.{title}"),
            Url = menu.GetMenuItemUrl(controller, action),
            IconClass = "far fa-dot-circle",
            PermissionNames = [permission],
            Visible = true
        });
}
