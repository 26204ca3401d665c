using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Orders;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The button on an order's page in the admin area that charges it at the till.</summary>
public class TillOrderButtonViewComponent(IOrderService orderService, IPermissionService permissionService) : NopViewComponent
{
    /// <summary>Renders the button where the order waits for its payment and the person at the screen may charge.</summary>
    /// <param name="additionalData">The page's model; its id is the order's.</param>
    public async Task<IViewComponentResult> InvokeAsync(string? widgetZone, object? additionalData)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } page
            || await orderService.GetOrderByIdAsync(page.Id) is not { Deleted: false, PaymentStatus: PaymentStatus.Pending } order
            || order.OrderStatus == OrderStatus.Cancelled
            || !await permissionService.AuthorizeAsync(MionPermissions.Charge))
            return Content(string.Empty);
        return View(MionDefaults.View.TillOrderButton, order.Id);
    }
}
