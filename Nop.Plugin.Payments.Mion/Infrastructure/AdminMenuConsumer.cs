using Nop.Plugin.Payments.Mion.Services;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Puts the list of payments into the admin area's menu, below the orders.
/// </summary>
public class AdminMenuConsumer(ILocalizationService localizationService, IPaymentPluginManager paymentPluginManager) : IConsumer<AdminMenuCreatedEvent>
{
    /// <summary>Name of the menu item, by which the list's page marks it as active.</summary>
    public const string ItemName = "Payments.Mion.Payments";

    /// <inheritdoc />
    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        // the plugin's code is there, and this is called, from before it is installed until after it is uninstalled
        if (await paymentPluginManager.LoadPluginBySystemNameAsync(MionDefaults.SystemName) is null)
            return;
        eventMessage.RootMenuItem.InsertAfter("Orders", new AdminMenuItem
        {
            SystemName = ItemName,
            Title = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.List.Title"),
            Url = eventMessage.GetMenuItemUrl("MionPayments", "List"),
            IconClass = "far fa-dot-circle",
            Visible = true,
            PermissionNames = [MionPermissions.View]
        });
    }
}
