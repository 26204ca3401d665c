using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk;

/// <summary>What the examination says of a payment, its order and Mion's word.</summary>
public class PaymentDiagnosisTests
{
    [Test]
    public void A_payment_its_order_and_Mion_that_agree_are_no_finding() => Assert.Multiple(() =>
    {
        Assert.That(Find(Some.Session(), Some.Order(), Some.Answer()), Is.EqualTo(DoctorFinding.None));
        Assert.That(Find(Applied(), PaidOrder(), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.None));
    });

    [TestCase(PaymentSessionState.Open)]
    [TestCase(PaymentSessionState.Expired)]
    public void Money_at_Mion_that_the_order_does_not_know_is_found(PaymentSessionState state) =>
        Assert.That(Find(Some.Session(state), Some.Order(), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.PaidAtMion));

    [Test]
    public void What_waits_for_a_person_is_found_whatever_Mion_says() =>
        Assert.That(Find(Some.Session(PaymentSessionState.NeedsPerson), Some.Order(), null, MionApiErrorKind.NotFound), Is.EqualTo(DoctorFinding.NeedsPerson));

    [TestCase(PaymentStatus.Pending, DoctorFinding.OrderNotPaid)]
    [TestCase(PaymentStatus.Authorized, DoctorFinding.OrderNotPaid)]
    [TestCase(PaymentStatus.Voided, DoctorFinding.OrderNotPaid)]
    [TestCase(PaymentStatus.Paid, DoctorFinding.None)]
    [TestCase(PaymentStatus.Refunded, DoctorFinding.None)]
    [TestCase(PaymentStatus.PartiallyRefunded, DoctorFinding.None)]
    public void An_order_follows_its_payment(PaymentStatus status, DoctorFinding expected) =>
        Assert.That(Find(Applied(), PaidOrder(order => order.PaymentStatus = status), Some.PaidAnswer()), Is.EqualTo(expected));

    [Test]
    public void An_order_that_is_gone_is_found() => Assert.Multiple(() =>
    {
        Assert.That(Find(Applied(), null, Some.PaidAnswer()), Is.EqualTo(DoctorFinding.OrderGone));
        Assert.That(Find(Applied(), PaidOrder(order => order.Deleted = true), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.OrderGone));
    });

    [Test]
    public void An_order_that_another_payment_has_paid_is_found() =>
        Assert.That(Find(Applied(), PaidOrder(order => order.CaptureTransactionId = Some.OtherPaymentSessionId), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.PaidTwice));

    [Test]
    public void A_paid_order_that_was_cancelled_is_found_until_it_is_refunded() => Assert.Multiple(() =>
    {
        Assert.That(Find(Applied(), PaidOrder(order => order.OrderStatus = OrderStatus.Cancelled), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.OrderCancelled));
        Assert.That(Find(Applied(), PaidOrder(order => (order.OrderStatus, order.PaymentStatus) = (OrderStatus.Cancelled, PaymentStatus.Refunded)), Some.PaidAnswer()),
            Is.EqualTo(DoctorFinding.None));
    });

    [Test]
    public void An_amount_that_is_not_the_order_s_or_not_Mion_s_is_found() => Assert.Multiple(() =>
    {
        Assert.That(Find(Applied(), PaidOrder(order => order.OrderTotal = 99), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.AmountDiffers));
        Assert.That(Find(Applied(), PaidOrder(), Some.PaidAnswer() with { AmountCents = 1 }), Is.EqualTo(DoctorFinding.AmountDiffers));
    });

    [Test]
    public void A_payment_that_Mion_does_not_call_paid_is_found() =>
        Assert.That(Find(Applied(), PaidOrder(), Some.Answer()), Is.EqualTo(DoctorFinding.NotPaidAtMion));

    [TestCase(MionApiErrorKind.NotFound, DoctorFinding.UnknownAtMion)]
    [TestCase(MionApiErrorKind.Unauthorized, DoctorFinding.MionFailed)]
    [TestCase(MionApiErrorKind.TimedOut, DoctorFinding.MionFailed)]
    public void No_answer_is_no_state(MionApiErrorKind error, DoctorFinding expected) =>
        Assert.That(Find(Some.Session(), Some.Order(), null, error), Is.EqualTo(expected));

    [Test]
    public void An_amount_without_an_order_needs_none()
    {
        var session = Applied();
        session.OrderId = 0;

        Assert.That(Find(session, null, Some.PaidAnswer()), Is.EqualTo(DoctorFinding.None));
    }

    [Test]
    public void What_a_person_has_dealt_with_is_not_brought_up_again_and_anything_else_is()
    {
        var session = Applied();
        session.SettledFinding = DoctorFinding.OrderCancelled;

        Assert.Multiple(() =>
        {
            Assert.That(Find(session, PaidOrder(order => order.OrderStatus = OrderStatus.Cancelled), Some.PaidAnswer()), Is.EqualTo(DoctorFinding.None));
            Assert.That(Find(session, null, Some.PaidAnswer()), Is.EqualTo(DoctorFinding.OrderGone));
        });
    }

    [Test]
    public void Every_finding_has_one_safe_action_but_the_one_that_is_only_a_question() =>
        Assert.That(Enum.GetValues<DoctorFinding>().Where(finding => !PaymentDiagnosis.CanBeHandled(finding)),
            Is.EquivalentTo(new[] { DoctorFinding.None, DoctorFinding.PaidAtMion, DoctorFinding.MionFailed }));

    private static DoctorFinding Find(MionPaymentSession session, Order? order, MionSession? answer, MionApiErrorKind? error = null) =>
        PaymentDiagnosis.Find(session, order, answer, error);

    private static MionPaymentSession Applied() => Some.Session(PaymentSessionState.Paid);

    private static Order PaidOrder(Action<Order>? change = null)
    {
        var order = Some.Order();
        order.PaymentStatus = PaymentStatus.Paid;
        order.OrderStatus = OrderStatus.Processing;
        order.CaptureTransactionId = Some.PaymentSessionId;
        change?.Invoke(order);
        return order;
    }
}
