using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Nop.Core.Domain.Payments.PaymentStatus;
using static Nop.Plugin.Payments.Mion.Payments.ReviewReason;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

/// <summary>
/// The decision table: what becomes of a session that Mion calls paid, and of one that it does not.
/// </summary>
public class PaymentDecisionTests
{
    private static readonly OrderStatus[] _orderStatuses = Enum.GetValues<OrderStatus>();

    /// <summary>A paid session meets an order that bears no transaction of ours; None: the order is marked as paid.</summary>
    private static readonly (PaymentStatus Payment, ReviewReason Pending, ReviewReason Processing, ReviewReason Complete, ReviewReason Cancelled)[] _table =
    [
        (Pending, None, None, None, OrderCancelled),
        (Authorized, OrderNotPending, OrderNotPending, OrderNotPending, OrderCancelled),
        (Paid, PaidOtherwise, PaidOtherwise, PaidOtherwise, PaidOtherwise),
        (PartiallyRefunded, OrderRefunded, OrderRefunded, OrderRefunded, OrderRefunded),
        (Refunded, OrderRefunded, OrderRefunded, OrderRefunded, OrderRefunded),
        (Voided, OrderNotPending, OrderNotPending, OrderNotPending, OrderCancelled)
    ];

    private static IEnumerable<TestCaseData> Table() =>
        from row in _table
        from cell in new[] { (OrderStatus.Pending, row.Pending), (OrderStatus.Processing, row.Processing), (OrderStatus.Complete, row.Complete), (OrderStatus.Cancelled, row.Cancelled) }
        select new TestCaseData(row.Payment, cell.Item1, cell.Item2);

    private static IEnumerable<TestCaseData> AllStatuses() =>
        from payment in Enum.GetValues<PaymentStatus>()
        from status in _orderStatuses
        select new TestCaseData(payment, status);

    [TestCaseSource(nameof(Table))]
    public void A_paid_session_marks_a_pending_order_as_paid_and_leaves_every_other_to_a_person(PaymentStatus payment, OrderStatus status, ReviewReason reason) =>
        Assert.That(Decide(Order(payment, status)), Is.EqualTo(reason == None ? MarkAsPaid : Person(reason)));

    [Test]
    public void The_table_knows_every_status() => Assert.Multiple(() =>
    {
        Assert.That(_table.Select(row => row.Payment), Is.EquivalentTo(Enum.GetValues<PaymentStatus>()));
        Assert.That(_orderStatuses, Has.Length.EqualTo(4));
    });

    [Test]
    public void A_payment_for_an_order_that_does_not_exist_needs_a_person() => Assert.That(Decide(null), Is.EqualTo(Person(OrderGone)));

    [TestCaseSource(nameof(AllStatuses))]
    public void A_payment_for_a_deleted_order_needs_a_person(PaymentStatus payment, OrderStatus status)
    {
        var order = Order(payment, status);
        order.Deleted = true;

        Assert.That(Decide(order), Is.EqualTo(Person(OrderGone)));
    }

    // a worker died between marking the order and settling the session's row
    [TestCase(Paid)]
    [TestCase(PartiallyRefunded)]
    [TestCase(Refunded)]
    public void An_order_that_this_very_session_has_paid_is_not_touched_again(PaymentStatus payment) => Assert.Multiple(() =>
    {
        foreach (var status in _orderStatuses)
        {
            Assert.That(Decide(Order(payment, status, Some.PaymentSessionId)), Is.EqualTo(Applied));
            Assert.That(Decide(Order(payment, status, Some.PaymentSessionId.ToUpperInvariant())), Is.EqualTo(Applied), "the database may ignore case");
        }
    });

    [TestCase(Pending, None)]
    [TestCase(Authorized, OrderNotPending)]
    [TestCase(Voided, OrderNotPending)]
    public void A_transaction_id_without_the_payment_status_proves_nothing(PaymentStatus payment, ReviewReason reason) =>
        Assert.That(Decide(Order(payment, OrderStatus.Pending, Some.PaymentSessionId)), Is.EqualTo(reason == None ? MarkAsPaid : Person(reason)));

    [Test]
    public void A_deleted_order_that_this_very_session_has_paid_needs_nobody()
    {
        var order = Order(Paid, OrderStatus.Complete, Some.PaymentSessionId);
        order.Deleted = true;

        Assert.That(Decide(order), Is.EqualTo(Applied));
    }

    [Test]
    public void A_second_session_of_an_order_that_the_first_has_paid_needs_a_person() =>
        Assert.That(Decide(Order(Paid, OrderStatus.Processing, Some.OtherPaymentSessionId)), Is.EqualTo(Person(PaidTwice)));

