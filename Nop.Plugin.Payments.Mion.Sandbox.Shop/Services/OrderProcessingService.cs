using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// What may be done to an order, with nopCommerce's edges: it judges the object it is handed, saves all its columns, is
/// not idempotent, guards against nobody else, and asks for the working language, which in a request without cookies
/// makes a guest.
/// </summary>
public sealed class OrderProcessingService(OrderService orderService,
    CartService carts,
    ICustomerService customerService,
    IRepository<OrderItem> items,
    OrderMails mails,
    IEventPublisher eventPublisher,
    IWorkContext workContext,
    OrderPaidTail tail,
    TimeProvider timeProvider) : IOrderProcessingService
{
    public bool CanMarkOrderAsPaid(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.OrderStatus != OrderStatus.Cancelled
            && order.PaymentStatus is not (PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.Voided);
    }

    public async Task MarkOrderAsPaidAsync(Order order)
    {
        if (!CanMarkOrderAsPaid(order))
            throw new NopException("You can't mark this order as paid");

        order.PaymentStatus = PaymentStatus.Paid;
        order.PaidDateUtc = timeProvider.GetUtcNow().UtcDateTime;
        await orderService.UpdateOrderAsync(order);
        await AddNoteAsync(order, "Order has been marked as paid");

        if (order.OrderStatus == OrderStatus.Pending)
            await SetStatusAsync(order, OrderStatus.Processing);
        if (order.OrderStatus != OrderStatus.Complete && order.ShippingStatus is ShippingStatus.ShippingNotRequired or ShippingStatus.Delivered)
            await SetStatusAsync(order, OrderStatus.Complete);

        await eventPublisher.PublishAsync(new OrderPaidEvent(order));
        await tail.RunAsync(order);
    }

    public bool CanCancelOrder(Order order) => order.OrderStatus != OrderStatus.Cancelled;

    public async Task CancelOrderAsync(Order order, bool notifyCustomer)
    {
        if (!CanCancelOrder(order))
            throw new NopException("Cannot do cancel for order.");
        await SetStatusAsync(order, OrderStatus.Cancelled);
        if (notifyCustomer)
            await mails.SendAsync(order, OrderMails.Cancelled);
        // as nopCommerce is set at first, what a gift card has paid stays used
        await AddNoteAsync(order, "Order has been cancelled");
    }

    public async Task<IList<string>> ReOrderAsync(Order order)
    {
        var customer = await customerService.GetCustomerByIdAsync(order.CustomerId);
        var warnings = new List<string>();
        foreach (var item in await items.Table.Where(item => item.OrderId == order.Id).OrderBy(item => item.Id).ToListAsync())
        {
            if (!await carts.AddAsync(customer, order.StoreId, item.ProductId, item.Quantity))
                warnings.Add("This product is not available");
        }

        return warnings;
    }

    /// <summary>An admin's change of the total, as on nopCommerce's order page.</summary>
    public async Task SetTotalAsync(Order order, decimal total)
    {
        order.OrderTotal = total;
        await orderService.UpdateOrderAsync(order);
        await AddNoteAsync(order, "Order totals have been edited");
    }

    public Task AddNoteAsync(Order order, string note)
        => orderService.InsertOrderNoteAsync(new OrderNote { OrderId = order.Id, Note = note, CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime });

    private async Task SetStatusAsync(Order order, OrderStatus status)
    {
        order.OrderStatus = status;
        await orderService.UpdateOrderAsync(order);
        _ = await workContext.GetWorkingLanguageAsync();
        await AddNoteAsync(order, $"Order status has been changed to {status}");
    }
}
