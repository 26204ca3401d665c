using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Caching;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// What can break inside a store: its database, and the work on an order at the worst of moments.
/// </summary>
internal sealed class Breakages
{
    /// <summary>The text of every failure here: must never be seen by a shopper.</summary>
    public const string Secret = "the innermost text of an exception";

    private volatile bool _database;
    private volatile bool _mails;

    /// <summary>Whether the table of payment sessions cannot be reached.</summary>
    public bool Database { get => _database; set => _database = value; }

    /// <summary>Whether no mail can be put into the queue.</summary>
    public bool Mails { get => _mails; set => _mails = value; }

    /// <summary>Runs before an order is marked as paid.</summary>
    public Func<Order, Task>? BeforeMarkAsPaid { get; set; }

    /// <summary>Runs after an order was marked as paid, events and all.</summary>
    public Func<Order, Task>? AfterMarkAsPaid { get; set; }

    /// <summary>Runs before an order is cancelled.</summary>
    public Func<Order, Task>? BeforeCancel { get; set; }

    /// <summary>Runs after an order was cancelled.</summary>
    public Func<Order, Task>? AfterCancel { get; set; }

    /// <summary>Runs in place of what follows the announcement of a payment.</summary>
    public Func<Order, Task>? InsteadOfTail { get; set; }

    /// <summary>Gives out that the process dies here.</summary>
    public static Task Die(Order order) => throw new InvalidOperationException(Secret);

    /// <summary>Builds itself into a shop.</summary>
    public void Build(IServiceCollection services)
    {
        var repository = services.Last(service => service.ServiceType == typeof(IRepository<>)).ImplementationType!.MakeGenericType(typeof(MionPaymentSession));
        services.AddScoped<IRepository<MionPaymentSession>>(provider =>
            new Table(this, (IRepository<MionPaymentSession>)ActivatorUtilities.CreateInstance(provider, repository)));
        services.AddScoped<OrderPaidTail>(provider => new Tail(this, provider.GetRequiredService<IRepository<QueuedEmail>>(), provider.GetRequiredService<OrderService>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<IOrderProcessingService>(provider => new Processing(this, provider.GetRequiredService<OrderProcessingService>()));
    }

    /// <summary>Fails a statement that puts a mail into the queue, where none can be.</summary>
    public void RequireMails(string sql)
    {
        if (Mails && sql.Contains("QueuedEmail", StringComparison.Ordinal))
            throw new InvalidOperationException(Secret);
    }

    private void RequireDatabase()
    {
        if (Database)
            throw new InvalidOperationException(Secret);
    }

    private sealed class Table(Breakages breakages, IRepository<MionPaymentSession> rows) : IRepository<MionPaymentSession>
    {
        IQueryable<MionPaymentSession> IRepository<MionPaymentSession>.Table => Working().Table;

        public Task<MionPaymentSession> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false) =>
            Working().GetByIdAsync(id, getCacheKey, includeDeleted, useShortTermCache);

        public Task InsertAsync(MionPaymentSession entity, bool publishEvent = true) => Working().InsertAsync(entity, publishEvent);

        public Task UpdateAsync(MionPaymentSession entity, bool publishEvent = true) => Working().UpdateAsync(entity, publishEvent);

        public Task DeleteAsync(MionPaymentSession entity, bool publishEvent = true) => Working().DeleteAsync(entity, publishEvent);

        public Task<int> DeleteAsync(Expression<Func<MionPaymentSession, bool>> predicate) => Working().DeleteAsync(predicate);

        private IRepository<MionPaymentSession> Working()
        {
            breakages.RequireDatabase();
            return rows;
        }
    }

    private sealed class Tail(Breakages breakages, IRepository<QueuedEmail> queue, OrderService orderService, TimeProvider timeProvider)
        : OrderPaidTail(queue, orderService, timeProvider)
    {
        public override Task RunAsync(Order order) => breakages.InsteadOfTail is { } instead ? instead(order) : base.RunAsync(order);
    }

    private sealed class Processing(Breakages breakages, OrderProcessingService processing) : IOrderProcessingService
    {
        public bool CanMarkOrderAsPaid(Order order) => processing.CanMarkOrderAsPaid(order);

        public bool CanCancelOrder(Order order) => processing.CanCancelOrder(order);

        public async Task CancelOrderAsync(Order order, bool notifyCustomer)
        {
            if (breakages.BeforeCancel is { } before)
                await before(order);
            await processing.CancelOrderAsync(order, notifyCustomer);
            if (breakages.AfterCancel is { } after)
                await after(order);
        }

        public Task<IList<string>> ReOrderAsync(Order order) => processing.ReOrderAsync(order);

        public async Task MarkOrderAsPaidAsync(Order order)
        {
            if (breakages.BeforeMarkAsPaid is { } before)
                await before(order);
            await processing.MarkOrderAsPaidAsync(order);
            if (breakages.AfterMarkAsPaid is { } after)
                await after(order);
        }
    }
}