    [Test]
    public void A_second_session_of_an_order_that_was_paid_by_the_first_and_refunded_needs_a_person() =>
        Assert.That(Decide(Order(Refunded, OrderStatus.Cancelled, Some.OtherPaymentSessionId)), Is.EqualTo(Person(OrderRefunded)));

    [Test]
    public void A_transaction_of_another_payment_method_is_not_taken_for_a_second_session()
    {
        var order = Order(Paid, OrderStatus.Processing, "ch_3Nabc");
        order.PaymentMethodSystemName = "Payments.Other";

        Assert.That(Decide(order), Is.EqualTo(Person(PaidOtherwise)));
    }

    [Test]
    public void A_session_without_an_id_is_not_taken_for_the_one_that_paid_an_order_without_a_transaction()
    {
        var session = Some.Session();
        session.PaymentSessionId = string.Empty;
        var order = Order(Paid, OrderStatus.Processing, string.Empty);

        Assert.That(PaymentDecision.Decide(session, Some.PaidAnswer(), order, Some.Now), Is.EqualTo(Person(PaidOtherwise)));
    }

    [TestCase("Payments.CheckMoneyOrder")]
    [TestCase("")]
    [TestCase(null)]
    public void An_order_that_was_switched_to_another_method_needs_a_person(string? method)
    {
        var order = Some.Order();
        order.PaymentMethodSystemName = method;

        Assert.That(Decide(order), Is.EqualTo(Person(MethodChanged)));
    }

    [Test]
    public void The_methods_name_is_compared_without_case()
    {
        var order = Some.Order();
        order.PaymentMethodSystemName = "payments.mion";

        Assert.That(Decide(order), Is.EqualTo(MarkAsPaid));
    }

    [TestCase("12.33", AmountChanged)]
    [TestCase("12.35", AmountChanged)]
    [TestCase("0", AmountChanged)]
    [TestCase("12.345", AmountChanged)]
    [TestCase("12.3449", None)]
    [TestCase("12.3350", None)]
    [TestCase("12.3349", AmountChanged)]
    public void The_total_must_still_be_the_cents_that_were_asked_for(string total, ReviewReason reason)
    {
        var order = Some.Order();
        order.OrderTotal = decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(Decide(order), Is.EqualTo(reason == None ? MarkAsPaid : Person(reason)));
    }

    [TestCase("100.00", None)]
    [TestCase("100.01", None)]
    [TestCase("100.02", AmountChanged)]
    [TestCase("99.99", AmountChanged)]
    public void A_total_in_another_currency_is_compared_by_the_rate_that_the_shopper_was_shown(string total, ReviewReason reason)
    {
        var session = Some.Session();
        (session.CurrencyCode, session.ExchangeRate, session.OrderTotal, session.AmountCents) = ("USD", 0.923456789012m, 100m, 9235);
        var order = Some.Order();
        order.OrderTotal = decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(PaymentDecision.Decide(session, Some.PaidAnswer(), order, Some.Now), Is.EqualTo(reason == None ? MarkAsPaid : Person(reason)));
    }

    [TestCase(Some.Cents, "EUR", None)]
    [TestCase(Some.Cents, "eur", None)]
    [TestCase(null, null, None)]
    [TestCase(Some.Cents - 1, "EUR", AnswerDiffers)]
    [TestCase(Some.Cents + 1, null, AnswerDiffers)]
    [TestCase(Some.Cents, "CHF", AnswerDiffers)]
    [TestCase(null, "USD", AnswerDiffers)]
    public void What_Mion_says_about_the_amount_must_be_what_was_asked_for(long? cents, string? currency, ReviewReason reason)
    {
        var answer = Some.PaidAnswer() with { AmountCents = cents, Currency = currency };

        Assert.That(PaymentDecision.Decide(Some.Session(), answer, Some.Order(), Some.Now), Is.EqualTo(reason == None ? MarkAsPaid : Person(reason)));
    }

    [Test]
    public void A_late_payment_of_an_expired_session_marks_the_order_as_paid()
    {
        var session = Some.Session(PaymentSessionState.Expired);

        Assert.That(PaymentDecision.Decide(session, Some.PaidAnswer(), Some.Order(), session.ExpiresOnUtc.AddDays(3)), Is.EqualTo(MarkAsPaid));
    }

    [Test]
    public void A_payment_that_waited_for_a_person_is_applied_once_nothing_is_in_the_way_any_more() =>
        Assert.That(PaymentDecision.Decide(Some.Session(PaymentSessionState.NeedsPerson), Some.PaidAnswer(), Some.Order(), Some.Now), Is.EqualTo(MarkAsPaid));

