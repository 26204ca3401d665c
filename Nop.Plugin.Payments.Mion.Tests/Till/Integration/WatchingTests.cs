using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>What the screens see of a charge from its first code to its end.</summary>
[TestFixture]
public sealed class WatchingTests : TillFixture
{
    [Test]
    public async Task The_code_is_renewed_shortly_before_its_end_by_one_of_all_who_look()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Time.Advance(TimeSpan.FromSeconds(100));
        await LookAsync(charge.Id);
        Assert.That(await AttemptsAsync(charge.Id), Has.Count.EqualTo(1), "20 seconds before its end");

        Time.Advance(TimeSpan.FromSeconds(6));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => LookAsync(charge.Id)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AttemptsAsync(charge.Id), Has.Count.EqualTo(2));
            Assert.That(Mion.Sessions.Single().Attempts, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task A_customer_who_pays_the_second_of_three_codes_in_its_last_second_is_seen()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Time.Advance(TimeSpan.FromSeconds(106));
        await LookAsync(charge.Id);
        Time.Advance(TimeSpan.FromSeconds(106));
        await LookAsync(charge.Id);
        var attempts = await AttemptsAsync(charge.Id);
        Assert.That(attempts, Has.Count.EqualTo(3));
        Time.Advance(attempts[1].ExpiresOnUtc - Time.UtcNow - TimeSpan.FromSeconds(1));

        Mion.PayByLightning(charge.PaymentSessionId, attempts[1].Invoice);

        await Soon.Async("the payment is seen", async () => (await LookAsync(charge.Id)).State == TillState.Paid);
    }

    [Test]
    public async Task A_refused_code_is_not_asked_for_again_at_each_look()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 422, Operation = MionOperations.CreateAttempt });
        var charge = (await ChargeAmountAsync()).Session!;
        var (asked, began) = (Mion.Calls(MionOperations.CreateAttempt), Time.GetTimestamp());

        for (var i = 0; i < 20; i++)
            await LookAsync(charge.Id);

        var pauses = Time.GetElapsedTime(began) / MionDefaults.AttemptPause;
        Assert.That(Mion.Calls(MionOperations.CreateAttempt) - asked, Is.LessThanOrEqualTo(pauses + 1));
    }

    [Test]
    public async Task However_many_screens_look_mion_is_asked_once_a_second()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        var before = Mion.Calls(MionOperations.GetStatus);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => LookAsync(charge.Id)));

        // all of it takes less than a second, or a second or two on a busy machine: far from thirty
        Assert.That(Mion.Calls(MionOperations.GetStatus) - before, Is.InRange(1, 6));
    }

    [Test]
    public async Task Twenty_tills_with_three_screens_each_ask_mion_at_most_twenty_times_a_second()
    {
        var charges = new List<int>();
        for (var till = 0; till < 20; till++)
            charges.Add((await ChargeAmountAsync()).Session!.Id);
        var before = Mion.Calls(MionOperations.GetStatus);
        var began = Time.GetTimestamp();

        for (var second = 0; second < 5; second++)
        {
            await Task.WhenAll(charges.SelectMany(id => Enumerable.Repeat(id, 3)).Select(LookAsync));
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        // by the shop's own clock, so that a slow machine has as many seconds as it takes
        var seconds = Math.Ceiling(Time.GetElapsedTime(began).TotalSeconds);
        Assert.That(Mion.Calls(MionOperations.GetStatus) - before, Is.InRange(5 * charges.Count, seconds * charges.Count));
    }

    [Test]
    public async Task Screens_are_told_to_look_again_as_soon_as_mion_may_be_asked_again()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        await LookAsync(charge.Id);
        Time.Advance(TimeSpan.FromMilliseconds(600));

        var look = await LookAsync(charge.Id);

        // the read is at least 600 ms old by then, or a new one on a machine that took its time
        Assert.That(look.NextLook, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(look.NextLook <= TimeSpan.FromMilliseconds(400) || Mion.Calls(MionOperations.GetStatus) > 1);
    }

    [Test]
    public async Task Nothing_is_asked_for_while_nobody_looks()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Time.Advance(TimeSpan.FromMinutes(5));
        await RunPollAsync();

        Assert.That(await AttemptsAsync(charge.Id), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Too_little_is_seen_and_no_second_code_is_shown()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Mion.PayTooLittle(charge.PaymentSessionId);
        await LookAsync(charge.Id);
        Time.Advance(TimeSpan.FromMinutes(3));

        var look = await LookAsync(charge.Id);

        Assert.That((look.State, (await AttemptsAsync(charge.Id)).Count), Is.EqualTo((TillState.Seen, 1)));
    }

    [Test]
    public async Task A_charge_ends_by_the_clock_and_is_still_found_when_it_is_paid_late()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Time.Advance(TimeSpan.FromMinutes(16));

        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Expired));
        Assert.That((await SessionAsync(charge.Id)).NextCheckOnUtc, Is.Not.Null, "the scheduled task keeps looking");
    }

    [TestCase("edited")]
    [TestCase("cancelled")]
    public async Task An_order_that_has_changed_shows_no_code_any_more(string how)
    {
        var orderId = await PlaceOrderAsync();
        var session = (await ChargeOrderAsync(orderId)).Session!;
        Assert.That((await LookAsync(session.Id)).State, Is.EqualTo(TillState.Waiting));
        await ChangeOrderAsync(orderId, order =>
        {
            if (how == "edited")
                order.OrderTotal += 1;
            else
                order.OrderStatus = OrderStatus.Cancelled;
        });

        var status = await LookAsync(session.Id);

        Assert.That((status.State, status.Problem, status.Attempt), Is.EqualTo((TillState.Problem, OpeningProblem.OrderClosed, (MionPaymentAttempt?)null)));
    }

    [Test]
    public async Task A_charge_that_ends_while_Mion_cannot_be_asked_is_not_called_unpaid_and_goes_on_being_asked_about()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Html });
        Time.Advance(TimeSpan.FromMinutes(16));

        var blind = await LookAsync(charge.Id);
        Assert.That((blind.State, blind.IsFinal, blind.IsMionReachable), Is.EqualTo((TillState.Unknown, false, false)));

        Mion.Faults.Clear();
        Mion.PayLate(charge.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.NeedsHelp), "paid after its end: the customer may have paid another way since");
    }

    [Test]
    public async Task A_cancelled_amount_that_is_paid_all_the_same_waits_for_a_decision()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Assert.That(await CancelAsync(charge.Id), Is.True);
        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(TillState.Cancelled));

        Mion.PayByLightning(charge.PaymentSessionId);
        await PollWhenDueAsync();

        var session = await SessionAsync(charge.Id);
        Assert.That((session.State, session.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.CancelledAtTill)));
    }

    [Test]
    public async Task A_paid_charge_cannot_be_cancelled()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        Mion.PayByLightning(charge.PaymentSessionId);
        await LookAsync(charge.Id);

        Assert.That(await CancelAsync(charge.Id), Is.False);
    }

    [TestCase(true, TillState.Blocked)]
    [TestCase(false, TillState.DetailsMissing)]
    public async Task Compliance_is_said(bool blocked, TillState state)
    {
        Mion.Compliance = new StandInCompliance(blocked, blocked ? [] : ["firstName"]);
        var charge = (await ChargeAmountAsync()).Session!;

        Assert.That((await LookAsync(charge.Id)).State, Is.EqualTo(state));
    }

    [Test]
    public async Task While_mion_cannot_be_reached_the_code_stays_and_it_is_said()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        await Mion.DisposeAsync();

        var look = await LookAsync(charge.Id);

        Assert.That((look.State, look.IsMionReachable), Is.EqualTo((TillState.Waiting, false)));
    }
}
