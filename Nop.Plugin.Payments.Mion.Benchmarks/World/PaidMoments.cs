using System.Collections.Concurrent;
using System.Diagnostics;
using Nop.Core.Domain.Orders;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>When each order was reported as paid; the order has been saved as paid by then.</summary>
internal sealed class PaidMoments : IConsumer<OrderPaidEvent>
{
    private readonly ConcurrentDictionary<int, long> _moments = new();
    private readonly ConcurrentDictionary<int, int> _reports = new();
    private int _count;

    /// <summary>Reports, also of one order twice.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Orders that were reported.</summary>
    public int Orders => _moments.Count;

    /// <summary>The <see cref="Stopwatch"/>'s time of an order's first report; null where there was none.</summary>
    public long? Find(int orderId) => _moments.TryGetValue(orderId, out var moment) ? moment : null;

    /// <summary>How often an order was reported.</summary>
    public int CountOf(int orderId) => _reports.GetValueOrDefault(orderId);

    /// <inheritdoc />
    public Task HandleEventAsync(OrderPaidEvent eventMessage)
    {
        _moments.TryAdd(eventMessage.Order.Id, Stopwatch.GetTimestamp());
        _reports.AddOrUpdate(eventMessage.Order.Id, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }
}
