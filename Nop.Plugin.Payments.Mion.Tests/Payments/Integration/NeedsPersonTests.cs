using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>Money has arrived, but the order is not what it was: nothing is forced, nothing is dropped, a person is told.</summary>
[TestFixture]
public sealed class NeedsPersonTests : ShopFixture
{
    private static IEnumerable<TestCaseData> Changes()
    {
        static TestCaseData Case(ReviewReason reason, Action<Order> change) => new TestCaseData(reason, change).SetArgDisplayNames(reason.ToString());

        yield return Case(ReviewReason.OrderCancelled, order => order.OrderStatus = OrderStatus.Cancelled);
        yield return Case(ReviewReason.OrderGone, order => order.Deleted = true);
        yield return Case(ReviewReason.AmountChanged, order => order.OrderTotal = 13m);
        yield return Case(ReviewReason.PaidOtherwise, order => order.PaymentStatus = PaymentStatus.Paid);
        yield return Case(ReviewReason.OrderRefunded, order => order.PaymentStatus = PaymentStatus.Refunded);
        yield return Case(ReviewReason.OrderNotPending, order => order.PaymentStatus = PaymentStatus.Voided);
        yield return Case(ReviewReason.MethodChanged, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
    }

    [TestCaseSource(nameof(Changes))]
    public async Task A_person_is_told_and_the_order_left_alone(ReviewReason reason, Action<Order> change)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, change);
        var before = await Shop.GetOrderAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();
        // whoever looks again says nothing twice
        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        Time.Advance(TimeSpan.FromHours(1));
        await RunPollAsync();

        var after = await Shop.GetOrderAsync(purchase.OrderId);
        var settled = await NewestSessionAsync(purchase.OrderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)hook.StatusCode, Is.EqualTo(200));
            Assert.That(settled.State, Is.EqualTo(PaymentSessionState.NeedsPerson));
            Assert.That(settled.ReviewReason, Is.EqualTo(reason));
            Assert.That(settled.PaidOnUtc, Is.Not.Null);
            Assert.That((after.PaymentStatus, after.OrderStatus, after.CaptureTransactionId), Is.EqualTo((before.PaymentStatus, before.OrderStatus, before.CaptureTransactionId)));
            Assert.That(Shop.PaidOrders, Is.Empty);
            Assert.That(await MionNotesAsync(purchase.OrderId), Has.Count.EqualTo(2).And.One.Contains("€12.90 received by Mion"));
            Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.One.Contain($"needs a person (NeedsPerson.{reason})"));
        }
    }

    [Test]
    public async Task An_order_paid_by_two_sessions_is_paid_once_and_the_second_payment_reported()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);
        Mion.PayByLightning(second.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);

        Mion.PayLate(first.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(10));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
        var reported = (await SessionsAsync(purchase.OrderId))[1];
        Assert.That((reported.State, reported.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.PaidTwice)));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contain("already been paid by another Bitcoin payment"));
    }

    [Test]
    public async Task Of_two_sessions_paid_at_the_same_moment_one_pays_the_order_and_the_other_is_reported()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);
        Mion.PayLate(first.PaymentSessionId);
        Mion.PayByLightning(second.PaymentSessionId);
        var entered = 0;
        var goOn = new TaskCompletionSource();
        Breakages.BeforeMarkAsPaid = _ =>
        {
            Interlocked.Increment(ref entered);
            return goOn.Task;
        };

        var one = NewBrowser().PostAsync($"/mion/webhook/{first.WebhookToken}");
        await Soon.Async("the first payment has found the order unpaid", () => Volatile.Read(ref entered) == 1);
        var other = NewBrowser().PostAsync($"/mion/webhook/{second.WebhookToken}");
        await Soon.Async("the second payment is at the order", async () => (await NewestSessionAsync(purchase.OrderId)).ClaimToken is not null);
        // it asks again and again whether it may, or it has gone on
        var statements = Statements;
        await Soon.Async("the second payment has had its time", () => Volatile.Read(ref entered) == 2 || Statements > statements + 8);
        Assert.That(Volatile.Read(ref entered), Is.EqualTo(1), "it waits for the first one");
        goOn.SetResult();
        (await one).Dispose();
        (await other).Dispose();

        await AssertPaidOnceAsync(purchase.OrderId, first.PaymentSessionId);
        var reported = await NewestSessionAsync(purchase.OrderId);
        Assert.That((reported.State, reported.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.PaidTwice)));
    }

    [Test]
    public async Task The_payment_is_applied_when_the_merchant_puts_the_order_right()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 13m);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 12.90m);

        Time.Advance(TimeSpan.FromMinutes(31));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task An_old_sessions_end_changes_nothing_about_the_new_one()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 20m);
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);

        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        Mion.PayByLightning(second.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
    }
}
