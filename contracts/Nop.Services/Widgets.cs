using Nop.Services.Plugins;

namespace Nop.Services.Cms;

/// <summary>A plugin that shows itself in zones of pages. Complete: a type with a member missing stops the store's start.</summary>
public interface IWidgetPlugin : IPlugin
{
    bool HideInWidgetList { get; }

    Task<IList<string>> GetWidgetZonesAsync();

    Type GetWidgetViewComponent(string widgetZone);
}
