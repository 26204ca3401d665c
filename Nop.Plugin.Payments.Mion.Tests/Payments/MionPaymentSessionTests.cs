using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class MionPaymentSessionTests
{
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
    [TestCase(ReviewReason.RefundedAtMion, 120)]
    [TestCase(ReviewReason.SharedSession, 130)]
    [TestCase(ReviewReason.OrderSetBack, 140)]
    [TestCase(ReviewReason.LateAtTill, 150)]
    public void A_reason_is_stored_as_the_same_number_for_ever(ReviewReason reason, int number) =>
        Assert.That(new MionPaymentSession { ReviewReason = reason }.ReviewReasonId, Is.EqualTo(number));

    [Test]
    public void No_state_and_no_reason_is_missing_above() => Assert.Multiple(() =>
    {
        Assert.That(Enum.GetValues<PaymentSessionState>(), Has.Length.EqualTo(6));
        Assert.That(Enum.GetValues<ReviewReason>(), Has.Length.EqualTo(16));
    });
}
