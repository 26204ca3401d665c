using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

/// <summary>
/// What the decision table says about charges at the till.
/// </summary>
public class TillDecisionTests
{
    private static readonly PaymentDecision _paid = new(PaymentOutcome.MarkAsPaid);

    [Test]
    public void An_order_placed_with_another_method_is_paid_when_it_was_charged_at_the_till()
    {
        var order = Some.Order();
        order.PaymentMethodSystemName = "Payments.CheckMoneyOrder";

        Assert.That(PaymentDecision.Decide(Charge(), Some.PaidAnswer(), order, Some.Now), Is.EqualTo(_paid));
    }

    [Test]
    public void Online_it_still_needs_a_person()
    {
        var order = Some.Order();
        order.PaymentMethodSystemName = "Payments.CheckMoneyOrder";

        Assert.That(PaymentDecision.Decide(Some.Session(), Some.PaidAnswer(), order, Some.Now),
            Is.EqualTo(new PaymentDecision(PaymentOutcome.NeedsPerson, ReviewReason.MethodChanged)));
    }

    [Test]
    public void A_cancelled_charge_of_an_order_that_is_paid_all_the_same_pays_the_order()
    {
        var charge = Charge();
        charge.CancelledOnUtc = Some.Now;

        Assert.That(PaymentDecision.Decide(charge, Some.PaidAnswer(), Some.Order(), Some.Now), Is.EqualTo(_paid));
    }

    [TestCase(PaymentStatus.Paid, ReviewReason.PaidOtherwise)]
    [TestCase(PaymentStatus.Voided, ReviewReason.OrderNotPending)]
    [TestCase(PaymentStatus.Refunded, ReviewReason.OrderRefunded)]
    public void The_till_pays_no_order_that_the_checkout_would_not(PaymentStatus status, ReviewReason reason)
    {
        var order = Some.Order();
        order.PaymentMethodSystemName = "Payments.CheckMoneyOrder";
        order.PaymentStatus = status;

        Assert.That(PaymentDecision.Decide(Charge(), Some.PaidAnswer(), order, Some.Now), Is.EqualTo(new PaymentDecision(PaymentOutcome.NeedsPerson, reason)));
    }

    [Test]
    public void An_amount_that_was_paid_after_its_time_or_beside_a_later_charge_or_given_back_needs_a_person()
    {
        var charge = Charge();
        charge.OrderId = 0;
        var late = Some.PaidAnswer() with { PaidOnUtc = charge.ExpiresOnUtc.AddSeconds(1) };
        var refunded = Some.PaidAnswer() with { RefundSessionIds = ["r"] };

        Assert.That(PaymentDecision.Decide(charge, Some.PaidAnswer(), null, Some.Now).Outcome, Is.EqualTo(PaymentOutcome.PaidWithoutOrder));
        Assert.That(PaymentDecision.Decide(charge, late, null, Some.Now).Reason, Is.EqualTo(ReviewReason.LateAtTill));
        Assert.That(PaymentDecision.Decide(charge, Some.PaidAnswer(), null, Some.Now, ReviewReason.LateAtTill).Reason, Is.EqualTo(ReviewReason.LateAtTill));
        Assert.That(PaymentDecision.Decide(charge, refunded, null, Some.Now).Reason, Is.EqualTo(ReviewReason.RefundedAtMion));
    }

    [TestCase(0, 0, false)]
    [TestCase(1, 0, true)]
    [TestCase(210, 210, false, Description = "Mion's clock is ahead: by ours it was in time")]
    [TestCase(-209, -210, true, Description = "Mion's clock is behind: by ours it was late")]
    public void What_is_late_is_judged_by_the_clock_that_set_the_end(int secondsAfterTheEnd, int secondsAhead, bool isLate)
    {
        var answer = Some.PaidAnswer() with { PaidOnUtc = Amount().ExpiresOnUtc.AddSeconds(secondsAfterTheEnd), ClockAhead = TimeSpan.FromSeconds(secondsAhead) };

        Assert.That(PaymentDecision.Decide(Amount(), answer, null, Some.Now).Reason, Is.EqualTo(isLate ? ReviewReason.LateAtTill : ReviewReason.None));
    }

    [Test]
    public void An_order_whose_total_changed_meanwhile_needs_a_person()
    {
        var order = Some.Order();
        order.OrderTotal = 12.35m;

        Assert.That(PaymentDecision.Decide(Charge(), Some.PaidAnswer(), order, Some.Now).Reason, Is.EqualTo(ReviewReason.AmountChanged));
    }

    [Test]
    public void An_amount_without_an_order_is_paid_and_marks_none() =>
        Assert.That(PaymentDecision.Decide(Amount(), Some.PaidAnswer(), order: null, Some.Now), Is.EqualTo(new PaymentDecision(PaymentOutcome.PaidWithoutOrder)));

    [Test]
    public void An_amount_paid_after_it_was_cancelled_needs_a_person_because_nobody_waits_for_it()
    {
        var amount = Amount();
        amount.CancelledOnUtc = Some.Now;

        Assert.That(PaymentDecision.Decide(amount, Some.PaidAnswer(), order: null, Some.Now),
            Is.EqualTo(new PaymentDecision(PaymentOutcome.NeedsPerson, ReviewReason.CancelledAtTill)));
    }

    [Test]
    public void An_amount_that_mion_names_differently_needs_a_person() =>
        Assert.That(PaymentDecision.Decide(Amount(), Some.PaidAnswer() with { AmountCents = Some.Cents - 1 }, order: null, Some.Now).Reason,
            Is.EqualTo(ReviewReason.AnswerDiffers));

    [Test]
    public void An_unpaid_amount_is_open_until_it_expires() => Assert.Multiple(() =>
    {
        Assert.That(PaymentDecision.Decide(Amount(), Some.Answer(), order: null, Some.Now).Outcome, Is.EqualTo(PaymentOutcome.StillOpen));
        Assert.That(PaymentDecision.Decide(Amount(), Some.Answer(), order: null, Some.Now.AddDays(2)).Outcome, Is.EqualTo(PaymentOutcome.Expired));
    });

    private static MionPaymentSession Charge()
    {
        var charge = Some.Session();
        charge.IsTill = true;
        return charge;
    }

    private static MionPaymentSession Amount()
    {
        var amount = Charge();
        amount.OrderId = 0;
        amount.OrderGuid = Guid.Empty;
        return amount;
    }
}
