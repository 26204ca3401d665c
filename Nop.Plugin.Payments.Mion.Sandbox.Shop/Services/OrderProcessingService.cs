using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// What may be done to an order, with nopCommerce's edges: it judges the object it is handed, saves all its columns, is
/// not idempotent, guards against nobody else, and asks for the working language, which in a request without cookies
/// makes a guest.
/// </summary>
public sealed class OrderProcessingService(OrderService orderService,
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

    public async Task CancelAsync(Order order)
    {
        if (order.OrderStatus == OrderStatus.Cancelled)
            throw new NopException("Cannot do cancel for order.");
        await SetStatusAsync(order, OrderStatus.Cancelled);
        await AddNoteAsync(order, "Order has been cancelled");
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
