using FsCheck.Fluent;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

/// <summary>Which session a payer is sent to again.</summary>
public class SessionOpeningTests
{
    [Test]
    public void An_open_session_of_the_same_amount_is_used_again() =>
        Assert.That(CanGoOn(Some.Session()), Is.True);

    [TestCase(PaymentSessionState.Expired)]
    [TestCase(PaymentSessionState.Paid)]
    [TestCase(PaymentSessionState.NeedsPerson)]
    public void A_session_that_is_not_open_is_not_used_again(PaymentSessionState state) =>
        Assert.That(CanGoOn(Some.Session(state)), Is.False);

    [TestCase(Some.Cents - 1)]
    [TestCase(Some.Cents + 1)]
    [TestCase(0)]
    public void A_session_of_another_amount_is_not_used_again(long cents) =>
        Assert.That(CanGoOn(Some.Session(), cents), Is.False);

    [Test]
    public void A_session_that_Mion_has_not_confirmed_is_not_used_again()
    {
        var session = Some.Session();
        session.PaymentSessionId = string.Empty;

        Assert.Multiple(() =>
        {
            Assert.That(session.IsAtMion(), Is.False);
            Assert.That(CanGoOn(session), Is.False);
        });
    }

    [Test]
    public void A_shopper_is_sent_to_a_session_only_with_more_than_the_margin_left() =>
        Rule.Holds(Any.Time(TimeSpan.FromDays(-2), TimeSpan.FromDays(2)).Or(Any.Time(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6))), left =>
            CanGoOn(Some.Session(), utcNow: Some.Session().ExpiresOnUtc - left) == (left > MionDefaults.ReuseMargin));

    [Test]
    public void Exactly_the_margin_is_too_little() =>
        Assert.That(CanGoOn(Some.Session(), utcNow: Some.Session().ExpiresOnUtc - MionDefaults.ReuseMargin), Is.False);

    [Test]
    public void Five_minutes_are_left_to_pay_at_least() => Assert.That(MionDefaults.ReuseMargin, Is.EqualTo(TimeSpan.FromMinutes(5)));

    [Test]
    public void What_was_begun_and_not_confirmed_is_gone_on_with_only_at_its_own_amount()
    {
        Assert.That(CanGoOn(Some.Session(PaymentSessionState.Opening)), Is.True);
        Assert.That(CanGoOn(Some.Session(PaymentSessionState.Opening), Some.Cents + 1), Is.False);
    }

    [Test]
    public void A_rate_that_has_moved_is_no_reason_for_another_session()
    {
        var session = Some.Session();
        (session.CurrencyCode, session.ExchangeRate, session.AmountCents) = ("USD", 0.9m, 1111);

        Assert.That(SessionOpening.CanGoOn(session, Request(), new EuroQuote(1000, 12.34m, "USD", 0.81m, null), Some.Now), Is.True);
        Assert.That(SessionOpening.CanGoOn(session, Request(), new EuroQuote(1000, 12.35m, "USD", 0.81m, null), Some.Now), Is.False);
        Assert.That(SessionOpening.CanGoOn(session, Request(), new EuroQuote(1000, 12.34m, "CHF", 0.81m, null), Some.Now), Is.False);
    }

    [Test]
    public void A_shopper_is_not_sent_to_a_tills_charge_nor_a_till_to_a_shoppers_session()
    {
        var charge = Some.Session();
        charge.IsTill = true;

        Assert.That(CanGoOn(charge), Is.False);
        Assert.That(SessionOpening.CanGoOn(charge, Request(CheckTrigger.Till), Quote(Some.Cents), Some.Now), Is.True);
        Assert.That(SessionOpening.CanGoOn(Some.Session(), Request(CheckTrigger.Till), Quote(Some.Cents), Some.Now), Is.False);
    }

    [Test]
    public void A_charge_that_was_given_up_or_is_of_another_store_is_not_gone_on_with()
    {
        var (cancelled, elsewhere) = (Some.Session(), Some.Session());
        (cancelled.CancelledOnUtc, elsewhere.StoreId) = (Some.Now, 2);

        Assert.That(CanGoOn(cancelled), Is.False);
        Assert.That(CanGoOn(elsewhere), Is.False);
    }

    [Test]
    public void What_is_only_reserved_has_been_shown_no_rate_and_its_time_has_not_begun()
    {
        var reserved = Some.Session(PaymentSessionState.Opening);
        (reserved.IsReserved, reserved.CurrencyCode, reserved.ExchangeRate, reserved.ExpiresOnUtc) = (true, "USD", 0.5m, Some.Now);

        Assert.That(SessionOpening.CanGoOn(reserved, Request(), new EuroQuote(Some.Cents, 20m, "USD", 0.617m, null), Some.Now), Is.True);
        Assert.That(SessionOpening.CanGoOn(reserved, Request(), new EuroQuote(Some.Cents + 1, 24.68m, "USD", 0.5m, null), Some.Now), Is.False);
    }

    [Test]
    public void A_session_of_an_order_that_names_another_method_by_now_is_gone_on_with_where_staff_offered_it()
    {
        var (order, offered) = (Some.Order(), Some.Session());
        (order.PaymentMethodSystemName, offered.IsOffered) = ("Payments.CheckMoneyOrder", true);
        var request = Request() with { Order = order };

        Assert.That(SessionOpening.CanGoOn(Some.Session(), Request() with { Order = Some.Order() }, Quote(Some.Cents), Some.Now), Is.True);
        Assert.That(SessionOpening.CanGoOn(Some.Session(), request, Quote(Some.Cents), Some.Now), Is.False);
        Assert.That(SessionOpening.CanGoOn(offered, request, Quote(Some.Cents), Some.Now), Is.True);
    }

    private static IEnumerable<TestCaseData> Obstacles()
    {
        static Order Order(Action<Order>? change = null)
        {
            var order = Some.Order();
            change?.Invoke(order);
            return order;
        }

        static TestCaseData Case(string name, Order? order, MionPaymentSession? session, OpeningProblem expected, bool isOffered = false) =>
            new TestCaseData(order, session, isOffered, expected).SetArgDisplayNames(name);

        var (paid, seen, offered) = (Some.Session(PaymentSessionState.Paid), Some.Session(), Some.Session());
        (seen.FundsSeen, offered.IsOffered) = (true, true);
        var other = Order(order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
        return
        [
            Case("nothing", Order(), null, OpeningProblem.None),
            Case("an open session", Order(), Some.Session(), OpeningProblem.None),
            Case("paid", Order(), paid, OpeningProblem.AlreadyPaid),
            Case("paid, and the order is cancelled", Order(order => order.OrderStatus = OrderStatus.Cancelled), paid, OpeningProblem.AlreadyPaid),
            Case("a payment on its way", Order(), seen, OpeningProblem.PaymentSeen),
            Case("deleted", Order(order => order.Deleted = true), null, OpeningProblem.OrderClosed),
            Case("cancelled", Order(order => order.OrderStatus = OrderStatus.Cancelled), Some.Session(), OpeningProblem.OrderClosed),
            Case("paid otherwise", Order(order => order.PaymentStatus = PaymentStatus.Paid), null, OpeningProblem.OrderClosed),
            Case("another method", other, null, OpeningProblem.OrderClosed),
            Case("another method, and staff offers Bitcoin", other, null, OpeningProblem.None, isOffered: true),
            Case("another method, and staff has offered Bitcoin", other, offered, OpeningProblem.None),
            Case("an amount of which one was paid", null, paid, OpeningProblem.None),
            Case("an amount whose payment is on its way", null, seen, OpeningProblem.PaymentSeen),
            Case("an amount", null, null, OpeningProblem.None)
        ];
    }

    [TestCaseSource(nameof(Obstacles))]
    public void What_is_in_the_way_of_a_payment_is_said_with_the_session_that_it_is_about(Order? order, MionPaymentSession? session, bool isOffered, OpeningProblem expected)
    {
        var found = SessionOpening.FindObstacle(order, isOffered, session is null ? [] : [session]);

        Assert.That(found, Is.EqualTo(expected == OpeningProblem.None ? null : new OpeningResult(expected, session)));
    }

    [TestCase(MionApiErrorKind.Unauthorized, OpeningProblem.PermissionMissing)]
    [TestCase(MionApiErrorKind.Forbidden, OpeningProblem.PermissionMissing)]
    [TestCase(MionApiErrorKind.Rejected, OpeningProblem.Refused)]
    [TestCase(MionApiErrorKind.NotFound, OpeningProblem.Refused)]
    [TestCase(MionApiErrorKind.Redirected, OpeningProblem.Refused)]
    [TestCase(MionApiErrorKind.Misconfigured, OpeningProblem.Refused)]
    [TestCase(MionApiErrorKind.UnreadableAnswer, OpeningProblem.Unreachable)]
    [TestCase(MionApiErrorKind.TimedOut, OpeningProblem.Unreachable)]
    public void A_failed_call_is_a_refusal_or_no_word_at_all(MionApiErrorKind kind, OpeningProblem problem) =>
        Assert.That(SessionOpening.ToProblem(new MionApiException(kind, "x", "x")), Is.EqualTo(problem));

    private static bool CanGoOn(MionPaymentSession session, long cents = Some.Cents, DateTime? utcNow = null) =>
        SessionOpening.CanGoOn(session, Request(), Quote(cents), utcNow ?? Some.Now);

    private static EuroQuote Quote(long cents) => new(cents, EuroAmount.ToEuro(cents), "EUR", 1m, null);

    private static OpeningRequest Request(CheckTrigger trigger = CheckTrigger.Checkout) => new()
    {
        StoreId = 1,
        Trigger = trigger,
        Lifetime = TimeSpan.FromDays(1),
        ReuseMargin = MionDefaults.ReuseMargin,
        GetReference = attempt => $"reference-{attempt}"
    };
}
