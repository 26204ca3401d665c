using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>A demo shop and a stand-in, and how the soak reaches into them.</summary>
public sealed class SoakWorld : IAsyncDisposable
{
    private const string PollTask = "Nop.Plugin.Payments.Mion.Tasks.PaymentPollTask";
    private static readonly TimeSpan _afterDeath = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longestCall = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;

    private SoakWorld(MionStandIn mion, DemoShop shop, StatementFaults statements, SoakClock shopClock, SoakClock mionClock)
    {
        (Mion, Shop, Statements, ShopClock, MionClock) = (mion, shop, statements, shopClock, mionClock);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = shop.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan
        };
    }

    internal MionStandIn Mion { get; }

    internal DemoShop Shop { get; }

    internal StatementFaults Statements { get; }

    internal SoakClock ShopClock { get; }

    internal SoakClock MionClock { get; }

    /// <summary>Answers of the shop that were 5xx though nothing of the shop was broken.</summary>
    internal int UnexpectedErrors;

    /// <summary>Starts both.</summary>
    /// <param name="seed">Decides by how much the two clocks differ.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<SoakWorld> StartAsync(int seed, CancellationToken cancellationToken = default)
    {
        var statements = new StatementFaults();
        var (shopClock, mionClock) = (new SoakClock(TimeSpan.Zero), new SoakClock(TimeSpan.FromSeconds(new Random(seed).Next(-120, 121))));
        var mion = await MionStandIn.StartAsync(new MionStandInOptions
        {
            TimeProvider = mionClock,
            ProcessingStep = Timeout.InfiniteTimeSpan,
            WebhookBackOff = TimeSpan.FromMilliseconds(30),
            WebhookTimeout = TimeSpan.FromSeconds(1),
            WebhookTries = 3,
            JournalLength = 100
        }, cancellationToken);
        try
        {
            var shop = await DemoShop.StartAsync(new DemoShopOptions
            {
                TimeProvider = shopClock,
                StatementHook = statements.OnStatementAsync,
                Settings = DemoSettings.For(mion.BaseAddress)
            }, cancellationToken);
            return new SoakWorld(mion, shop, statements, shopClock, mionClock);
        }
        catch
        {
            await mion.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Mion.DisposeAsync();
        try
        {
            await Shop.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // workers that died never finish; the shop does not wait for them for ever
        }
    }

    internal void Skip(TimeSpan time)
    {
        ShopClock.Skip(time);
        MionClock.Skip(time);
    }

    internal Task<T> QueryAsync<T>(Func<DataConnection, T> query) => Statements.ExemptAsync(() =>
    {
        using var connection = new DataConnection(Shop.Services.GetRequiredService<ShopDatabase>().Options);
        return Task.FromResult(query(connection));
    });

    internal Task<IReadOnlyList<SessionRow>> GetSessionsAsync(int orderId) => QueryAsync<IReadOnlyList<SessionRow>>(connection =>
        [.. connection.Query<SessionRow>($"{SessionRow.Query} WHERE \"OrderId\" = {orderId} ORDER BY \"Attempt\"")]);

    internal Task<Order> GetOrderAsync(int orderId) => Statements.ExemptAsync(() => Shop.GetOrderAsync(orderId));

    /// <summary>A merchant's act on an order: one statement on the columns it is about.</summary>
    internal Task<int> ChangeOrderAsync(Func<ITable<Order>, int> change) => QueryAsync(connection => change(connection.GetTable<Order>()));

    internal Task<Order> PlaceOrderAsync(decimal total) => Statements.ExemptAsync(() => Shop.InScopeAsync(async services =>
    {
        var order = new Order
        {
            OrderGuid = Guid.NewGuid(),
            StoreId = 1,
            CustomerId = 1,
            OrderTotal = total,
            CustomerCurrencyCode = "EUR",
            CurrencyRate = 1,
            OrderStatus = OrderStatus.Pending,
            PaymentStatus = PaymentStatus.Pending,
            PaymentMethodSystemName = "Payments.Mion",
            CustomOrderNumber = string.Empty,
            CreatedOnUtc = ShopClock.GetUtcNow().UtcDateTime
        };
        await services.GetRequiredService<IRepository<Order>>().InsertAsync(order);
        return order;
    }));

    /// <summary>The shopper is sent to pay, as at the end of checkout; never throws, wherever the plugin sends them.</summary>
    internal Task OpenAsync(int orderId) => UnlessDeadAsync(_ => Task.Run(async () =>
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(Shop.BaseAddress.Authority);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var order = await Shop.GetOrderAsync(orderId);
        var method = Shop.Services.GetRequiredService<LoadedPlugin>().CreatePaymentMethod(scope.ServiceProvider);
        await method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
        if (context.Response.StatusCode != StatusCodes.Status302Found)
            Interlocked.Increment(ref UnexpectedErrors);
    }));

    internal Task GetAsync(string path) => UnlessDeadAsync(token => CountErrorsAsync(_http.GetAsync(path, token)));

    internal Task PostAsync(string path, byte[] body) => UnlessDeadAsync(async token =>
    {
        using var content = new ByteArrayContent(body);
        await CountErrorsAsync(_http.PostAsync(path, content, token));
    });

    internal async Task RunTaskAsync()
    {
        await QueryAsync(connection => connection.Execute("""UPDATE "ScheduleTask" SET "LastStartUtc" = NULL"""));
        await UnlessDeadAsync(async token =>
        {
            using var content = new FormUrlEncodedContent([new("taskType", PollTask)]);
            using var response = await _http.PostAsync("scheduletask/runtask", content, token);
        });
    }

    private async Task CountErrorsAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        // 503 is what the webhook answers, by design, where Mion cannot be asked
        if ((int)response.StatusCode is >= 500 and not 503 && Statements.Injected.Count == 0)
            Interlocked.Increment(ref UnexpectedErrors);
    }

    /// <summary>Waits for a call, but not for one whose worker has died.</summary>
    private async Task UnlessDeadAsync(Func<CancellationToken, Task> call)
    {
        var deaths = Statements.Deaths;
        using var limit = new CancellationTokenSource(_longestCall);
        var work = call(limit.Token);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(_afterDeath));
            if (Statements.Deaths == deaths && !limit.IsCancellationRequested)
                continue;
            await Task.WhenAny(work, Task.Delay(_afterDeath));
            await limit.CancelAsync();
            break;
        }

        try
        {
            if (work.IsCompleted)
                await work;
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            // the caller sees a broken connection, as with a dead process
        }
    }
}
