using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>The shopper's own orders.</summary>
[AutoValidateAntiforgeryToken]
public sealed class OrderController(OrderService orders, PaymentService payments, IRepository<OrderItem> items, IWorkContext workContext, IWebHelper webHelper) : Controller
{
    [HttpGet]
    public async Task<IActionResult> CustomerOrders() => View(await orders.SearchAsync((await workContext.GetCurrentCustomerAsync()).Id));

    [HttpGet]
    public async Task<IActionResult> Details(int orderId)
    {
        if (await OwnAsync(orderId) is not { } order)
            return RedirectToRoute("Login");
        return View(new OrderDetails(order,
            await items.Table.Where(item => item.OrderId == order.Id).ToListAsync(),
            await orders.GetOrderNotesByOrderIdAsync(order.Id, true),
            await payments.CanRePostProcessPaymentAsync(order)));
    }

    /// <summary><em>Retry payment</em>: as in nopCommerce, an exception of the payment method is nobody's business here.</summary>
    [HttpPost]
    [ActionName("Details")]
    public async Task<IActionResult> RePostPayment(int orderId)
    {
        if (await OwnAsync(orderId) is not { } order)
            return RedirectToRoute("Login");
        if (!await payments.CanRePostProcessPaymentAsync(order))
            return RedirectToRoute(NopRouteNames.Standard.ORDER_DETAILS, new { orderId });
        await payments.PostProcessPaymentAsync(order);
        if (webHelper.IsRequestBeingRedirected || webHelper.IsPostBeingDone)
            return Content("You will be redirected to the payment page.");
        return RedirectToRoute(NopRouteNames.Standard.ORDER_DETAILS, new { orderId });
    }

    private async Task<Order?> OwnAsync(int orderId)
        => await orders.GetOrderByIdAsync(orderId) is { Deleted: false } order && order.CustomerId == (await workContext.GetCurrentCustomerAsync()).Id ? order : null;
}

/// <summary>An order's page.</summary>
/// <param name="Order">The order.</param>
/// <param name="Items">What was bought.</param>
/// <param name="Notes">The notes that the shopper may see, or, on the admin's page, all.</param>
/// <param name="CanRePost">Whether payment can be tried again.</param>
public sealed record OrderDetails(Order Order, IList<OrderItem> Items, IList<OrderNote> Notes, bool CanRePost)
{
    /// <summary>What the plugin shows on the admin's page; null for nothing.</summary>
    public Type? Panel { get; init; }

    /// <summary>What the plugin adds to the buttons of the admin's page; null for nothing.</summary>
    public Type? Buttons { get; init; }
}
