using LinqToDB;
using LinqToDB.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Events;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>A demo shop that has loaded the plugin, and a stand-in for Mion whose answers take as long as they are told to.</summary>
internal sealed class ShopWorld : IAsyncDisposable
{
    private static readonly ParallelOptions _several = new() { MaxDegreeOfParallelism = 8 };

    private ShopWorld(MionStandIn mion, DemoShop shop, StatementCounter statements, PaidMoments paid) =>
        (Mion, Shop, Statements, Paid) = (mion, shop, statements, paid);

    public MionStandIn Mion { get; }

    public DemoShop Shop { get; }

    public StatementCounter Statements { get; }

    public PaidMoments Paid { get; }

    /// <summary>Starts both.</summary>
    /// <param name="database">On a server; null for SQLite.</param>
    /// <param name="webhooks">Whether the shop asks Mion to call it.</param>
    /// <param name="pollInterval">Seconds between two checks of a fresh session.</param>
    /// <param name="baseline">Whether the shop has the other ways to confirm a payment too.</param>
    public static async Task<ShopWorld> StartAsync(ServerDatabase? database, bool webhooks = false, int pollInterval = 60, bool baseline = false)
    {
        var (statements, paid) = (new StatementCounter(), new PaidMoments());
        var mion = await MionStandIn.StartAsync(new MionStandInOptions { ProcessingStep = Timeout.InfiniteTimeSpan });
        try
        {
            var settings = DemoSettings.For(mion.BaseAddress).ToDictionary(setting => setting.Key, setting => setting.Value);
            settings["mionsettings.webhooksenabled"] = $"{webhooks}";
            settings["mionsettings.pollintervalseconds"] = $"{pollInterval}";
            var shop = await DemoShop.StartAsync(new DemoShopOptions
            {
                Server = database,
                Settings = settings,
                StatementListener = statements.Hear,
                ConfigureServices = services =>
                {
                    services.AddSingleton<IConsumer<OrderPaidEvent>>(paid);
                    if (baseline)
                        services.AddSingleton<IStartupFilter>(_ => new Baseline(mion.BaseAddress));
                }
            });
            return new ShopWorld(mion, shop, statements, paid);
        }
        catch
        {
            await mion.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on every answer of Mion's takes so long.</summary>
    public void SetLatency(TimeSpan latency)
    {
        Mion.Faults.Clear();
        if (latency > TimeSpan.Zero)
            Mion.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Delay = latency });
    }

    /// <summary>Places orders that wait for their payment.</summary>
    public async Task<IReadOnlyList<Order>> PlaceOrdersAsync(int count)
    {
        var orders = Enumerable.Range(0, count).Select(_ => new Order
        {
            OrderGuid = Guid.NewGuid(),
            StoreId = 1,
            CustomerId = 1,
            OrderTotal = 12.90m,
            CustomerCurrencyCode = "EUR",
            CurrencyRate = 1,
            OrderStatus = OrderStatus.Pending,
            PaymentStatus = PaymentStatus.Pending,
            PaymentMethodSystemName = MionDefaults.SystemName,
            CustomOrderNumber = string.Empty,
            CreatedOnUtc = DateTime.UtcNow
        }).ToList();
        await Parallel.ForEachAsync(orders, _several, async (order, _) => await InScopeAsync<IRepository<Order>>(repository => repository.InsertAsync(order)));
        return orders;
    }

    /// <summary>Places orders and sends their shoppers to pay.</summary>
    public async Task<IReadOnlyList<(Order Order, MionPaymentSession Session)>> OpenAsync(int count)
    {
        var orders = await PlaceOrdersAsync(count);
        await Parallel.ForEachAsync(orders, _several, async (order, _) => await SendToPayAsync(order));
        var first = orders.Min(order => order.Id);
        using var connection = Connect();
        var sessions = connection.GetTable<MionPaymentSession>().Where(session => session.OrderId >= first).ToDictionary(session => session.OrderId);
        return [.. orders.Select(order => (order, sessions[order.Id]))];
    }

    /// <summary>Sends a shopper to pay, as nopCommerce does at the end of checkout.</summary>
    /// <returns>Where.</returns>
    public async Task<string> SendToPayAsync(Order order)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(Shop.BaseAddress.Authority);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var method = Shop.Services.GetRequiredService<LoadedPlugin>().CreatePaymentMethod(scope.ServiceProvider);
        await method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
        return context.Response.Headers.Location.ToString();
    }

    /// <summary>Works with one service of a scope of its own.</summary>
    public Task<T> InScopeAsync<TService, T>(Func<TService, Task<T>> work) where TService : notnull =>
        Shop.InScopeAsync(services => work(services.GetRequiredService<TService>()));

    /// <inheritdoc cref="InScopeAsync{TService,T}"/>
    public Task InScopeAsync<TService>(Func<TService, Task> work) where TService : notnull => InScopeAsync<TService, bool>(async service =>
    {
        await work(service);
        return true;
    });

    /// <summary>A connection of its own to the shop's database.</summary>
    public DataConnection Connect() => new(Shop.Services.GetRequiredService<ShopDatabase>().Options);

    /// <summary>Sessions as they are stored now, by Mion's ids.</summary>
    public IReadOnlyList<MionPaymentSession> Load(IReadOnlyCollection<string> paymentSessionIds)
    {
        using var connection = Connect();
        return [.. connection.GetTable<MionPaymentSession>().Where(session => paymentSessionIds.Contains(session.PaymentSessionId))];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Mion.DisposeAsync();
    }
}
