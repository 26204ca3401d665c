using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Security;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The card <i>Bitcoin in this shop</i>: on the dashboard, and above the list of payments. Its figures are fetched once the page is there.</summary>
public class FiguresViewComponent(FiguresModelFactory modelFactory, IPermissionService permissionService) : NopViewComponent
{
    /// <summary>Renders the card, or nothing where the person may not see payments.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string? widgetZone, object? additionalData) =>
        await permissionService.AuthorizeAsync(MionPermissions.View) ? View(MionDefaults.View.FiguresCard, await modelFactory.PrepareCardAsync()) : Content(string.Empty);
}
