using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The payments of an order, on its page in the admin area. Lies inside the order's form, so it has no form of its own.</summary>
public class OrderPanelViewComponent(IPermissionService permissionService, OrderPanelModelFactory modelFactory) : NopViewComponent
{
    /// <summary>Renders the panel, or nothing where the order has no payment of ours, and needs none, or the person may not see it.</summary>
    /// <param name="additionalData">The order page's model; its id is the order's.</param>
    public async Task<IViewComponentResult> InvokeAsync(string? widgetZone, object? additionalData)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } order || !await permissionService.AuthorizeAsync(MionPermissions.View))
            return Content(string.Empty);
        var model = await modelFactory.PrepareAsync(order.Id);
        return model is { Sessions.Count: 0, HasPayLink: false, CanOffer: false } ? Content(string.Empty) : View(MionDefaults.View.OrderPanelCard, model);
    }
}
