using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>The scheduled task with many sessions.</summary>
[TestFixture]
public sealed class PollTests : ShopFixture
{
    private const int Many = 20;

    [Test]
    public async Task Nothing_is_asked_before_it_is_due()
    {
        await BuyWithSessionAsync();

        await RunPollAsync();
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.Zero);
        Time.Advance(TimeSpan.FromSeconds(61));
        await RunPollAsync();
        await RunPollAsync();

        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(1));
    }

    [Test]
    public async Task Many_are_asked_about_side_by_side_but_not_too_many_at_once()
    {
        await BuyManyAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Operation = MionOperations.GetStatus, Delay = TimeSpan.FromMilliseconds(150) });

        await PollWhenDueAsync();

        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(Many));
        Assert.That(Mion.PeakConcurrency, Is.GreaterThan(1).And.AtMost(StatusReader.ParallelCalls).And.LessThan(Many));
    }

    [Test]
    public async Task Sessions_about_which_there_is_nothing_new_are_recorded_together()
    {
        await BuyManyAsync();
        // the first look finds what Mion says of a session that nobody has paid: that is new
        await PollWhenDueAsync();
        Time.Advance(TimeSpan.FromSeconds(61));
        var before = Statements;

        var (count, failed) = await InScopeAsync<PaymentPollService, (int, int)>(poll => poll.RunAsync());

        Assert.That((count, failed), Is.EqualTo((Many, 0)));
        Assert.That(Statements - before, Is.LessThan(Many), "less than one statement a session");
    }

    [Test]
    public async Task A_batch_is_no_larger_than_it_may_be_and_the_rest_comes_after_it()
    {
        await BuyManyAsync();
        Time.Advance(TimeSpan.FromSeconds(61));

        var batches = new List<IReadOnlyList<MionPaymentSession>>();
        for (var i = 0; i < 4; i++)
            batches.Add(await InScopeAsync<PaymentSessionStore, IReadOnlyList<MionPaymentSession>>(store => store.TakeDueAsync(Time.UtcNow, 7, PaymentPollService.Lease)));

        Assert.That(batches.Select(batch => batch.Count), Is.EqualTo(new[] { 7, 7, 6, 0 }));
        Assert.That(batches.SelectMany(batch => batch).Select(session => session.Id), Is.Unique);
    }

    [Test]
    public async Task Who_pays_at_once_is_seen_by_the_next_run_and_not_by_the_one_after_it()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(11));

        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task One_that_fails_does_not_stop_the_rest()
    {
        var orders = await BuyManyAsync();
        foreach (var session in Mion.Sessions)
            Mion.PayByLightning(session.PaymentSessionId);
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Html, Operation = MionOperations.GetStatus, Count = 1 });

        await PollWhenDueAsync();

        Assert.That(Shop.PaidOrders, Has.Count.EqualTo(Many - 1));
        var failed = orders.Except(Shop.PaidOrders).Single();
        Assert.That(await PaymentStatusAsync(failed), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(failed)).CheckFailures, Is.EqualTo(1));

        Time.Advance(TimeSpan.FromMinutes(3));
        await RunPollAsync();

        Assert.That(Shop.PaidOrders, Is.EquivalentTo(orders));
        Assert.That((await NewestSessionAsync(failed)).LastError, Is.Empty);
    }

    [Test]
    public async Task A_failure_at_Mion_is_no_state_and_one_line_in_the_log()
    {
        var orders = await BuyManyAsync();
        Mion.RotateKey("another-key");

        await PollWhenDueAsync();

        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.One.Contain($"{Many} payment session(s) could not be checked"));
        var session = await NewestSessionAsync(orders[0]);
        Assert.That(session.State, Is.EqualTo(PaymentSessionState.Open));
        Assert.That(session.LastError, Does.Contain("the API key is not accepted"));
    }

    [Test]
    public async Task What_was_paid_while_Mion_could_not_be_asked_is_found_however_long_that_took()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Shop.SetSettingAsync("mionsettings.latepaymentdays", "1");
        Mion.PayByLightning(session.PaymentSessionId);
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 401, Operation = MionOperations.GetStatus });
        for (var day = 0; day < 10; day++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            await RunPollAsync();
        }

        Mion.Faults.Clear();
        Time.Advance(TimeSpan.FromDays(1));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Registrations_that_hang_do_not_keep_payments_waiting()
    {
        await Shop.SetSettingAsync("mionsettings.webhooksenabled", "True");
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.RegisterWebhook, Count = 6 });
        var orders = new List<int>();
        for (var i = 0; i < 6; i++)
            orders.Add((await BuyWithSessionAsync()).Purchase.OrderId);
        await Soon.Async("the registrations have failed", () => Mion.Calls(MionOperations.RegisterWebhook) == 6);
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.NoAnswer, Operation = MionOperations.RegisterWebhook });
        foreach (var order in orders)
            Mion.PayByLightning((await NewestSessionAsync(order)).PaymentSessionId);
        var startedAt = System.Diagnostics.Stopwatch.StartNew();

        await PollWhenDueAsync();

        Assert.That(Shop.PaidOrders, Is.EquivalentTo(orders));
        Assert.That(startedAt.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "six registrations of ten seconds each");
    }

    [Test]
    public async Task A_database_that_fails_does_not_end_the_task()
    {
        await BuyWithSessionAsync();
        Breakages.Database = true;
        await PollWhenDueAsync();
        Breakages.Database = false;

        await PollWhenDueAsync();

        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(1));
    }

    private async Task<IReadOnlyList<int>> BuyManyAsync()
    {
        var browser = NewBrowser();
        var orders = new List<int>();
        for (var i = 0; i < Many; i++)
            orders.Add((await BuyAsync(browser)).OrderId);
        return orders;
    }
}
