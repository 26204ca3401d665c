using System.Collections.Concurrent;
using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>How the shop answered.</summary>
/// <param name="Status">0 for not at all.</param>
/// <param name="Location">Where it sends the browser, or empty.</param>
internal sealed record SoakAnswer(int Status, string Location, string Body)
{
    public static SoakAnswer None { get; } = new(0, string.Empty, string.Empty);
}

/// <summary>What there was when a scenario began: what is newer is its own.</summary>
internal sealed record SoakMark(int LastLogId, int LastMailId, int SessionsAtMion);

/// <summary>
/// A shop on two machines with clocks of their own that share a database, a stand-in for Mion, and how the soak reaches
/// into them.
/// </summary>
public sealed class SoakWorld : IAsyncDisposable
{
    /// <summary>The method that pays by Mion.</summary>
    public const string MionMethod = "Payments.Mion";

    private const int Machines = 2;
    private const string PollTask = "Nop.Plugin.Payments.Mion.Tasks.PaymentPollTask";
    private static readonly TimeSpan _afterDeath = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan _pastLease = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan _longestCall = TimeSpan.FromMinutes(2);

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"mion-soak-{Guid.NewGuid():N}.sqlite");
    private readonly ServerDatabase? _server;
    private readonly List<DemoShop> _shops = [];
    private readonly List<SoakAdmin> _admins = [];
    private readonly List<Shopper> _shoppers = [];
    private Customer? _customer;
    private readonly List<HttpClient> _clients = [];
    private readonly List<SoakClock> _clocks = [];
    private int _faultsBefore;

    private SoakWorld(ServerDatabase? server) => _server = server;

    internal MionStandIn Mion { get; private set; } = null!;

    /// <summary>What goes wrong in the shop.</summary>
    public ShopFaults Faults { get; } = new();

    /// <summary>The database's clock, and the first machine's.</summary>
    internal SoakClock ShopClock { get; } = new();

    internal SoakClock MionClock { get; } = new();

    /// <summary>How often each act was carried out, and what became of the sessions.</summary>
    internal ConcurrentDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers of the shop that were 5xx though nothing of the shop was broken, or that showed an exception.</summary>
    internal ConcurrentQueue<string> UnexpectedAnswers { get; } = new();

    /// <summary>The orders that were reported as paid, on either machine, once for each report.</summary>
    internal IReadOnlyList<int> PaidOrders => [.. _shops.SelectMany(shop => shop.PaidOrders)];

    /// <summary>The machines' addresses.</summary>
    internal IReadOnlyList<Uri> Addresses => _shops.ConvertAll(shop => shop.BaseAddress);

    /// <summary>Whether the shop was hit since <see cref="BeginScenarioAsync"/>.</summary>
    internal bool WasHit => Faults.Total > _faultsBefore;

    /// <summary>Whether a worker has slept past its lease since <see cref="BeginScenarioAsync"/>.</summary>
    internal bool HasOverslept { get; private set; }

    /// <summary>Starts everything.</summary>
    /// <param name="server">The shops' database; null for a file of the world's own.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<SoakWorld> StartAsync(ServerDatabase? server = null, CancellationToken cancellationToken = default)
    {
        var world = new SoakWorld(server);
        try
        {
            world.Mion = await MionStandIn.StartAsync(new MionStandInOptions
            {
                TimeProvider = world.MionClock,
                ProcessingStep = Timeout.InfiniteTimeSpan,
                WebhookBackOff = TimeSpan.FromMilliseconds(30),
                WebhookTimeout = TimeSpan.FromSeconds(1),
                WebhookTries = 3,
                LongestReorder = TimeSpan.FromMilliseconds(300),
                JournalLength = 100
            }, cancellationToken);
            for (var machine = 0; machine < Machines; machine++)
                await world.StartShopAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var admin in _admins)
            admin.Dispose();
        foreach (var shopper in _shoppers)
            shopper.Dispose();
        if (Mion is not null)
            await Mion.DisposeAsync();
        foreach (var shop in _shops)
        {
            try
            {
                await shop.DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // workers that died never finish; the shop does not wait for them for ever
            }
        }

        foreach (var path in new[] { _file, _file + "-wal", _file + "-shm" })
            File.Delete(path);
    }

    /// <param name="mionSkew">By how much Mion's clock is ahead.</param>
    /// <param name="machineSkew">By how much the second machine's is.</param>
    internal async Task<SoakMark> BeginScenarioAsync(TimeSpan mionSkew, TimeSpan machineSkew)
    {
        MionClock.Skew = mionSkew;
        _clocks[^1].Skew = machineSkew;
        (_faultsBefore, HasOverslept) = (Faults.Total, false);
        var lastLogId = await QueryAsync(connection => connection.GetTable<Nop.Core.Domain.Logging.Log>().Max(line => (int?)line.Id) ?? 0);
        var lastMailId = await QueryAsync(connection => connection.GetTable<QueuedEmail>().Max(mail => (int?)mail.Id) ?? 0);
        return new SoakMark(lastLogId, lastMailId, Mion.Sessions.Count);
    }

    internal void Count(string what) => Counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>Lets time go by, once nobody works any more.</summary>
    internal async Task SkipAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        await Mion.CallbacksSettledAsync(cancellationToken);
        await Faults.QuietAsync(cancellationToken);
        Skip(time);
    }

    internal void Skip(TimeSpan time)
    {
        foreach (var clock in _clocks)
            clock.Skip(time);
        MionClock.Skip(time);
    }

    /// <summary>Lets sleepers sleep past their lease while the other workers look, and wakes them.</summary>
    internal async Task WakeSleepersAsync(CancellationToken cancellationToken)
    {
        HasOverslept = true;
        await SkipAsync(_pastLease, cancellationToken);
        for (var machine = 0; machine < Machines; machine++)
            await RunTaskAsync(machine);
        await Faults.WakeAsync(cancellationToken);
        Count("SleepersWoken");
    }

    /// <summary>Mion stops answering: what is told about it from now on.</summary>
    internal async Task<(int LastMailId, DateTime OnUtc)> BeginSilenceAsync() =>
        (await QueryAsync(connection => connection.GetTable<QueuedEmail>().Max(mail => (int?)mail.Id) ?? 0), ShopClock.GetUtcNow().UtcDateTime);

    /// <summary>Whether a silence was told, and once: by a mail since, or by one of the day before that told of the same.</summary>
    internal async Task<IReadOnlyList<string>> FindUntoldSilenceAsync((int LastMailId, DateTime OnUtc) begin, IReadOnlyList<SessionRow> waiting)
    {
        var mails = await QueryAsync(connection => connection.GetTable<QueuedEmail>().Where(mail => mail.Body.Contains("has not answered for hours")).ToList());
        var since = mails.Count(mail => mail.Id > begin.LastMailId);
        if (since > 1 && !WasHit)
            return [$"one silence was told by {since} mails"];
        return waiting.Count > 0 && !mails.Exists(mail => mail.Id > begin.LastMailId || mail.CreatedOnUtc > begin.OnUtc.AddDays(-1))
            ? [$"Mion was silent for hours, and nobody was told: {string.Join("; ", waiting)}"]
            : [];
    }

    /// <summary>The mails that the shop has queued since.</summary>
    internal Task<List<QueuedEmail>> GetMailsAsync(SoakMark since) => QueryAsync(connection =>
        connection.GetTable<QueuedEmail>().Where(mail => mail.Id > since.LastMailId).OrderBy(mail => mail.Id).ToList());

    internal Task<T> QueryAsync<T>(Func<DataConnection, T> query) => Faults.ExemptAsync(() =>
    {
        using var connection = new DataConnection(Database.Options);
        return Task.FromResult(query(connection));
    });

    internal Task ExecuteAsync(string sql) => QueryAsync(connection => connection.Execute(Database.InDialect(sql)));

    internal Task<IReadOnlyList<SessionRow>> GetSessionsAsync(string condition = "1 = 1") => QueryAsync<IReadOnlyList<SessionRow>>(connection =>
        [.. connection.Query<SessionRow>(Database.InDialect($"{SessionRow.Query} WHERE {condition}"))]);

    internal Task<IReadOnlyList<SessionRow>> GetSessionsAsync(int orderId) => GetSessionsAsync($"\"OrderId\" = {orderId} ORDER BY \"Attempt\"");

    /// <summary>The charge of an amount without an order, or none.</summary>
    internal Task<IReadOnlyList<SessionRow>> GetChargeAsync(string chargeKey) => GetSessionsAsync($"\"Reference\" = 'till-{chargeKey}'");

    internal Task<Order> GetOrderAsync(int orderId) => Faults.ExemptAsync(() => _shops[0].GetOrderAsync(orderId));

    /// <summary>A merchant's act on an order: one statement on the columns it is about.</summary>
    internal Task<int> ChangeOrderAsync(Func<ITable<Order>, int> change) => QueryAsync(connection => change(connection.GetTable<Order>()));

    internal Task<Order> PlaceOrderAsync(decimal total, string method) => Faults.ExemptAsync(() => _shops[0].InScopeAsync(async services =>
    {
        var order = new Order
        {
            OrderGuid = Guid.NewGuid(),
            StoreId = 1,
            CustomerId = _customer!.Id,
            OrderTotal = total,
            CustomerCurrencyCode = "EUR",
            CurrencyRate = 1,
            OrderStatus = OrderStatus.Pending,
            PaymentStatus = PaymentStatus.Pending,
            ShippingStatus = ShippingStatus.NotYetShipped,
            PaymentMethodSystemName = method,
            CustomOrderNumber = string.Empty,
            CreatedOnUtc = ShopClock.GetUtcNow().UtcDateTime
        };
        await services.GetRequiredService<IRepository<Order>>().InsertAsync(order);
        return order;
    }));

    /// <summary>The shopper is sent to pay, as at the end of checkout; never throws, wherever the plugin sends them.</summary>
    /// <param name="calculated">The total as it was calculated, of which the database keeps four decimals: in memory an order that was just placed has it.</param>
    internal async Task<SoakAnswer> OpenAsync(int machine, int orderId, decimal calculated = 0)
    {
        var answer = SoakAnswer.None;
        await UnlessDeadAsync(_ => Task.Run(async () => answer = await PostProcessAsync(machine, orderId, calculated)));
        return answer;
    }

    private async Task<SoakAnswer> PostProcessAsync(int machine, int orderId, decimal calculated)
    {
        var shop = _shops[machine % Machines];
        await using var scope = shop.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(_shops[0].BaseAddress.Authority);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var order = await GetOrderAsync(orderId);
        // nopCommerce asks the method that the order names now
        if (order.PaymentMethodSystemName != MionMethod)
            return SoakAnswer.None;
        if (order.OrderTotal == decimal.Round(calculated, 4, MidpointRounding.AwayFromZero))
            order.OrderTotal = calculated;
        try
        {
            var method = shop.Services.GetRequiredService<LoadedPlugin>().CreatePaymentMethod(scope.ServiceProvider);
            await method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
        }
        catch (IOException) when (WasHit)
        {
            // the checkout of a shop whose database fails fails
            return SoakAnswer.None;
        }

        if (context.Response.StatusCode != StatusCodes.Status302Found && !WasHit)
            UnexpectedAnswers.Enqueue($"checkout answered {context.Response.StatusCode}");
        return new SoakAnswer(context.Response.StatusCode, context.Response.Headers.Location.ToString(), string.Empty);
    }

    internal Task<SoakAnswer> GetAsync(int machine, string path) => CallAsync(token => _clients[machine % Machines].GetAsync(path, token));

    internal Task<SoakAnswer> PostAsync(int machine, string path, byte[] body) => CallAsync(async token =>
    {
        using var content = new ByteArrayContent(body);
        return await _clients[machine % Machines].PostAsync(path, content, token);
    });

    /// <summary>Somebody in the admin area does something.</summary>
    internal Task<SoakAnswer> AdminAsync(int machine, Func<SoakAdmin, CancellationToken, Task<HttpResponseMessage>> act) =>
        CallAsync(token => act(_admins[machine % Machines], token));

    /// <summary>The orders' customer wants the order of a session back.</summary>
    internal Task<SoakAnswer> TakeBackAsync(int machine, int sessionId) =>
        CallAsync(token => _shoppers[machine % Machines].SubmitAsync("/", $"/mion/payment/{sessionId}/change", cancellationToken: token));

    internal async Task RunTaskAsync(int machine = 0)
    {
        await ExecuteAsync("""UPDATE "ScheduleTask" SET "LastStartUtc" = NULL""");
        await UnlessDeadAsync(async token =>
        {
            using var content = new FormUrlEncodedContent([new("taskType", PollTask)]);
            using var response = await _clients[machine % Machines].PostAsync("scheduletask/runtask", content, token);
        });
    }

    private ShopDatabase Database => _shops[0].Services.GetRequiredService<ShopDatabase>();

    private async Task StartShopAsync(CancellationToken cancellationToken)
    {
        _clocks.Add(_clocks.Count == 0 ? ShopClock : new SoakClock());
        var shop = await DemoShop.StartAsync(new DemoShopOptions
        {
            DatabaseFile = _file,
            Server = _server,
            StoreUrl = _shops.FirstOrDefault()?.BaseAddress.ToString(),
            TimeProvider = _clocks[^1],
            DatabaseTime = ShopClock,
            StatementHook = Faults.OnStatementAsync,
            QueryHook = Faults.OnQuery,
            ConfigureServices = services => ShopCalls.Wrap(services, Faults),
            Settings = DemoSettings.For(Mion.BaseAddress)
        }, cancellationToken);
        _shops.Add(shop);
        _clients.Add(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = shop.BaseAddress,
            Timeout = Timeout.InfiniteTimeSpan
        });
        var admin = new SoakAdmin(shop.BaseAddress);
        _admins.Add(admin);
        _customer ??= await shop.InScopeAsync(services => services.GetRequiredService<CustomerService>().InsertGuestAsync());
        _shoppers.Add(new Shopper(shop.BaseAddress));
        _shoppers[^1].Client.DefaultRequestHeaders.Add("Cookie", $".Nop.Customer={_customer.CustomerGuid}");
        await admin.LogInAsync(cancellationToken);
    }

    private async Task<SoakAnswer> CallAsync(Func<CancellationToken, Task<HttpResponseMessage>> call)
    {
        var answer = SoakAnswer.None;
        await UnlessDeadAsync(async token => answer = await LookAtAsync(call(token)));
        return answer;
    }

    private async Task<SoakAnswer> LookAtAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        var body = await response.Content.ReadAsStringAsync();
        // 503 is what the webhook answers, by design, where Mion cannot be asked
        if ((int)response.StatusCode is >= 500 and not 503 && !WasHit)
            UnexpectedAnswers.Enqueue($"{(int)response.StatusCode} for {response.RequestMessage?.Method}, with nothing of the shop broken");
        if (InputFuzz.FindException(body) is { } shown)
            UnexpectedAnswers.Enqueue($"an answer of {(int)response.StatusCode} shows an exception: {shown}");
        return new SoakAnswer((int)response.StatusCode, response.Headers.Location?.ToString() ?? string.Empty, body);
    }

    /// <summary>Waits for a call, but not for one whose worker has died.</summary>
    private async Task UnlessDeadAsync(Func<CancellationToken, Task> call)
    {
        var deaths = Faults.Deaths;
        using var limit = new CancellationTokenSource(_longestCall);
        var work = call(limit.Token);
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(_afterDeath));
            if (Faults.Deaths == deaths && !limit.IsCancellationRequested)
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
