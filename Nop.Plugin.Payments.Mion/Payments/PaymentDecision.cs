using System.Diagnostics.CodeAnalysis;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What follows from what is known about a payment.</summary>
public enum PaymentOutcome
{
    /// <summary>Not paid; it still can be.</summary>
    StillOpen,

    /// <summary>Not paid, and its time is over.</summary>
    Expired,

    /// <summary>The order is to be marked as paid.</summary>
    MarkAsPaid,

    /// <summary>The order is already marked as paid by this very session; only the session's row is to follow.</summary>
    AlreadyApplied,

    /// <summary>Paid, and there is no order to mark: an amount charged at the till.</summary>
    PaidWithoutOrder,

    /// <summary>Paid, but the order must not be marked as paid: a person decides.</summary>
    NeedsPerson
}

/// <summary>The one place that decides. Pure: reads no clock, no database, no network.</summary>
/// <param name="Outcome">What follows.</param>
/// <param name="Reason">Why a person is needed, else <see cref="ReviewReason.None"/>.</param>
public readonly record struct PaymentDecision(PaymentOutcome Outcome, ReviewReason Reason = ReviewReason.None)
{
    /// <summary>Decides about a session that Mion does not call paid.</summary>
    /// <param name="expiresOnUtc">Until when the session can be paid.</param>
    /// <remarks>A payment that has been seen is not called expired: it may be on its way into a block.</remarks>
    public static PaymentDecision DecideUnpaid(MionSession answer, DateTime expiresOnUtc, DateTime utcNow) =>
        new(!answer.IsSeen && expiresOnUtc <= utcNow ? PaymentOutcome.Expired : PaymentOutcome.StillOpen);

    /// <summary>Decides.</summary>
    /// <param name="order">The order as it is in the database now; null when there is none.</param>
    /// <param name="suspicion">What other rows say against it: <see cref="PaymentSessionStore.FindSuspicionAsync"/>.</param>
    public static PaymentDecision Decide(MionPaymentSession session, MionSession answer, Order? order, DateTime utcNow, ReviewReason suspicion = ReviewReason.None)
    {
        if (!answer.IsPaid)
            return DecideUnpaid(answer, answer.ExpiresOnUtc ?? session.ExpiresOnUtc, utcNow);
        if (!session.IsForOrder())
            return DecideWithoutOrder(session, answer, suspicion);
        if (IsApplied(session, order))
            return new(PaymentOutcome.AlreadyApplied);

        var reason = suspicion != ReviewReason.None ? suspicion : FindObstacle(session, order);
        // an answer that does not fit matters only where nothing else stands in the way; whatever stood there may be gone, but so may the money
        if (reason == ReviewReason.None && (AnswerDiffers(session, answer) || answer.RefundSessionIds.Count > 0))
            reason = AnswerDiffers(session, answer) ? ReviewReason.AnswerDiffers : ReviewReason.RefundedAtMion;
        return reason == ReviewReason.None ? new(PaymentOutcome.MarkAsPaid) : new(PaymentOutcome.NeedsPerson, reason);
    }

    /// <summary>
    /// Whether a session may still be paid for its order now: asked by everything that shows a way to pay. The time is over at
    /// Mion too, and a payment that is on its way needs no second one.
    /// </summary>
    /// <param name="order">The order as it is in the database now; null when there is none.</param>
    public static bool MayBePaid(MionPaymentSession session, Order? order, DateTime utcNow) =>
        session is { State: PaymentSessionState.Open, CancelledOnUtc: null, FundsSeen: false } && session.IsAtMion() && session.ExpiresOnUtc > utcNow
        && IsWanted(session, order);

    /// <summary>
    /// Whether the payer of a session whose payment was seen may go on with it, since too little may have been paid: not where
    /// the order wants something else by now.
    /// </summary>
    /// <param name="order">The order as it is in the database now; null when there is none.</param>
    public static bool MayGoOn(MionPaymentSession session, Order? order) =>
        session is { State: PaymentSessionState.Open, CancelledOnUtc: null, FundsSeen: true } && IsWanted(session, order);

    private static bool IsWanted(MionPaymentSession session, Order? order) => !session.IsForOrder() || FindObstacle(session, order) == ReviewReason.None;

    /// <summary>Whether an order names this payment method.</summary>
    public static bool IsMethod(Order order) => string.Equals(order.PaymentMethodSystemName, MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a session is a way to pay its order: the order names this method, or the merchant's own staff chose so, at the till or
    /// by offering it, whatever was chosen when it was placed.
    /// </summary>
    public static bool IsMethod(Order order, MionPaymentSession session) => session.IsTill || session.IsOffered || IsMethod(order);

    /// <summary>
    /// Whether an order is already marked as paid by this very session: its transaction is saved together with its status.
    /// </summary>
    /// <param name="order">The order as it is in the database now; null when there is none.</param>
    public static bool IsApplied(MionPaymentSession session, [NotNullWhen(true)] Order? order) =>
        session.IsAtMion() && order is { PaymentStatus: PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded }
            && string.Equals(order.CaptureTransactionId, session.PaymentSessionId, StringComparison.OrdinalIgnoreCase);

    /// <summary>An amount without an order: what could be wrong with it is only what Mion says, and that nobody waits for it any more.</summary>
    private static PaymentDecision DecideWithoutOrder(MionPaymentSession session, MionSession answer, ReviewReason suspicion)
    {
        var reason = AnswerDiffers(session, answer) ? ReviewReason.AnswerDiffers
            : session.CancelledOnUtc is not null ? ReviewReason.CancelledAtTill
            : answer.RefundSessionIds.Count > 0 ? ReviewReason.RefundedAtMion
            : answer.PaidOnUtc - answer.ClockAhead > session.ExpiresOnUtc ? ReviewReason.LateAtTill
            : suspicion;
        return reason == ReviewReason.None ? new(PaymentOutcome.PaidWithoutOrder) : new(PaymentOutcome.NeedsPerson, reason);
    }

    /// <summary>Why a payment must not be brought to its order by itself, or none.</summary>
    internal static ReviewReason FindObstacle(MionPaymentSession session, Order? order) => order switch
    {
        null or { Deleted: true } => ReviewReason.OrderGone,
        { PaymentStatus: PaymentStatus.Paid } => IsPaidByMion(order) ? ReviewReason.PaidTwice : ReviewReason.PaidOtherwise,
        { PaymentStatus: PaymentStatus.Refunded or PaymentStatus.PartiallyRefunded } => ReviewReason.OrderRefunded,
        { OrderStatus: OrderStatus.Cancelled } => ReviewReason.OrderCancelled,
        { PaymentStatus: not PaymentStatus.Pending } => ReviewReason.OrderNotPending,
        _ when session.MarkedOnUtc is not null || session.ReviewReason == ReviewReason.OrderSetBack => ReviewReason.OrderSetBack,
        _ when !IsMethod(order, session) => ReviewReason.MethodChanged,
        _ when EuroAmount.ToCents(order.OrderTotal, session.ExchangeRate) != session.AmountCents => ReviewReason.AmountChanged,
        _ => ReviewReason.None
    };

    /// <summary>Whether Mion names another amount or currency than was asked for; the status alone names none.</summary>
    internal static bool AnswerDiffers(MionPaymentSession session, MionSession answer) =>
        answer.AmountCents is { } cents && cents != session.SumCents()
        || answer.Currency is { } currency && !currency.Equals(MionDefaults.EuroCode, StringComparison.OrdinalIgnoreCase);

    private static bool IsPaidByMion(Order order) =>
        IsMethod(order) && !string.IsNullOrEmpty(order.CaptureTransactionId);
}
