using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Check;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Two shops on one database, as on two machines; one of them is killed in the middle of confirming.
/// </summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.Servers))]
[NonParallelizable]
public class TwoMachinesTests(DatabaseKind kind)
{
    private MionStandIn _mion = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await Databases.CreateAsync(kind);
        _mion = await MionStandIn.StartAsync(new MionStandInOptions { ProcessingStep = Timeout.InfiniteTimeSpan });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_mion is not null)
            await _mion.DisposeAsync();
    }

    [Test]
    public async Task Both_confirm_at_once_and_the_order_is_paid_once()
    {
        var database = await Databases.CreateAsync(kind);
        await using var one = await StartShopAsync(database);
        await using var other = await StartShopAsync(database);
        for (var round = 0; round < 5; round++)
        {
            var (order, session) = await OpenAsync(one);
            _mion.PayByLightning(session.PaymentSessionId);

            await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => new[] { CallAsync(one.BaseAddress, session), CallAsync(other.BaseAddress, session) }));

            Assert.That((await one.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
            Assert.That(one.PaidOrders.Concat(other.PaidOrders).Count(id => id == order.Id), Is.EqualTo(1), "reported as paid");
        }
    }

    [Test]
    public async Task Each_confirms_another_session_of_the_order_and_it_is_paid_once()
    {
        var database = await Databases.CreateAsync(kind);
        await using var one = await StartShopAsync(database);
        await using var other = await StartShopAsync(database);
        for (var round = 0; round < 10; round++)
        {
            var (order, first) = await OpenAsync(one);
            _mion.Expire(first.PaymentSessionId);
            await CallAsync(one.BaseAddress, first);
            var second = (await other.InScopeAsync(services => services.GetRequiredService<CheckoutOpening>().TryOpenAsync(order))).Session!;
            _mion.PayLate(first.PaymentSessionId);
            _mion.PayByLightning(second.PaymentSessionId);

            await Task.WhenAll(CallAsync(one.BaseAddress, first), CallAsync(other.BaseAddress, second));

            var states = await one.InScopeAsync(services => services.GetRequiredService<PaymentSessionStore>().GetByOrderAsync(order.Id));
            Assert.That(one.PaidOrders.Concat(other.PaidOrders).Count(id => id == order.Id), Is.EqualTo(1), "reported as paid");
            Assert.That(states.Select(session => session.State), Is.EquivalentTo(new[] { PaymentSessionState.Paid, PaymentSessionState.NeedsPerson }));
            Assert.That(states.Select(session => session.ReviewReason), Has.One.EqualTo(ReviewReason.PaidTwice));
        }
    }

    [Test]
    public async Task Of_many_who_claim_at_a_time_one_gets_it()
    {
        var database = await Databases.CreateAsync(kind);
        var time = new SkippingClock();
        await using var one = await StartShopAsync(database, databaseTime: time);
        await using var other = await StartShopAsync(database, databaseTime: time);
        var (_, session) = await OpenAsync(one);
        for (var round = 0; round < 20; round++)
        {
            time.Skip(TimeSpan.FromMinutes(6));
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => (worker % 2 == 0 ? one : other).InScopeAsync(services =>
                services.GetRequiredService<PaymentSessionStore>().TryClaimAsync(session.Id, Guid.NewGuid(), TimeSpan.FromMinutes(5))))));

            Assert.That(won.Count(isWon => isWon), Is.EqualTo(1), $"round {round}");
        }
    }

    [Test]
    public async Task A_claim_left_by_a_killed_process_is_taken_over_when_its_lease_is_over()
    {
        var database = await Databases.CreateAsync(kind);
        var clock = new SkippingClock();
        await using var survivor = await StartShopAsync(database, clock);
        var (order, session) = await OpenAsync(survivor);
        using (var doomed = await ShopProcess.StartAsync(database, _mion.BaseAddress, Setting("ClaimToken")))
        {
            _mion.PayByLightning(session.PaymentSessionId);
            var call = CallAsync(doomed.BaseAddress, session);
            await doomed.StandsStillAsync();
            doomed.Kill();
            await call;
        }

        await CallAsync(survivor.BaseAddress, session);
        Assert.That((await survivor.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending), "the dead process holds the claim");

        clock.Skip(MionDefaults.ApplyLease + TimeSpan.FromMinutes(1));
        await survivor.RunTaskAsync(MionDefaults.PollTaskType);

        Assert.That((await survivor.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(survivor.PaidOrders, Is.EqualTo(new[] { order.Id }));
    }

    [Test]
    public async Task A_process_killed_after_saving_the_order_does_not_get_it_paid_again_and_a_person_is_told()
    {
        var database = await Databases.CreateAsync(kind);
        var clock = new SkippingClock();
        await using var survivor = await StartShopAsync(database, clock);
        var (order, session) = await OpenAsync(survivor);
        using (var doomed = await ShopProcess.StartAsync(database, _mion.BaseAddress, Setting("PaidDateUtc")))
        {
            _mion.PayByLightning(session.PaymentSessionId);
            var call = CallAsync(doomed.BaseAddress, session);
            await doomed.StandsStillAsync();
            doomed.Kill();
            await call;
        }

        clock.Skip(MionDefaults.ApplyLease + TimeSpan.FromMinutes(1));
        await survivor.RunTaskAsync(MionDefaults.PollTaskType);

        var settled = await survivor.InScopeAsync(services => services.GetRequiredService<PaymentSessionStore>().GetByIdAsync(session.Id));
        Assert.That((await survivor.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(settled!.State, Is.EqualTo(PaymentSessionState.Paid));
        Assert.That(survivor.PaidOrders, Is.Empty, "it is not for the plugin to repeat what other plugins may have acted on");
        Assert.That(await survivor.GetNotesAsync(order.Id), Has.One.Contains("stopped in the middle"));
    }

    [Test]
    public async Task A_machine_whose_clock_is_ahead_takes_no_claim_before_its_time()
    {
        var database = await Databases.CreateAsync(kind);
        var (databaseTime, ahead, sleeper) = (new SkippingClock(), new SkippingClock(), new Sleeper(sql => sql.Contains(Setting("ClaimToken"), StringComparison.Ordinal)));
        ahead.Skip(TimeSpan.FromMinutes(6));
        await using var one = await StartShopAsync(database, databaseTime: databaseTime, hook: sleeper.HookAsync);
        await using var other = await StartShopAsync(database, ahead, databaseTime);
        var (order, session) = await OpenAsync(other);
        _mion.PayByLightning(session.PaymentSessionId);

        sleeper.IsWanted = true;
        var asleep = CallAsync(one.BaseAddress, session);
        await sleeper.FellAsleep;
        await CallAsync(other.BaseAddress, session);
        Assert.That((await one.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending), "it is in other hands");
        sleeper.Wake();
        await asleep;

        Assert.That((await one.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That(one.PaidOrders.Concat(other.PaidOrders), Is.EqualTo(new[] { order.Id }));
    }

    [TestCase("ClaimToken", TestName = "A_worker_that_slept_past_its_lease_after_its_claim_stops")]
    [TestCase("OrderClaimToken", TestName = "A_worker_that_slept_past_its_lease_after_its_claim_on_the_order_stops")]
    public async Task A_worker_that_slept_past_its_lease_stops(string column)
    {
        var (order, paid, notes) = await OversleepAsync(Setting(column));

        Assert.That(paid, Is.EqualTo(new[] { order }), "reported as paid");
        Assert.That(notes, Has.None.Contains("twice"));
    }

    [Test]
    public async Task A_worker_that_slept_past_its_lease_stops_while_the_next_one_is_about_to_mark()
    {
        var database = await Databases.CreateAsync(kind);
        var databaseTime = new SkippingClock();
        var (first, next) = (Sleep(Setting("ClaimToken")), Sleep(Setting("CaptureTransactionId")));
        await using var one = await StartShopAsync(database, databaseTime: databaseTime, hook: first.HookAsync);
        await using var other = await StartShopAsync(database, databaseTime: databaseTime, hook: next.HookAsync);
        var (order, session) = await OpenAsync(one);
        _mion.PayByLightning(session.PaymentSessionId);
        first.IsWanted = next.IsWanted = true;
        var asleep = CallAsync(one.BaseAddress, session);
        await first.FellAsleep;
        databaseTime.Skip(MionDefaults.ApplyLease + TimeSpan.FromMinutes(1));
        var marking = CallAsync(other.BaseAddress, session);
        await next.FellAsleep;

        first.Wake();
        await asleep;
        Assert.That((await one.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending), "it is in other hands");
        next.Wake();
        await marking;

        Assert.That(one.PaidOrders.Concat(other.PaidOrders), Is.EqualTo(new[] { order.Id }));

        static Sleeper Sleep(string statement) => new(sql => sql.Contains(statement, StringComparison.Ordinal));
    }

    [Test]
    public async Task Where_nopCommerce_itself_can_be_overtaken_a_person_is_told()
    {
        // between the order's stamp and nopCommerce's own statement: nothing of ours stands there any more
        var (_, paid, notes) = await OversleepAsync("UPDATE" + Environment.NewLine + "\t" + Databases.Quote(kind, "Order"));

        Assert.That(paid, Has.Count.LessThanOrEqualTo(2));
        Assert.That(notes, Has.One.Contains("went out twice"));
    }

    [Test]
    public async Task Behind_whatever_line_a_worker_sleeps_past_its_lease_the_order_is_paid_once_or_a_person_is_told()
    {
        var database = await Databases.CreateAsync(kind);
        var (databaseTime, ahead) = (new SkippingClock(), new SkippingClock());
        ahead.Skip(TimeSpan.FromMinutes(6));
        Sleeper? sleeper = null;
        await using var one = await StartShopAsync(database, databaseTime: databaseTime, hook: (sql, execute) => sleeper is null ? execute() : sleeper.HookAsync(sql, execute));
        await using var other = await StartShopAsync(database, ahead, databaseTime);
        var lines = 0;
        while (true)
        {
            var (order, session) = await OpenAsync(other);
            _mion.PayByLightning(session.PaymentSessionId);
            var left = ++lines;
            sleeper = new Sleeper(_ => Interlocked.Decrement(ref left) == 0) { IsWanted = true };
            var asleep = CallAsync(one.BaseAddress, session);
            if (await Task.WhenAny(asleep, sleeper.FellAsleep) == asleep)
                break;
            databaseTime.Skip(MionDefaults.ApplyLease + TimeSpan.FromMinutes(1));
            await CallAsync(other.BaseAddress, session);
            sleeper.Wake();
            await asleep;

            var reported = one.PaidOrders.Concat(other.PaidOrders).Count(id => id == order.Id);
            Assert.That((await other.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid), $"line {lines}");
            Assert.That(reported == 1 || reported == 2 && (await other.GetNotesAsync(order.Id)).Any(note => note.Contains("went out twice", StringComparison.Ordinal)), Is.True, $"line {lines}: reported {reported} times");
            var row = await other.InScopeAsync(services => services.GetRequiredService<PaymentSessionStore>().GetByIdAsync(session.Id));
            Assert.That(row!.State, Is.EqualTo(PaymentSessionState.Paid), $"line {lines}");
        }

        Assert.That(lines, Is.GreaterThan(10), "claim, order's claim, renewal, stamp, nopCommerce's own, completion, note, settlement, history");
    }

    private async Task<(int OrderId, IReadOnlyList<int> Paid, IReadOnlyList<string> Notes)> OversleepAsync(string statement)
    {
        var database = await Databases.CreateAsync(kind);
        var (databaseTime, sleeper) = (new SkippingClock(), new Sleeper(sql => sql.Contains(statement, StringComparison.Ordinal)));
        await using var one = await StartShopAsync(database, databaseTime: databaseTime, hook: sleeper.HookAsync);
        await using var other = await StartShopAsync(database, databaseTime: databaseTime);
        var (order, session) = await OpenAsync(one);
        _mion.PayByLightning(session.PaymentSessionId);
        sleeper.IsWanted = true;
        var asleep = CallAsync(one.BaseAddress, session);
        await sleeper.FellAsleep;
        databaseTime.Skip(MionDefaults.ApplyLease + TimeSpan.FromMinutes(1));
        await CallAsync(other.BaseAddress, session);
        Assert.That((await other.GetOrderAsync(order.Id)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        sleeper.Wake();
        await asleep;
        return (order.Id, [.. one.PaidOrders, .. other.PaidOrders], await one.GetNotesAsync(order.Id));
    }

    /// <summary>Falls asleep once, after a changing statement.</summary>
    private sealed class Sleeper(Func<string, bool> isWhere)
    {
        private readonly TaskCompletionSource _fellAsleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsWanted;

        public Task FellAsleep => _fellAsleep.Task;

        public void Wake() => _awake.SetResult();

        public async Task HookAsync(string sql, Func<Task> execute)
        {
            await execute();
            if (!IsWanted || !isWhere(sql) || !_fellAsleep.TrySetResult())
                return;
            await _awake.Task;
        }
    }

    [Test]
    public async Task The_due_sessions_are_shared_between_two_workers()
    {
        var database = await Databases.CreateAsync(kind);
        await using var one = await StartShopAsync(database);
        await using var other = await StartShopAsync(database);
        for (var i = 0; i < 30; i++)
            await OpenAsync(one);

        var later = DateTime.UtcNow.AddHours(1);
        var taken = await Task.WhenAll(new[] { one, other, one, other }.Select(shop => shop.InScopeAsync(services =>
            services.GetRequiredService<PaymentSessionStore>().TakeDueAsync(later, 100, PaymentPollService.Lease))));

        Assert.That(taken.SelectMany(batch => batch).Select(session => session.Id), Is.Unique.And.Exactly(30).Items);
    }

    [Test]
    public async Task The_sessions_that_are_due_are_found_by_an_index_among_a_hundred_thousand_closed_ones()
    {
        Assume.That(kind, Is.Not.EqualTo(DatabaseKind.SqlServer), "SQL Server tells its plan in another way.");
        await using var shop = await StartShopAsync(await Databases.CreateAsync(kind));
        await OpenAsync(shop);
        var database = shop.Services.GetRequiredService<ShopDatabase>();
        using var connection = new DataConnection(database.Options);
        connection.Execute(database.InDialect(ManyClosedSessions + (kind == DatabaseKind.MySql ? "seq_1_to_110000" : "generate_series(1, 110000) AS seq")));
        connection.Execute(database.InDialect($"ANALYZE {(kind == DatabaseKind.MySql ? "TABLE" : "")} \"MionPaymentSession\""));

        var plan = string.Join('\n', connection.Query<string>(database.InDialect($"""
            EXPLAIN {(kind == DatabaseKind.MySql ? "FORMAT=JSON" : "")} SELECT "Id" FROM "MionPaymentSession"
            WHERE "NextCheckOnUtc" <= '{DateTime.UtcNow.AddDays(1):yyyy-MM-dd HH:mm:ss}' ORDER BY "NextCheckOnUtc" LIMIT 200
            """)));

        Assert.That(plan, Does.Contain("IX_MionPaymentSession_NextCheckOnUtc").And.Not.Contain("Seq Scan").And.Not.Contain("\"access_type\": \"ALL\""));
        TestContext.Out.WriteLine(plan);
    }

    // copies of the one row that there is, with names of their own
    private const string ManyClosedSessions = """
        INSERT INTO "MionPaymentSession" ("OrderId", "OrderGuid", "StoreId", "Attempt", "Reference", "PaymentSessionId", "Token", "WebhookToken", "AmountCents", "OrderTotal",
            "CurrencyCode", "ExchangeRate", "StateId", "ReviewReasonId", "MionStatus", "FundingStatus", "PaymentMethod", "FundsSeen", "CreatedOnUtc", "ExpiresOnUtc", "CheckFailures", "LastError", "WebhookFailures", "NextCheckOnUtc")
        SELECT seq, "OrderGuid", "StoreId", 1, CONCAT('r', seq), CONCAT('p', seq), CONCAT('t', seq), CONCAT('w', seq), "AmountCents", "OrderTotal", "CurrencyCode", "ExchangeRate",
            CASE WHEN seq <= 100000 THEN 40 ELSE 20 END, 0, '', '', '', false, "CreatedOnUtc", "ExpiresOnUtc", 0, '', 0, CASE WHEN seq <= 100000 THEN NULL ELSE now() END
        FROM "MionPaymentSession",
        """ + " ";

    /// <summary>What a statement that sets a column, or looks for a value in it, has in its text.</summary>
    private string Setting(string column) => $"{Databases.Quote(kind, column)} = {(kind == DatabaseKind.PostgreSql ? ':' : '@')}";

    private Task<DemoShop> StartShopAsync(ServerDatabase database, TimeProvider? clock = null, TimeProvider? databaseTime = null, StatementHook? hook = null) => DemoShop.StartAsync(new DemoShopOptions
    {
        Server = database,
        TimeProvider = clock ?? TimeProvider.System,
        DatabaseTime = databaseTime,
        StatementHook = hook,
        // each test says itself which machine is called: Mion's own calls would get in before them
        Settings = new Dictionary<string, string>(DemoSettings.For(_mion.BaseAddress)) { ["mionsettings.webhooksenabled"] = "false" }
    });

    private static async Task<(Order Order, MionPaymentSession Session)> OpenAsync(DemoShop shop) => await shop.InScopeAsync(async services =>
    {
        var order = new Order
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
        };
        await services.GetRequiredService<IRepository<Order>>().InsertAsync(order);
        var result = await services.GetRequiredService<CheckoutOpening>().TryOpenAsync(order);
        return (order, result.Session!);
    });

    private static async Task CallAsync(Uri shop, MionPaymentSession session)
    {
        using var client = new HttpClient { BaseAddress = shop };
        using var body = new StringContent("{}");
        try
        {
            using var response = await client.PostAsync($"mion/webhook/{session.WebhookToken}", body);
        }
        catch (HttpRequestException)
        {
            // the process was killed
        }
    }
}
