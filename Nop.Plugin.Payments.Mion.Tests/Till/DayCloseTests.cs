using LinqToDB;
using Microsoft.Extensions.DependencyInjection;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// Every payment at the till is in exactly one close, and what a close adds up to is what its rows say: with two machines on one
/// database, late payments, and a worker that dies or sleeps behind any statement.
/// </summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public class DayCloseTests(DatabaseKind kind)
{
    private static readonly TillOrigin _one = new(SecretToken.Create(), "One", 7);

    private readonly List<DemoShop> _shops = [];
    private readonly Dictionary<int, string> _asTheyStood = [];
    private DemoShop _here = null!;
    private DemoShop _there = null!;
    private StatementHook? _hook;
    private StatementHook? _hookThere;
    private string? _file;

    [SetUp]
    public async Task StartAsync()
    {
        _asTheyStood.Clear();
        _hook = _hookThere = null;
        _file = kind == DatabaseKind.Sqlite ? Path.Combine(Path.GetTempPath(), $"mion-day-{Guid.NewGuid():N}.sqlite") : null;
        if (_file is not null)
            File.Copy(await ReadyShops.GetAsync("EUR", onePageCheckout: false, secondStore: false), _file);
        var server = kind == DatabaseKind.Sqlite ? null : await Databases.CreateAsync(kind);
        _here = await StartShopAsync(server, (sql, execute) => _hook is { } hook ? hook(sql, execute) : execute());
        _there = await StartShopAsync(server, (sql, execute) => _hookThere is { } hook ? hook(sql, execute) : execute());
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var shop in _shops)
            await shop.DisposeAsync();
        _shops.Clear();
        if (_file is not null)
        {
            foreach (var path in new[] { _file, _file + "-wal", _file + "-shm" })
                File.Delete(path);
        }
    }

    [Test]
    public async Task Of_many_who_close_at_once_all_get_the_same_close()
    {
        for (var number = 1; number <= 5; number++)
        {
            var paid = await ChargeAsync(number * 100);
            await PayAsync(paid);
            var late = await ChargeAsync(1);

            var closing = Enumerable.Range(0, 8).Select(worker => CloseAsync(worker % 2 == 0 ? _here : _there, number)).ToList();
            await PayAsync(late);
            var made = await Task.WhenAll(closing);

            Assert.That(made.Select(close => close!.Id).Distinct().Count(), Is.EqualTo(1), $"number {number}");
            await AssertEachIsInOneAsync();
        }

        Assert.That((await ClosesAsync()).Select(close => close.Number), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Behind_whatever_statement_a_worker_dies_the_next_one_finishes_its_close(bool isExecuted)
    {
        var number = 0;
        var statements = 0;
        for (var hasDied = true; hasDied;)
        {
            (number, statements, hasDied) = (number + 1, statements + 1, false);
            await PayAsync(await ChargeAsync(100 + number));
            _hook = Death(statements, isExecuted);
            try
            {
                await CloseAsync(_here, number);
            }
            catch (DeathException)
            {
                hasDied = true;
            }

            _hook = null;
            await PayAsync(await ChargeAsync(1));
            var close = await CloseAsync(_there, number);

            Assert.That(close!.Number, Is.EqualTo(number), $"statement {statements}");
            await AssertEachIsInOneAsync();
        }

        Assert.That(statements, Is.GreaterThanOrEqualTo(4), "begun, taken, finished, and once without a death");
        Assert.That(await UnclosedAsync(), Is.EqualTo(new Tally(1, 1)), "paid after the last close, which nothing held up");
    }

    [Test]
    public async Task Behind_whatever_statement_a_worker_sleeps_it_changes_no_close_that_another_one_has_made()
    {
        for (var statement = 1; statement <= 3; statement++)
        {
            await PayAsync(await ChargeAsync(100));
            var sleep = new Sleep(_ => true, statement);
            _hook = sleep.AfterAsync;
            var sleeper = CloseAsync(_here, statement);
            await sleep.FellAsleep;
            await PayAsync(await ChargeAsync(10));
            var made = await CloseAsync(_there, statement);
            // the sleeper finds this one when it wakes, and must not take it into what is made already
            await PayAsync(await ChargeAsync(1));
            sleep.Wake();

            Assert.That((await sleeper)!.Id, Is.EqualTo(made!.Id), $"statement {statement}");
            await AssertEachIsInOneAsync();
            Assert.That((await UnclosedAsync()).Count, Is.GreaterThanOrEqualTo(1), $"statement {statement}");
        }

        _hook = null;
        await CloseAsync(_there, 4);
        await AssertEachIsInOneAsync();
        Assert.That(await UnclosedAsync(), Is.EqualTo(Tally.None));
    }

    [Test]
    public async Task A_worker_that_was_slow_takes_nothing_from_the_one_who_took_its_close_over()
    {
        await PayAsync(await ChargeAsync(100));
        var (begun, added, tried) = (new Sleep(_ => true, 1), new Sleep(IsFinish, 1), new Sleep(IsFinish, 1));
        (_hook, _hookThere) = (begun.AfterAsync, added.BeforeAsync);
        var slow = CloseAsync(_here, 1);
        await begun.FellAsleep;
        var taking = CloseAsync(_there, 1);
        await added.FellAsleep;

        // it takes what it finds, and cannot finish; the other one has added up, and can
        _hook = tried.AfterAsync;
        begun.Wake();
        await tried.FellAsleep;
        added.Wake();
        var made = await taking;
        tried.Wake();

        Assert.That(((await slow)!.ReceivedCents, made!.ReceivedCents), Is.EqualTo((100, 100)));
        await AssertEachIsInOneAsync();
    }

    [Test]
    public async Task Whatever_happens_in_whatever_order([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        var unpaid = new List<int>();
        for (var step = 0; step < 30; step++)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    unpaid.Add(await ChargeAsync(random.Next(1, 100_00), random.Next(3)));
                    break;
                case 2 or 3 when unpaid.Count > 0:
                    // an old one as well as a new one: late payments
                    var paid = unpaid[random.Next(unpaid.Count)];
                    unpaid.Remove(paid);
                    await PayAsync(paid, random.Next(4) == 0 ? PaymentSessionState.NeedsPerson : PaymentSessionState.Paid);
                    break;
                case 4:
                    await CloseBadlyAsync(random.Next(1, 5), random.Next(2) == 0);
                    break;
                case 5:
                    var number = (await InScopeAsync<DayClosing, DayReading>(_there, closing => closing.ReadAsync(1, tillName: null))).NextNumber;
                    var charged = await ChargeAsync(5);
                    await Task.WhenAll(CloseAsync(_here, number), CloseAsync(_there, number), PayAsync(charged));
                    break;
            }

            await AssertEachIsInOneAsync();
        }

        var last = (await InScopeAsync<DayClosing, DayReading>(_there, closing => closing.ReadAsync(1, tillName: null))).NextNumber;
        await CloseAsync(_there, last);
        await AssertEachIsInOneAsync();
        Assert.That(await UnclosedAsync(), Is.EqualTo(Tally.None));
    }

    [Test]
    public async Task A_close_that_is_made_cannot_be_taken_over_finished_again_or_begun_again()
    {
        await PayAsync(await ChargeAsync(100));
        var made = (await CloseAsync(_here, 1))!;
        var other = new MionTillClose { StoreId = 1, Number = 1, Token = Guid.NewGuid(), ClosedOnUtc = DateTime.UtcNow, ReceivedCents = 5 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await InScopeAsync<DayCloseStore, bool>(_there, store => store.TryTakeOverAsync(made, other)), Is.False);
            Assert.That(await InScopeAsync<DayCloseStore, bool>(_there, store => store.TryFinishAsync(made)), Is.False);
            Assert.That(await InScopeAsync<DayCloseStore, bool>(_there, store => store.TryBeginAsync(other)), Is.False);
            Assert.That(await CloseAsync(_there, 3), Is.Null, "number 2 is not made");
            Assert.That(await CloseAsync(_there, 0), Is.Null);
        }
    }

    [Test]
    public async Task Each_store_counts_for_itself()
    {
        await PayAsync(await ChargeAsync(100));
        await PayAsync(await ChargeAsync(200, storeId: 2));

        var (first, second) = (await CloseAsync(_here, 1), await CloseAsync(_here, 1, storeId: 2));

        Assert.That((first!.Number, first.ReceivedCents, second!.Number, second.ReceivedCents), Is.EqualTo((1, 100L, 1, 200L)));
    }

    [Test]
    public async Task What_is_paid_after_the_close_belongs_to_the_next_and_is_named()
    {
        var late = await ChargeAsync(700);
        await CloseAsync(_here, 1);
        await PayAsync(late);
        await PayAsync(await ChargeAsync(50));

        var sums = DayClosing.ReadSums((await CloseAsync(_there, 2))!);

        Assert.That((sums.Received(), sums.Late), Is.EqualTo((new Tally(2, 750), new Tally(1, 700))));
        Assert.That(sums.LateCharges.Select(charge => charge.Id), Is.EqualTo(new[] { late }));
        Assert.That(sums.Charged, Is.EqualTo(new Tally(1, 50)), "made since the close");
    }

    private async Task CloseBadlyAsync(int statement, bool isExecuted)
    {
        var number = (await InScopeAsync<DayClosing, DayReading>(_there, closing => closing.ReadAsync(1, tillName: null))).NextNumber;
        _hook = Death(statement, isExecuted);
        try
        {
            await CloseAsync(_here, number);
        }
        catch (DeathException)
        {
            // whoever closes next goes on with it
        }

        _hook = null;
    }

    private static bool IsFinish(string sql) => sql.Contains(nameof(MionTillClose.ReceivedCents), StringComparison.Ordinal);

    /// <summary>The death of a worker at one of its changing statements: none follows.</summary>
    private static StatementHook Death(int statement, bool isExecuted) => async (_, execute) =>
    {
        var left = Interlocked.Decrement(ref statement);
        if (left > 0 || left == 0 && isExecuted)
            await execute();
        if (left <= 0)
            throw new DeathException();
    };

    private async Task AssertEachIsInOneAsync()
    {
        var rows = await InScopeAsync<IRepository<MionPaymentSession>, List<MionPaymentSession>>(_there, sessions => sessions.Table.ToListAsync());
        var paid = rows.Where(row => row.PaidOnUtc is not null && row.StoreId == 1).ToList();
        var closes = (await ClosesAsync()).Where(close => close.ClosedOnUtc is not null).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(closes.Select(close => close.Number), Is.EqualTo(Enumerable.Range(1, closes.Count)));
            foreach (var close in closes)
            {
                var sums = DayClosing.ReadSums(close);
                var its = paid.Where(row => row.DayCloseToken == close.Token).ToList();
                Assert.That(new Tally(close.ReceivedCount, close.ReceivedCents), Is.EqualTo(Tally.Of(its)), $"close {close.Number}");
                Assert.That(sums.Received(), Is.EqualTo(Tally.Of(its)), $"close {close.Number}");
                Assert.That(sums.Tips, Is.EqualTo(new Tally(its.Count(row => row.TipCents > 0), its.Sum(row => row.TipCents))), $"close {close.Number}: apart from what was received");
                Assert.That(sums.TipShares.Select(share => (share.Name, share.Sum.Cents)), Is.EquivalentTo(its.Where(row => row.TipCents > 0)
                    .GroupBy(row => $"{row.AssistantId}").Select(assistant => (assistant.Key, assistant.Sum(row => row.TipCents)))), $"close {close.Number}");
                foreach (var shares in new[] { sums.Methods, sums.Assistants, sums.Tills })
                    Assert.That(new Tally(shares.Sum(share => share.Sum.Count), shares.Sum(share => share.Sum.Cents)), Is.EqualTo(sums.Received()), $"close {close.Number}");
                Assert.That(_asTheyStood.TryAdd(close.Number, close.Sums) || _asTheyStood[close.Number] == close.Sums, Is.True, $"close {close.Number} as it stood");
            }

            var unclosed = await UnclosedAsync();
            Assert.That((closes.Sum(close => close.ReceivedCount) + unclosed.Count, closes.Sum(close => close.ReceivedCents) + unclosed.Cents),
                Is.EqualTo((paid.Count, paid.Sum(row => row.AmountCents))), "every payment in exactly one");
        }
    }

    private async Task<Tally> UnclosedAsync() =>
        (await InScopeAsync<DayClosing, DayReading>(_there, closing => closing.ReadAsync(1, tillName: null))).Sums.Received();

    private Task<List<MionTillClose>> ClosesAsync() => InScopeAsync<IRepository<MionTillClose>, List<MionTillClose>>(_there,
        closes => closes.Table.Where(close => close.StoreId == 1).OrderBy(close => close.Number).ToListAsync());

    private Task<MionTillClose?> CloseAsync(DemoShop shop, int number, int storeId = 1) =>
        Task.Run(() => InScopeAsync<DayClosing, MionTillClose?>(shop, closing => closing.CloseAsync(storeId, number, _one)));

    private Task<int> ChargeAsync(long cents, int till = 0, int storeId = 1) => InScopeAsync<IRepository<MionPaymentSession>, int>(_there, async sessions =>
    {
        var charge = Some.Session();
        (charge.Id, charge.OrderId, charge.StoreId, charge.IsTill, charge.AmountCents) = (0, 0, storeId, true, cents);
        (charge.Reference, charge.Token, charge.WebhookToken) = (SecretToken.Create(), SecretToken.Create(), SecretToken.Create());
        charge.TipCents = cents % 3 == 0 ? cents / 3 : 0;
        (charge.TillName, charge.AssistantId) = (till == 0 ? "" : $"Till {till}", till == 0 ? null : till);
        await sessions.InsertAsync(charge);
        return charge.Id;
    });

    private Task<int> PayAsync(int id, PaymentSessionState state = PaymentSessionState.Paid) => InScopeAsync<IRepository<MionPaymentSession>, int>(_there, sessions =>
        sessions.Table.Where(session => session.Id == id)
            .Set(session => session.StateId, (int)state)
            .Set(session => session.PaymentMethod, "lightning")
            .Set(session => session.PaidOnUtc, (DateTime?)DateTime.UtcNow)
            .UpdateAsync());

    private static Task<TResult> InScopeAsync<T, TResult>(DemoShop shop, Func<T, Task<TResult>> work) where T : notnull =>
        shop.InScopeAsync(services => work(services.GetRequiredService<T>()));

    private async Task<DemoShop> StartShopAsync(ServerDatabase? server, StatementHook? hook)
    {
        var shop = await DemoShop.StartAsync(new DemoShopOptions { Server = server, DatabaseFile = _file, StatementHook = hook, TimeProvider = new ShortPauses() });
        _shops.Add(shop);
        return shop;
    }

    /// <summary>A sleep of one worker around one of its changing statements.</summary>
    private sealed class Sleep(Func<string, bool> isWhere, int statement)
    {
        private readonly TaskCompletionSource _fellAsleep = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = statement;

        public Task FellAsleep => _fellAsleep.Task;

        public void Wake() => _awake.SetResult();

        public async Task AfterAsync(string sql, Func<Task> execute)
        {
            await execute();
            await FallAsleepAsync(sql);
        }

        public async Task BeforeAsync(string sql, Func<Task> execute)
        {
            await FallAsleepAsync(sql);
            await execute();
        }

        private async Task FallAsleepAsync(string sql)
        {
            if (!isWhere(sql) || Interlocked.Decrement(ref _left) != 0)
                return;
            _fellAsleep.SetResult();
            await _awake.Task;
        }
    }

    /// <summary>The machine's clock, by which a pause takes a twentieth of its time: two seconds pass before a close is taken over.</summary>
    private sealed class ShortPauses : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 20 : dueTime, period);
    }

    private sealed class DeathException : Exception;
}
