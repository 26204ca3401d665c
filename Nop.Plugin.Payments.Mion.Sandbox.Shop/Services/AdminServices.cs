using Nop.Core.Domain.Cms;
using Nop.Core.Events;
using Nop.Services.Cms;
using Nop.Services.Payments;
using Nop.Services.Security;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Permissions are claims of whoever is signed in as admin.</summary>
public sealed class PermissionService(IHttpContextAccessor httpContextAccessor) : IPermissionService
{
    public Task<bool> AuthorizeAsync(string permissionRecordSystemName)
        => Task.FromResult(httpContextAccessor.HttpContext?.User.HasClaim("permission", permissionRecordSystemName) == true);

    public Task DeletePermissionAsync(string permissionSystemName) => Task.CompletedTask;
}

/// <summary>The admin area's menu, with what plugins add to it.</summary>
public sealed class AdminMenu(IEventPublisher eventPublisher, IPermissionService permissionService) : IAdminMenu
{
    public string GetMenuItemUrl(string controllerName, string actionName) => $"/Admin/{controllerName}/{actionName}";

    /// <summary>What plugins have added and this person may see.</summary>
    public async Task<IReadOnlyList<AdminMenuItem>> GetPluginItemsAsync()
    {
        var root = new AdminMenuItem { SystemName = "Home" };
        root.ChildNodes.Add(new AdminMenuItem { SystemName = "Orders" });
        await eventPublisher.PublishAsync(new AdminMenuCreatedEvent(this, root));
        var visible = new List<AdminMenuItem>();
        foreach (var item in root.ChildNodes.Where(item => item is { Visible: true, SystemName: not "Orders" }))
        {
            var isAllowed = true;
            foreach (var permission in item.PermissionNames ?? [])
                isAllowed &= await permissionService.AuthorizeAsync(permission);
            if (isAllowed)
                visible.Add(item);
        }

        return visible;
    }
}

/// <summary>What the plugin shows in a zone of a page, if it is switched on as a widget.</summary>
public sealed class WidgetZones(IPaymentPluginManager plugins, WidgetSettings settings)
{
    public async Task<Type?> FindAsync(string zone)
    {
        foreach (var plugin in (await plugins.LoadAllPluginsAsync()).OfType<IWidgetPlugin>())
        {
            if (settings.ActiveWidgetSystemNames.Contains(plugin.PluginDescriptor.SystemName, StringComparer.OrdinalIgnoreCase)
                && (await plugin.GetWidgetZonesAsync()).Contains(zone, StringComparer.OrdinalIgnoreCase))
                return plugin.GetWidgetViewComponent(zone);
        }

        return null;
    }
}
