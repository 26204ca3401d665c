using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>What whoever brings a payment to its order is told, and what is left behind.</summary>
[TestFixture]
public sealed class OrderPaymentTests : ShopFixture
{
    private static readonly Guid _other = Guid.NewGuid();

    [Test]
    public async Task Work_in_other_hands_is_left_alone()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ClaimAsync(session);

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.InOtherHands));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
    }

    [Test]
    public async Task What_is_settled_is_settled_for_whoever_comes_later()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));
        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).CustomValuesXml, Does.Contain("Paid with Bitcoin").And.Contain("€12.90"));
    }

    [Test]
    public async Task Afterwards_nobody_holds_the_order_whichever_of_its_sessions_was_paid()
    {
        var (purchase, first, second) = await BuyTwiceAsync();

        Assert.That(await ApplyAsync(second), Is.EqualTo(ApplyResult.Settled));

        await AssertNobodyHoldsOrderAsync(first);
        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
    }

    [Test]
    public async Task Who_finds_the_order_in_other_hands_tries_for_two_seconds_and_again_in_a_minute()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ClaimOrderAsync(session);
        var time = new ImpatientTime();

        Assert.That(await ApplyAsync(session, time: time), Is.EqualTo(ApplyResult.Failed));

        Assert.That(time.Pauses, Is.EqualTo(Enumerable.Repeat(TimeSpan.FromMilliseconds(100), 20)));
        await AssertOpenAsync(purchase.OrderId, "Another payment of the order is being brought to it.");
    }

    [Test]
    public async Task Who_finds_the_order_in_other_hands_goes_on_as_soon_as_it_is_free()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ClaimOrderAsync(session);
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        OnceAfter("OrderClaimToken", () =>
        {
            tried.SetResult();
            return Task.CompletedTask;
        });

        var applying = ApplyAsync(session);
        await tried.Task;
        await WithStoreAsync(store => store.ReleaseOrderAsync(session.OrderId, _other));

        Assert.That(await applying, Is.EqualTo(ApplyResult.Settled));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task What_fails_is_given_back_with_the_order_and_tried_again_in_a_minute()
    {
        var (purchase, first, second) = await BuyTwiceAsync();
        Breakages.BeforeMarkAsPaid = Breakages.Die;

        Assert.That(await ApplyAsync(second), Is.EqualTo(ApplyResult.Failed));

        await AssertOpenAsync(purchase.OrderId, "The payment could not be brought to the order; see the log.");
        await AssertNobodyHoldsOrderAsync(first);
        Breakages.BeforeMarkAsPaid = null;
        Assert.That(await ApplyAsync(second), Is.EqualTo(ApplyResult.Settled));
        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
    }

    [Test]
    public async Task A_worker_that_was_held_up_and_replaced_marks_nothing()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        OnceAfter("OrderClaimToken", () => HoldUpAndReplaceAsync(session));

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.InOtherHands));

        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).ClaimToken, Is.EqualTo(_other));
    }

    [Test]
    public async Task A_worker_that_was_held_up_and_replaced_while_it_marked_the_order_tells_the_owner()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Breakages.BeforeMarkAsPaid = _ => HoldUpAndReplaceAsync(session);

        await ApplyAsync(session);

        Assert.That(await OwnerMailsAsync(), Has.One.Contains("another worker may have done the same"));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("another worker may have done the same"));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).ClaimToken, Is.EqualTo(_other));
    }

    [Test]
    public async Task A_worker_that_was_held_up_and_replaced_where_a_person_is_needed_has_done_nothing_twice()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        OnceAfter("PersonToldOf", () => HoldUpAndReplaceAsync(session));

        await ApplyAsync(session);

        Assert.That(await OwnerMailsAsync(), Has.Count.EqualTo(1).And.None.Contains("another worker"));
    }

    [Test]
    public async Task An_order_that_changes_with_every_look_is_given_up_after_five_and_tried_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var looks = 0;
        BeforeStamp = async () =>
        {
            looks++;
            // a difference of less than a cent is none to whoever decides, and one to the statement that writes
            await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal += 0.0001m);
        };

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Failed));

        Assert.That(looks, Is.EqualTo(5));
        await AssertOpenAsync(purchase.OrderId, OrderPayment.NotBrought);
    }

    [Test]
    public async Task An_order_that_was_marked_by_a_worker_who_died_over_it_is_told_before_it_is_settled()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Breakages.AfterMarkAsPaid = Breakages.Die;
        await ApplyAsync(session);
        Breakages.AfterMarkAsPaid = null;
        Breakages.Mails = true;

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Failed), "the owner cannot be told");
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
        Breakages.Mails = false;

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));
        Assert.That(await OwnerMailsAsync(), Has.One.Contains("the store stopped in the middle of that"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task An_order_that_was_marked_to_the_end_is_settled_and_nobody_is_told()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        OnceAfter("MarkedOnUtc", () => throw new InvalidOperationException(Breakages.Secret));
        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Failed));

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));

        Assert.That(await OwnerMailsAsync(), Is.Empty);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task What_is_not_paid_is_not_settled()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await ApplyAsync(session, Some.Answer()), Is.EqualTo(ApplyResult.Failed));

        await AssertOpenAsync(purchase.OrderId, OrderPayment.NotBrought);
    }

    [TestCase(ReviewReason.UnknownAtMion, ReviewReason.OrderCancelled, 2)]
    [TestCase(ReviewReason.AmountChanged, ReviewReason.AmountChanged, 1)]
    public async Task The_first_reason_stays_unless_it_was_that_Mion_did_not_know_the_payment(ReviewReason first, ReviewReason then, int told)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        if (first == ReviewReason.UnknownAtMion)
            await WithStoreAsync(store => store.TryRecordUnknownAsync(session, "gone"));
        else
            await ApplyAsync(session);
        var events = await EventsAsync(session);
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));

        var now = await NewestSessionAsync(purchase.OrderId);
        Assert.That((now.State, now.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, then)));
        Assert.That(await OwnerMailsAsync(), Has.Count.EqualTo(1));
        Assert.That(await EventsAsync(session) - events, Is.EqualTo(told - 1), "what is no news is not told again");
    }

    [Test]
    public async Task A_refund_that_comes_with_the_payment_is_noted_and_one_of_what_is_not_settled_is_not()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var answer = Some.PaidAnswer() with { PaymentSessionId = session.PaymentSessionId, RefundSessionIds = [Some.OtherPaymentSessionId] };
        await ClaimAsync(session);
        Assert.That(await ApplyOnItsOwnAsync(session, answer), Is.EqualTo(ApplyResult.InOtherHands));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.None.Contains("reports a refund"));
        Time.Advance(MionDefaults.ApplyLease + TimeSpan.FromSeconds(1));

        Assert.That(await ApplyOnItsOwnAsync(session, answer), Is.EqualTo(ApplyResult.Settled));

        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains($"reports a refund for session {session.PaymentSessionId} (refund {Some.OtherPaymentSessionId})"));
    }

    private Task<ApplyResult> ApplyAsync(MionPaymentSession session, MionSession? answer = null, TimeProvider? time = null) => Shop.InScopeAsync(services =>
        (time is null ? services.GetRequiredService<OrderPayment>() : ActivatorUtilities.CreateInstance<OrderPayment>(services, time))
            .ApplyAsync(session.Id, answer ?? Some.PaidAnswer() with { PaymentSessionId = session.PaymentSessionId }, CheckTrigger.Poll));

    private Task<ApplyResult> ApplyOnItsOwnAsync(MionPaymentSession session, MionSession answer) =>
        Shop.Services.GetRequiredService<PaymentApplier>().ApplyAsync(session, answer, CheckTrigger.Poll);

    private async Task<(Purchase Purchase, MionPaymentSession First, MionPaymentSession Second)> BuyTwiceAsync()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);
        Assert.That(second.Attempt, Is.EqualTo(2));
        return (purchase, first, second);
    }

    private Task<bool> ClaimAsync(MionPaymentSession session) => WithStoreAsync(store => store.TryClaimAsync(session.Id, _other, MionDefaults.ApplyLease));

    private Task<bool> ClaimOrderAsync(MionPaymentSession session) => WithStoreAsync(store => store.TryClaimOrderAsync(session, _other, MionDefaults.ApplyLease));

    private async Task HoldUpAndReplaceAsync(MionPaymentSession session)
    {
        Time.Advance(MionDefaults.ApplyLease + TimeSpan.FromSeconds(1));
        Assert.That(await ClaimAsync(session), Is.True);
    }

    private Task<bool> WithStoreAsync(Func<PaymentSessionStore, Task> work) => InScopeAsync<PaymentSessionStore, bool>(async store =>
    {
        var working = work(store);
        await working;
        return working is not Task<bool> asked || await asked;
    });

    private async Task AssertOpenAsync(int orderId, string error)
    {
        var session = await NewestSessionAsync(orderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await PaymentStatusAsync(orderId), Is.EqualTo(PaymentStatus.Pending));
            Assert.That((session.State, session.LastError, session.ClaimToken), Is.EqualTo((PaymentSessionState.Open, error, (Guid?)null)));
            Assert.That(session.NextCheckOnUtc, Is.InRange(Time.UtcNow.AddSeconds(20), Time.UtcNow.AddMinutes(1)));
        }
    }

    private async Task AssertNobodyHoldsOrderAsync(MionPaymentSession first)
    {
        var left = await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(first.Id));
        Assert.That((left!.OrderClaimToken, left.OrderClaimedUntilUtc), Is.EqualTo(((Guid?)null, (DateTime?)null)));
    }

    private Task<int> EventsAsync(MionPaymentSession session) => InScopeAsync<IRepository<MionPaymentEvent>, int>(events =>
        Task.FromResult(events.Table.Count(row => row.SessionId == session.Id && row.KindId == (int)PaymentEventKind.NeedsPerson)));
}