    [TestCaseSource(nameof(AllStatuses))]
    public void A_session_that_Mion_does_not_call_paid_never_changes_an_order(PaymentStatus payment, OrderStatus status) => Assert.Multiple(() =>
    {
        foreach (var word in new[] { "funded", "funding-received", "pending", "paid", null })
        {
            var answer = Some.Answer() with { Status = word };
            foreach (var transaction in new[] { null, Some.PaymentSessionId, Some.OtherPaymentSessionId })
                Assert.That(PaymentDecision.Decide(Some.Session(), answer, Order(payment, status, transaction), Some.Now), Is.EqualTo(StillOpen), word);
            Assert.That(PaymentDecision.Decide(Some.Session(), answer, null, Some.Now), Is.EqualTo(StillOpen), word);
        }
    });

    [TestCase(-1, PaymentOutcome.StillOpen)]
    [TestCase(0, PaymentOutcome.Expired)]
    [TestCase(1, PaymentOutcome.Expired)]
    public void An_unpaid_session_expires_when_its_time_is_over(int seconds, PaymentOutcome outcome)
    {
        var session = Some.Session();
        var now = session.ExpiresOnUtc.AddSeconds(seconds);

        Assert.Multiple(() =>
        {
            Assert.That(PaymentDecision.Decide(session, Some.Answer(), Some.Order(), now), Is.EqualTo(new PaymentDecision(outcome)));
            Assert.That(PaymentDecision.DecideUnpaid(Some.Answer(), session.ExpiresOnUtc, now), Is.EqualTo(new PaymentDecision(outcome)));
        });
    }

    [Test]
    public void Mions_word_about_the_end_counts_more_than_ours()
    {
        var answer = Some.Answer() with { ExpiresOnUtc = Some.Now.AddMinutes(15) };

        Assert.Multiple(() =>
        {
            Assert.That(PaymentDecision.Decide(Some.Session(), answer, Some.Order(), Some.Now.AddMinutes(16)), Is.EqualTo(new PaymentDecision(PaymentOutcome.Expired)));
            Assert.That(PaymentDecision.Decide(Some.Session(), answer, Some.Order(), Some.Now.AddMinutes(14)), Is.EqualTo(StillOpen));
        });
    }

    [Test]
    public void A_payment_that_has_been_seen_is_not_called_expired()
    {
        var session = Some.Session();
        var answer = Some.Answer() with { FundingAmountAvailable = 0.00000001m };

        Assert.That(PaymentDecision.Decide(session, answer, Some.Order(), session.ExpiresOnUtc.AddDays(2)), Is.EqualTo(StillOpen));
    }

    [Test]
    public void An_available_amount_that_does_not_mean_paid_in_is_no_payment_that_has_been_seen()
    {
        var session = Some.Session();
        var answer = Some.Answer() with { FundingAmountAvailable = 1200, FundingAmountMeansArrived = false };

        Assert.That(PaymentDecision.Decide(session, answer, Some.Order(), session.ExpiresOnUtc.AddDays(2)).Outcome, Is.EqualTo(PaymentOutcome.Expired));
    }

    [TestCase("funding-received")]
    [TestCase("funding-collected")]
    [TestCase("exchanged")]
    [TestCase("funded")]
    public void A_session_that_Mion_calls_completed_without_a_time_of_payment_is_neither_paid_nor_expired(string status)
    {
        var session = Some.Session();

        Assert.That(PaymentDecision.Decide(session, Some.Answer() with { Status = status }, Some.Order(), session.ExpiresOnUtc.AddDays(2)), Is.EqualTo(StillOpen));
    }

    [Test]
    public void Money_that_Mion_has_given_back_already_pays_nothing() =>
        Assert.That(PaymentDecision.Decide(Some.Session(), Some.PaidAnswer() with { RefundSessionIds = ["r"] }, Some.Order(), Some.Now), Is.EqualTo(Person(ReviewReason.RefundedAtMion)));

    [Test]
    public void What_other_rows_say_against_it_is_for_a_person() =>
        Assert.That(PaymentDecision.Decide(Some.Session(), Some.PaidAnswer(), Some.Order(), Some.Now, ReviewReason.SharedSession), Is.EqualTo(Person(ReviewReason.SharedSession)));

    [Test]
    public void What_other_rows_say_changes_nothing_about_an_order_that_it_has_paid() =>
        Assert.That(PaymentDecision.Decide(Some.Session(), Some.PaidAnswer(), Order(Paid, OrderStatus.Processing, Some.PaymentSessionId), Some.Now, ReviewReason.SharedSession), Is.EqualTo(Applied));

