using System.Text.RegularExpressions;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>The promise where Mion, the store and other plugins do what nobody expected: paid once, or a person is told why not.</summary>
[TestFixture]
public sealed class OutsideTests : ShopFixture
{
    [Test]
    public async Task A_payment_that_was_refunded_before_the_shop_heard_of_it_pays_no_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Mion.Refund(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertWaitsForPersonAsync(purchase.OrderId, ReviewReason.RefundedAtMion);
    }

    [Test]
    public async Task A_refund_of_a_paid_order_is_noticed_without_a_call_and_told_by_mail()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        Mion.Refund(session.PaymentSessionId);

        for (var hours = 0; hours < 48; hours += 6)
        {
            Time.Advance(TimeSpan.FromHours(6));
            await RunPollAsync();
        }

        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Paid), "the order's status stays the merchant's");
        Assert.That(await OwnerMailsAsync(), Has.One.Contains("reports a refund"));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("reports a refund"));
    }

    [Test]
    public async Task A_refund_whose_mail_cannot_be_queued_is_told_at_a_later_look()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        Mion.Refund(session.PaymentSessionId);
        Breakages.Mails = true;
        Time.Advance(TimeSpan.FromHours(24));
        await RunPollAsync();
        Assert.That(await OwnerMailsAsync(), Is.Empty);
        Breakages.Mails = false;

        Time.Advance(TimeSpan.FromHours(25));
        await RunPollAsync();

        Assert.That(await OwnerMailsAsync(), Has.One.Contains("reports a refund"));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("reports a refund"));
    }

    [TestCase("funding-received")]
    [TestCase("funding-collected")]
    [TestCase("exchanged")]
    [TestCase("funded")]
    public async Task A_session_that_Mion_calls_completed_without_saying_when_never_expires_and_is_told(string status)
    {
        NeedsAssumedNames();
        var (purchase, session) = await BuyWithSessionAsync();
        AnswerInstead(MionOperations.GetStatus, $"{{\"paymentSessionId\":\"{session.PaymentSessionId}\",\"status\":\"{status}\",\"fundingStatus\":\"well-funded\"}}");
        await PollWhenDueAsync();
        Time.Advance(session.ExpiresOnUtc - Time.UtcNow + TimeSpan.FromHours(1));

        await RunPollAsync();
        Assert.That(await OwnerMailsAsync(), Has.One.Contains("no time of payment"), "soon after its end");
        Time.Advance(TimeSpan.FromHours(6));
        await RunPollAsync();

        var now = await NewestSessionAsync(purchase.OrderId);
        Assert.That(now.State, Is.EqualTo(PaymentSessionState.Open));
        Assert.That(now.IsPaymentOnItsWay(), Is.True, "nobody is asked to pay again");
        Assert.That(await OwnerMailsAsync(), Has.One.Contains("no time of payment"));
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
    }

    [TestCase("\"amount\":1")]
    [TestCase("\"currencyIso3\":\"USD\"")]
    [TestCase("\"reference\":\"of-another-order\"")]
    public async Task An_answer_that_names_another_amount_currency_or_reference_opens_no_session(string other)
    {
        AnswerInstead(MionOperations.CreateSession, $"{{\"paymentSessionId\":\"{Guid.NewGuid()}\",{other}}}");

        var purchase = await BuyAsync();

        var session = await NewestSessionAsync(purchase.OrderId);
        Assert.That((session.State, session.IsAtMion()), Is.EqualTo((PaymentSessionState.Opening, false)));
    }

    [Test]
    public async Task One_session_of_Mions_never_pays_two_orders()
    {
        var (first, session) = await BuyWithSessionAsync();
        // the answer to the second order's session is lost, and a look-up by its reference finds somebody else's
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession });
        AnswerInstead(MionOperations.GetByReference, $"{{\"paymentSessionId\":\"{session.PaymentSessionId}\",\"status\":\"pending\"}}");
        var second = await BuyAsync();
        for (var i = 0; i < 3; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(2));
            await RunPollAsync();
        }

        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(10));
        await RunPollAsync();

        await AssertPaidOnceAsync(first.OrderId, session.PaymentSessionId);
        Assert.That(await PaymentStatusAsync(second.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(second.OrderId)).IsAtMion(), Is.False, "it has no session yet");
    }

    [Test]
    public async Task A_process_that_dies_over_an_answer_about_somebody_elses_session_leaves_it_with_its_owner()
    {
        var (first, session) = await BuyWithSessionAsync();
        AnswerInstead(MionOperations.CreateSession, $"{{\"paymentSessionId\":\"{session.PaymentSessionId}\",\"status\":\"pending\"}}");
        AfterStatement = sql =>
        {
            if (Regex.IsMatch(sql, @"^\s*UPDATE\s+.MionPaymentSession.[^W]*\[PaymentSessionId\] = "))
                throw new InvalidOperationException(Breakages.Secret);
        };

        var second = await BuyAsync();

        AfterStatement = null;
        Assert.That((await NewestSessionAsync(second.OrderId)).IsAtMion(), Is.False, "nobody is to pay for somebody else");
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(first.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Two_rows_that_an_earlier_version_gave_one_session_are_left_to_a_person()
    {
        var (first, session) = await BuyWithSessionAsync();
        var (second, other) = await BuyWithSessionAsync();
        await InScopeAsync<IRepository<MionPaymentSession>, bool>(async rows =>
        {
            var row = await rows.GetByIdAsync(other.Id);
            row.PaymentSessionId = session.PaymentSessionId;
            await rows.UpdateAsync(row);
            return true;
        });

        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That(Shop.PaidOrders, Is.Empty);
        await AssertWaitsForPersonAsync(first.OrderId, ReviewReason.SharedSession, told: 2);
        await AssertWaitsForPersonAsync(second.OrderId, ReviewReason.SharedSession, told: 2);
    }

    [Test]
    public async Task A_total_with_more_decimals_than_the_database_keeps_is_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Assert.That(EuroAmount.ToCents(3.12495m, 1m), Is.EqualTo(EuroAmount.ToCents(3.1250m, 1m)), "what was calculated, and what the database makes of it");
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Days_without_an_answer_are_told_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var (other, _) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 401, Operation = MionOperations.GetStatus });

        for (var hours = 0; hours < 72; hours++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await RunPollAsync();
            if (hours == 4)
                Assert.That(await OwnerMailsAsync(), Is.Empty, "six hours are not over");
        }

        Assert.That(await OwnerMailsAsync(), Has.One.Contains("has not answered for hours about 2 ").And.One.Contains("does not accept the API key"));
        Mion.Faults.Clear();
        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromHours(2));
        await RunPollAsync();
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await PaymentStatusAsync(other.OrderId), Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task What_follows_a_payment_and_failed_is_told()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.InsteadOfTail = Breakages.Die;
        await PollWhenDueAsync();
        Breakages.InsteadOfTail = null;

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("stopped in the middle"));
        Assert.That(await OwnerMailsAsync(), Has.One.Contains("stopped in the middle"));
    }

    [Test]
    public async Task An_order_that_is_set_back_after_its_payment_is_told_and_not_marked_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var older = await Shop.GetOrderAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChangeOrderAsync(purchase.OrderId, order => (order.PaymentStatus, order.OrderStatus, order.CaptureTransactionId) = (older.PaymentStatus, older.OrderStatus, older.CaptureTransactionId));

        var asked = Mion.Calls(MionOperations.GetStatus);
        Time.Advance(TimeSpan.FromMinutes(11));
        await RunPollAsync();
        await AssertWaitsForPersonAsync(purchase.OrderId, ReviewReason.OrderSetBack);
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(asked), "the order says it without Mion");

        for (var i = 0; i < 4; i++)
        {
            Time.Advance(TimeSpan.FromHours(4));
            await RunPollAsync();
        }

        Assert.That(Shop.PaidOrders, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_order_that_was_marked_after_all_and_then_set_back_is_told_too()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var total = (await Shop.GetOrderAsync(purchase.OrderId)).OrderTotal;
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = total + 1);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertWaitsForPersonAsync(purchase.OrderId, ReviewReason.AmountChanged);

        // the total is what it was, the order is marked, its worker dies over the session's row, and another writer sets the order back
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = total);
        await InScopeAsync<PaymentSessionStore, bool>(async store =>
        {
            await store.RecordMarkedAsync(session.Id, Time.GetUtcNow().UtcDateTime);
            return true;
        });
        for (var i = 0; i < 4; i++)
        {
            Time.Advance(TimeSpan.FromHours(1));
            await RunPollAsync();
        }

        var row = await NewestSessionAsync(purchase.OrderId);
        Assert.That((row.State, row.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.OrderSetBack)));
        Assert.That(await OwnerMailsAsync(), Has.Count.EqualTo(2).And.One.Contains("set the order back"));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("set the order back"));
        Assert.That(Shop.PaidOrders, Is.Empty);
    }

    [TestCase(ReviewReason.OrderGone)]
    [TestCase(ReviewReason.OrderCancelled)]
    [TestCase(ReviewReason.PaidTwice)]
    [TestCase(ReviewReason.OrderRefunded)]
    public async Task What_was_done_to_an_order_that_was_set_back_hides_nothing(ReviewReason reason)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var older = await Shop.GetOrderAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChangeOrderAsync(purchase.OrderId, order =>
        {
            (order.PaymentStatus, order.OrderStatus, order.CaptureTransactionId) = (older.PaymentStatus, older.OrderStatus, older.CaptureTransactionId);
            if (reason == ReviewReason.OrderGone)
                order.Deleted = true;
            else if (reason == ReviewReason.OrderCancelled)
                order.OrderStatus = OrderStatus.Cancelled;
            else if (reason == ReviewReason.PaidTwice)
                (order.PaymentStatus, order.CaptureTransactionId) = (PaymentStatus.Paid, Guid.NewGuid().ToString());
            else
                order.PaymentStatus = PaymentStatus.Refunded;
        });

        Time.Advance(TimeSpan.FromMinutes(15));
        await RunPollAsync();

        var row = await NewestSessionAsync(purchase.OrderId);
        Assert.That((row.State, row.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, reason)));
        Assert.That(await OwnerMailsAsync(), Has.One.Contains(session.PaymentSessionId));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("Please"));
    }

    [TestCase(ReviewReason.AmountChanged)]
    [TestCase(ReviewReason.OrderCancelled)]
    [TestCase(ReviewReason.PaidOtherwise)]
    public async Task A_change_between_the_decision_and_the_marking_is_not_overlooked(ReviewReason reason)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var changed = false;
        BeforeStamp = async () =>
        {
            if (changed)
                return;
            changed = true;
            await ChangeOrderAsync(purchase.OrderId, order =>
            {
                if (reason == ReviewReason.AmountChanged)
                    order.OrderTotal = 99m;
                else if (reason == ReviewReason.OrderCancelled)
                    order.OrderStatus = OrderStatus.Cancelled;
                else
                    order.PaymentStatus = PaymentStatus.Paid;
            });
        };

        await PollWhenDueAsync();

        Assert.That(changed, Is.True);
        Assert.That((await NewestSessionAsync(purchase.OrderId)).ReviewReason, Is.EqualTo(reason));
        Assert.That(Shop.PaidOrders, Is.Empty);
        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).CaptureTransactionId, Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_session_that_ran_out_unpaid_and_that_Mion_then_forgets_is_simply_over()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        Time.Advance(session.ExpiresOnUtc - Time.UtcNow + TimeSpan.FromHours(1));
        await RunPollAsync();
        Mion.Forget(session.PaymentSessionId);

        for (var hours = 0; hours < 72; hours += 2)
        {
            Time.Advance(TimeSpan.FromHours(2));
            await RunPollAsync();
        }

        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Expired));
        Assert.That(await OwnerMailsAsync(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_older_answer_changes_nothing_about_a_newer_one(bool taskSawTheNewer)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var asReadBefore = await NewestSessionAsync(purchase.OrderId);
        Mion.PayOnChain(session.PaymentSessionId);
        if (taskSawTheNewer)
            await PollWhenDueAsync();
        else
            (await purchase.Browser.GetAsync($"/mion/return/{session.Token}")).Dispose();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).FundsSeen, Is.True);

        await InScopeAsync<PaymentConfirmation, bool>(async confirmation =>
        {
            await confirmation.ApplyAsync(asReadBefore, new MionSession { PaymentSessionId = session.PaymentSessionId, Status = "pending" }, CheckTrigger.Return);
            asReadBefore.CheckFailures = 7;
            await confirmation.RecordFailureAsync(asReadBefore, "older");
            return true;
        });

        var now = await NewestSessionAsync(purchase.OrderId);
        Assert.That(now.FundsSeen, Is.True);
        Assert.That(now.CheckFailures, Is.Zero);
    }

    [Test]
    public async Task A_run_whose_sessions_another_run_has_taken_since_records_no_failure()
    {
        var (purchase, _) = await BuyWithSessionAsync();
        var due = Time.UtcNow.AddHours(1);
        var taken = await TakeDueAsync(due);
        await TakeDueAsync(due + PaymentPollService.Lease + TimeSpan.FromMinutes(1));

        await InScopeAsync<PaymentConfirmation, bool>(async confirmation =>
        {
            taken.CheckFailures = 7;
            await confirmation.RecordFailureAsync(taken, "older");
            return true;
        });

        Assert.That((await NewestSessionAsync(purchase.OrderId)).CheckFailures, Is.Zero);

        Task<MionPaymentSession> TakeDueAsync(DateTime utcNow) =>
            InScopeAsync<PaymentSessionStore, MionPaymentSession>(async store => (await store.TakeDueAsync(utcNow, 10, PaymentPollService.Lease)).Single());
    }

    [TestCase("edited")]
    [TestCase("paid otherwise")]
    [TestCase("cancelled")]
    public async Task An_order_that_has_changed_is_offered_no_session_from_before(string change)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => _ = change switch
        {
            "edited" => (object)(order.OrderTotal = 99m),
            "cancelled" => order.OrderStatus = OrderStatus.Cancelled,
            _ => order.PaymentStatus = PaymentStatus.Paid
        });

        var news = await (await purchase.Browser.GetAsync($"/mion/payment/{session.Token}/status")).Content.ReadAsStringAsync();

        Assert.That(news, Does.Contain("\"continueUrl\":\"\"").And.Not.Contain("Waiting"));
    }

    [Test]
    public async Task Forty_retries_with_a_refused_key_are_one_call_one_line_and_one_note()
    {
        Mion.RotateKey("another");
        var purchase = await BuyAsync();
        var calls = CountCalls();

        for (var i = 0; i < 40; i++)
            using (await purchase.Browser.GetAsync(purchase.Redirect)) { }
        for (var i = 0; i < 10; i++)
            await InScopeAsync<CheckoutOpening, bool>(async opening => (await opening.TryOpenAsync(await Shop.GetOrderAsync(purchase.OrderId))).CheckoutUrl is null);

        Assert.That(CountCalls(), Is.EqualTo(calls));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.Count.EqualTo(1));
        Time.Advance(TimeSpan.FromSeconds(16));
        await InScopeAsync<CheckoutOpening, bool>(async opening => (await opening.TryOpenAsync(await Shop.GetOrderAsync(purchase.OrderId))).CheckoutUrl is null);
        Assert.That(CountCalls(), Is.EqualTo(calls + 1));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.Count.EqualTo(1), "the same cause");
    }

    /// <summary>Mion answers an operation with this, whatever it was asked.</summary>
    private void AnswerInstead(string operation, string body) =>
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 200, Operation = operation, Body = body });

    private int CountCalls() => Mion.Calls(MionOperations.CreateSession) + Mion.Calls(MionOperations.GetByReference);

    private async Task AssertWaitsForPersonAsync(int orderId, ReviewReason reason, int told = 1)
    {
        var session = await NewestSessionAsync(orderId);
        var mails = await OwnerMailsAsync();
        var notes = await MionNotesAsync(orderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await PaymentStatusAsync(orderId), Is.EqualTo(PaymentStatus.Pending));
            Assert.That((session.State, session.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, reason)));
            Assert.That(mails, Has.Count.EqualTo(told));
            Assert.That(notes.Count(note => note.Contains("Please", StringComparison.Ordinal)), Is.EqualTo(1));
        }
    }
}
