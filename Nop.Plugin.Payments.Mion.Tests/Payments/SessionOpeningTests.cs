using FsCheck.Fluent;
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