    [Test]
    public void An_order_that_was_marked_by_it_and_is_pending_again_is_not_marked_again()
    {
        var (marked, waiting) = (Some.Session(), Some.Session(PaymentSessionState.NeedsPerson));
        marked.MarkedOnUtc = Some.Now;
        waiting.ReviewReason = ReviewReason.OrderSetBack;

        Assert.That(PaymentDecision.Decide(marked, Some.PaidAnswer(), Some.Order(), Some.Now), Is.EqualTo(Person(ReviewReason.OrderSetBack)));
        Assert.That(PaymentDecision.Decide(waiting, Some.PaidAnswer(), Some.Order(), Some.Now), Is.EqualTo(Person(ReviewReason.OrderSetBack)));
    }

    private static IEnumerable<TestCaseData> Offers()
    {
        static TestCaseData Offer(string name, bool mayBePaid, bool mayGoOn, Action<MionPaymentSession> change, Order? order)
        {
            var session = Some.Session();
            change(session);
            return new TestCaseData(session, order, mayBePaid, mayGoOn).SetArgDisplayNames(name);
        }

        var (pending, paid) = (Some.Order(), Order(Paid, OrderStatus.Processing));
        return
        [
            Offer("open", true, false, _ => { }, pending),
            Offer("its payment was seen", false, true, session => session.FundsSeen = true, pending),
            Offer("until its last second", true, false, session => session.ExpiresOnUtc = Some.Now.AddSeconds(1), pending),
            Offer("its time is over", false, false, session => session.ExpiresOnUtc = Some.Now, pending),
            Offer("its time is over and its payment was seen", false, true, session => (session.ExpiresOnUtc, session.FundsSeen) = (Some.Now, true), pending),
            Offer("cancelled", false, false, session => session.CancelledOnUtc = Some.Now, pending),
            Offer("cancelled, and its payment was seen", false, false, session => (session.CancelledOnUtc, session.FundsSeen) = (Some.Now, true), pending),
            Offer("paid", false, false, session => session.State = PaymentSessionState.Paid, pending),
            Offer("paid, and its payment was seen", false, false, session => (session.State, session.FundsSeen) = (PaymentSessionState.Paid, true), pending),
            Offer("not created at Mion yet", false, false, session => session.PaymentSessionId = string.Empty, pending),
            Offer("the order was paid otherwise", false, false, _ => { }, paid),
            Offer("the order was paid otherwise, and the payment was seen", false, false, session => session.FundsSeen = true, paid),
            Offer("the order is gone", false, false, _ => { }, null),
            Offer("an amount without an order", true, false, session => session.OrderId = 0, null),
            Offer("an amount without an order whose payment was seen", false, true, session => (session.OrderId, session.FundsSeen) = (0, true), null)
        ];
    }

    [TestCaseSource(nameof(Offers))]
    public void A_way_to_pay_is_shown_while_the_order_wants_it_and_nothing_is_on_its_way(MionPaymentSession session, Order? order, bool mayBePaid, bool mayGoOn)
    {
        Assert.That(PaymentDecision.MayBePaid(session, order, Some.Now), Is.EqualTo(mayBePaid), "pay");
        Assert.That(PaymentDecision.MayGoOn(session, order), Is.EqualTo(mayGoOn), "go on");
    }

    [Test]
    public void Every_reason_is_met_in_this_table()
    {
        var met = Table().Select(row => (ReviewReason)row.Arguments[2]!).Append(OrderGone).Append(PaidTwice).Append(MethodChanged).Append(AmountChanged).Append(AnswerDiffers)
            .Append(ReviewReason.RefundedAtMion).Append(ReviewReason.SharedSession).Append(ReviewReason.OrderSetBack);

        // not decided about a paid session with an order: what Mion does not know, and what the till gave up
        Assert.That(met.Distinct(), Is.EquivalentTo(Enum.GetValues<ReviewReason>().Except([ReviewReason.UnknownAtMion, ReviewReason.CancelledAtTill, ReviewReason.LateAtTill])));
    }

    private static PaymentDecision StillOpen => new(PaymentOutcome.StillOpen);

    private static PaymentDecision MarkAsPaid => new(PaymentOutcome.MarkAsPaid);

    private static PaymentDecision Applied => new(PaymentOutcome.AlreadyApplied);

    private static PaymentDecision Person(ReviewReason reason) => new(PaymentOutcome.NeedsPerson, reason);

    private static PaymentDecision Decide(Order? order) => PaymentDecision.Decide(Some.Session(), Some.PaidAnswer(), order, Some.Now);

    private static Order Order(PaymentStatus payment, OrderStatus status, string? captureTransactionId = null)
    {
        var order = Some.Order();
        order.PaymentStatus = payment;
        order.OrderStatus = status;
        order.CaptureTransactionId = captureTransactionId;
        return order;
    }
}
