using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// What nopCommerce does after it has announced a payment: the customer's mail and a note about it (besides an invoice and
/// roles). A process that dies before it leaves an order that is paid, and a customer who hears nothing.
/// </summary>
public class OrderPaidTail(IRepository<QueuedEmail> queue, OrderService orderService, TimeProvider timeProvider)
{
    public virtual async Task RunAsync(Order order)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        await queue.InsertAsync(new QueuedEmail { To = "customer@demo.example", Subject = $"Order {order.Id} is paid", Body = "Thank you.", CreatedOnUtc = now });
        await orderService.InsertOrderNoteAsync(new OrderNote { OrderId = order.Id, Note = "\"Order paid\" email (to customer) has been queued.", CreatedOnUtc = now });
    }
}
