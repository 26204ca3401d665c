using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Confirmation;

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
        Assert.That(Mion.PeakConcurrency, Is.GreaterThan(1).And.AtMost(PaymentPollService.ParallelCalls));
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
        Assert.That(session.IsReusable(session.AmountCents, Time.UtcNow), Is.True);
        Assert.That(session.LastError, Does.Contain("the API key is not accepted"));
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
