using Nop.Web.Framework.Infrastructure;

namespace Nop.Plugin.Payments.Mion.Components;

/// <summary>
/// What the plugin shows in which zone of nopCommerce's pages.
/// </summary>
public static class WidgetComponents
{
    /// <summary>View components by zone.</summary>
    public static IReadOnlyDictionary<string, Type> ByZone { get; } = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase)
    {
        [AdminWidgetZones.OrderDetailsBlock] = typeof(OrderPanelViewComponent),
        [AdminWidgetZones.OrderDetailsButtons] = typeof(TillOrderButtonViewComponent),
        [AdminWidgetZones.WarningsTop] = typeof(WarningsViewComponent)
    };
}
