using System.Collections.Concurrent;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Services.Events;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// Hands an event to its consumers. What a consumer throws is logged; what its constructor throws is not caught, as in
/// nopCommerce.
/// </summary>
public sealed class EventPublisher(IServiceProvider services, ILogger logger) : IEventPublisher
{
    public async Task PublishAsync<TEvent>(TEvent @event)
    {
        foreach (var consumer in services.GetServices<IConsumer<TEvent>>().ToList())
        {
            try
            {
                await consumer.HandleEventAsync(@event);
            }
            catch (Exception exception)
            {
                await logger.ErrorAsync(exception.Message, exception);
            }
        }
    }
}

/// <summary>Remembers which orders were reported as paid, in order: twice is once too often.</summary>
public sealed class PaidOrders
{
    private readonly ConcurrentQueue<int> _orderIds = new();

    public IReadOnlyList<int> OrderIds => [.. _orderIds];

    public void Add(int orderId) => _orderIds.Enqueue(orderId);
}

public sealed class PaidOrdersConsumer(PaidOrders paidOrders) : IConsumer<OrderPaidEvent>
{
    public Task HandleEventAsync(OrderPaidEvent eventMessage)
    {
        paidOrders.Add(eventMessage.Order.Id);
        return Task.CompletedTask;
    }
}
