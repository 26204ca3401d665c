using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Messages;
using Nop.Web.Framework.Infrastructure;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>All orders, and what an admin may do to one.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class OrderController(OrderService orderService, OrderProcessingService processing, IRepository<Order> orders, IRepository<OrderItem> items, INotificationService notifications, WidgetZones widgets) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List() => View(await orders.Table.OrderByDescending(order => order.Id).ToListAsync());

    [HttpGet]
    public async Task<IActionResult> Edit(int id)
    {
        if (await orders.GetByIdAsync(id) is not { } order)
            return RedirectToAction(nameof(List));
        return View(new OrderDetails(order,
            await items.Table.Where(item => item.OrderId == id).ToListAsync(),
            await orderService.GetOrderNotesByOrderIdAsync(id),
            false)
        {
            Buttons = await widgets.FindAsync(AdminWidgetZones.OrderDetailsButtons),
            Panel = await widgets.FindAsync(AdminWidgetZones.OrderDetailsBlock)
        });
    }

    [HttpPost]
    public Task<IActionResult> MarkAsPaid(int id) => ChangeAsync(id, processing.MarkOrderAsPaidAsync);

    [HttpPost]
    public Task<IActionResult> Cancel(int id) => ChangeAsync(id, order => processing.CancelOrderAsync(order, notifyCustomer: true));

    [HttpPost]
    public Task<IActionResult> Delete(int id) => ChangeAsync(id, orderService.DeleteAsync);

    [HttpPost]
    public Task<IActionResult> ChangeTotal(int id, decimal total) => ChangeAsync(id, order => processing.SetTotalAsync(order, total));

    private async Task<IActionResult> ChangeAsync(int id, Func<Order, Task> change)
    {
        try
        {
            if (await orderService.GetOrderByIdAsync(id) is { } order)
                await change(order);
        }
        catch (Exception exception)
        {
            notifications.ErrorNotification(exception.Message);
        }

        return RedirectToAction(nameof(Edit), new { id });
    }
}
