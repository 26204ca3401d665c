using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class MionPaymentSessionTests
{
    [Test]
    public void An_open_session_of_the_same_amount_is_used_again() =>
        Assert.That(Some.Session().IsReusable(Some.Cents, Some.Now), Is.True);

    [TestCase(PaymentSessionState.Opening)]
    [TestCase(PaymentSessionState.Expired)]
    [TestCase(PaymentSessionState.Paid)]
    [TestCase(PaymentSessionState.NeedsPerson)]
    public void A_session_that_is_not_open_is_not_used_again(PaymentSessionState state) =>
        Assert.That(Some.Session(state).IsReusable(Some.Cents, Some.Now), Is.False);

    [TestCase(Some.Cents - 1)]
    [TestCase(Some.Cents + 1)]
    [TestCase(0)]
    public void A_session_of_another_amount_is_not_used_again(long cents) =>
        Assert.That(Some.Session().IsReusable(cents, Some.Now), Is.False);

    [Test]
    public void A_session_that_Mion_has_not_confirmed_is_not_used_again()
    {
        var session = Some.Session();
        session.PaymentSessionId = string.Empty;

        Assert.Multiple(() =>
        {
            Assert.That(session.IsAtMion(), Is.False);
            Assert.That(session.IsReusable(Some.Cents, Some.Now), Is.False);
        });
    }

    [Test]
    public void A_shopper_is_sent_to_a_session_only_with_more_than_the_margin_left() =>
        Rule.Holds(Any.Time(TimeSpan.FromDays(-2), TimeSpan.FromDays(2)).Or(Any.Time(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6))), left =>
            Some.Session().IsReusable(Some.Cents, Some.Session().ExpiresOnUtc - left) == (left > MionDefaults.ReuseMargin));

    [Test]
    public void Exactly_the_margin_is_too_little() =>
        Assert.That(Some.Session().IsReusable(Some.Cents, Some.Session().ExpiresOnUtc - MionDefaults.ReuseMargin), Is.False);

    [Test]
    public void Five_minutes_are_left_to_pay_at_least() => Assert.That(MionDefaults.ReuseMargin, Is.EqualTo(TimeSpan.FromMinutes(5)));

    // the numbers stand in the tables of stores
    [TestCase(PaymentSessionState.Opening, 10)]
    [TestCase(PaymentSessionState.Open, 20)]
    [TestCase(PaymentSessionState.Expired, 30)]
    [TestCase(PaymentSessionState.Paid, 40)]
    [TestCase(PaymentSessionState.NeedsPerson, 50)]
    [TestCase(PaymentSessionState.Handled, 60)]
    public void A_state_is_stored_as_the_same_number_for_ever(PaymentSessionState state, int number) =>
        Assert.That(new MionPaymentSession { State = state }.StateId, Is.EqualTo(number));

    [TestCase(ReviewReason.None, 0)]
    [TestCase(ReviewReason.OrderGone, 10)]
    [TestCase(ReviewReason.OrderCancelled, 20)]
    [TestCase(ReviewReason.PaidOtherwise, 30)]
    [TestCase(ReviewReason.PaidTwice, 40)]
    [TestCase(ReviewReason.AmountChanged, 50)]
    [TestCase(ReviewReason.OrderRefunded, 60)]
    [TestCase(ReviewReason.OrderNotPending, 70)]
    [TestCase(ReviewReason.MethodChanged, 80)]
    [TestCase(ReviewReason.AnswerDiffers, 90)]
    [TestCase(ReviewReason.UnknownAtMion, 100)]
    [TestCase(ReviewReason.CancelledAtTill, 110)]
    public void A_reason_is_stored_as_the_same_number_for_ever(ReviewReason reason, int number) =>
        Assert.That(new MionPaymentSession { ReviewReason = reason }.ReviewReasonId, Is.EqualTo(number));

    [Test]
    public void No_state_and_no_reason_is_missing_above() => Assert.Multiple(() =>
    {
        Assert.That(Enum.GetValues<PaymentSessionState>(), Has.Length.EqualTo(6));
        Assert.That(Enum.GetValues<ReviewReason>(), Has.Length.EqualTo(12));
    });
}
