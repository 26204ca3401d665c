using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>What is wrong with the plugin, above nopCommerce's own warnings.</summary>
public class WarningsViewComponent(HealthModelFactory modelFactory) : NopViewComponent
{
    /// <summary>Renders the warnings, as nopCommerce calls it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string? widgetZone, object? additionalData) =>
        View(MionDefaults.View.Warnings, await modelFactory.PrepareAsync(storeId: 0));
}
