using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// What a till's screen says about a charge.
/// </summary>
public class TillStateTests
{
    [TestCase(PaymentSessionState.Opening, TillState.Starting)]
    [TestCase(PaymentSessionState.Open, TillState.Waiting)]
    [TestCase(PaymentSessionState.Expired, TillState.Expired)]
    [TestCase(PaymentSessionState.Paid, TillState.Paid)]
    [TestCase(PaymentSessionState.NeedsPerson, TillState.NeedsHelp)]
    [TestCase(PaymentSessionState.Handled, TillState.NeedsHelp)]
    public void Follows_the_session(PaymentSessionState state, TillState expected) => Assert.That(Read(Charge(state)), Is.EqualTo(expected));

    [TestCase(PaymentSessionState.Opening, TillState.Cancelled)]
    [TestCase(PaymentSessionState.Open, TillState.Cancelled)]
    [TestCase(PaymentSessionState.Expired, TillState.Cancelled)]
    [TestCase(PaymentSessionState.Paid, TillState.Paid, TestName = "What is paid is paid, cancelled or not")]
    [TestCase(PaymentSessionState.NeedsPerson, TillState.NeedsHelp, TestName = "What waits for a person does so, cancelled or not")]
    public void Cancelled(PaymentSessionState state, TillState expected)
    {
        var charge = Charge(state);
        charge.CancelledOnUtc = Some.Now;

        Assert.That(Read(charge), Is.EqualTo(expected));
    }

    [Test]
    public void Money_on_its_way_is_said_even_of_a_cancelled_charge()
    {
        var charge = Charge();
        charge.FundsSeen = true;
        charge.CancelledOnUtc = Some.Now;

        Assert.That(Read(charge), Is.EqualTo(TillState.Seen));
    }

    [Test]
    public void What_has_ended_by_the_clock_alone_may_have_been_paid_in_its_last_minute() =>
        Assert.That(Read(Charge(), at: Some.Now.AddDays(1)), Is.EqualTo(TillState.Unknown));

    [Test]
    public void A_blocked_payment_is_said() => Assert.That(Read(Charge(), Attempt(blocked: true)), Is.EqualTo(TillState.Blocked));

    [Test]
    public void Missing_details_are_said() => Assert.That(Read(Charge(), Attempt(missing: "firstName")), Is.EqualTo(TillState.DetailsMissing));

    [Test]
    public void A_code_that_has_ended_is_not_shown_any_more() =>
        Assert.That(Read(Charge(), at: Some.Now.AddMinutes(2)), Is.EqualTo(TillState.Starting));

    [TestCase(PaymentSessionState.Opening)]
    [TestCase(PaymentSessionState.Open)]
    public void Why_there_is_no_code_is_said(PaymentSessionState state)
    {
        var charge = Charge(state);
        charge.AttemptProblem = OpeningProblem.PermissionMissing;

        Assert.That(TillStatusService.GetState(charge, attempt: null, Some.Now), Is.EqualTo(TillState.Problem));
    }

    [Test]
    public void A_failed_renewal_does_not_hide_a_code_that_still_works()
    {
        var charge = Charge();
        charge.AttemptProblem = OpeningProblem.Unreachable;

        Assert.That(Read(charge), Is.EqualTo(TillState.Waiting));
    }

    private static TillState Read(MionPaymentSession charge, MionPaymentAttempt? attempt = null, DateTime? at = null) =>
        TillStatusService.GetState(charge, charge.State == PaymentSessionState.Opening ? null : attempt ?? Attempt(), at ?? Some.Now);

    private static MionPaymentSession Charge(PaymentSessionState state = PaymentSessionState.Open)
    {
        var charge = Some.Session(state);
        charge.IsTill = true;
        return charge;
    }

    private static MionPaymentAttempt Attempt(bool blocked = false, string missing = "") => new()
    {
        CreatedOnUtc = Some.Now,
        ExpiresOnUtc = Some.Now.AddMinutes(2),
        AmountMsat = 25_000_000,
        Invoice = "lnbc250u1p",
        BlockedByCompliance = blocked,
        MissingCustomerFields = missing
    };
}
