namespace Nop.Web.Framework.Infrastructure
{
    /// <summary>Places in the admin area's pages where widgets are shown.</summary>
    public static class AdminWidgetZones
    {
        public static string DashboardCommonstatisticsAfter => "admin_dashboard_commonstatistics_after";

        public static string OrderDetailsBlock => "admin_order_details_block";

        public static string OrderDetailsButtons => "admin_order_details_buttons";

        public static string WarningsTop => "admin_warnings_top";
    }
}

namespace Nop.Web.Framework.Menu
{
    /// <summary>The admin area's menu.</summary>
    public interface IAdminMenu
    {
        string GetMenuItemUrl(string controllerName, string actionName);
    }

    /// <summary>An item of the menu, shown to those who hold one of its permissions.</summary>
    public class AdminMenuItem
    {
        public string SystemName { get; set; }

        public string Title { get; set; }

        public string Url { get; set; }

        public IList<AdminMenuItem> ChildNodes { get; set; } = [];

        public string IconClass { get; set; }

        public bool Visible { get; set; }

        public IList<string> PermissionNames { get; set; }

        public AdminMenuItem GetItemBySystemName(string systemName)
            => SystemName == systemName ? this : ChildNodes.Select(node => node.GetItemBySystemName(systemName)).FirstOrDefault(found => found != null);

        public virtual bool InsertAfter(string itemSystemName, AdminMenuItem newMenuItem)
        {
            for (var position = 0; position < ChildNodes.Count; position++)
            {
                if (ChildNodes[position].SystemName != itemSystemName)
                    continue;
                ChildNodes.Insert(position + 1, newMenuItem);
                return true;
            }

            return ChildNodes.Any(node => node.InsertAfter(itemSystemName, newMenuItem));
        }
    }
}

namespace Nop.Web.Framework.Events
{
    /// <summary>The menu is being put together.</summary>
    public abstract class BaseMenuItemCreatedEvent
    {
        private readonly Menu.IAdminMenu _menu;

        public BaseMenuItemCreatedEvent(Menu.IAdminMenu adminMenu)
        {
            _menu = adminMenu;
        }

        public virtual string GetMenuItemUrl(string controllerName, string actionName) => _menu.GetMenuItemUrl(controllerName, actionName);
    }

    /// <summary>The menu is there; plugins add their items.</summary>
    public class AdminMenuCreatedEvent : BaseMenuItemCreatedEvent
    {
        public AdminMenuCreatedEvent(Menu.IAdminMenu adminMenu, Menu.AdminMenuItem rootMenuItem) : base(adminMenu)
        {
            RootMenuItem = rootMenuItem;
        }

        public Menu.AdminMenuItem RootMenuItem { get; protected set; }
    }
}
