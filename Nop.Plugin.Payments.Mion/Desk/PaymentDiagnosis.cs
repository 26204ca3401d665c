using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Compares a payment with its order and with Mion. Pure: reads no clock, no database, no network.</summary>
public static class PaymentDiagnosis
{
    /// <summary>Says what does not fit together.</summary>
    /// <param name="order">Its order as it is in the database now; null when there is none.</param>
    /// <param name="answer">Mion's word; null where Mion was not asked, or gave none.</param>
    /// <param name="error">Why Mion gave none; null where it was not asked, or answered.</param>
    /// <returns>The finding; none where everything fits, or a person has dealt with the very same finding already.</returns>
    public static DoctorFinding Find(MionPaymentSession session, Order? order, MionSession? answer, MionApiErrorKind? error)
    {
        var finding = FindBeforeMion(session, order);
        if (finding == DoctorFinding.None)
            finding = FindAtMion(session, answer, error);
        return finding == session.SettledFinding ? DoctorFinding.None : finding;
    }

    /// <summary>
    /// Whether a person can mark a finding as handled: not what is better applied, and not what is no finding but a
    /// question that got no answer.
    /// </summary>
    public static bool CanBeHandled(DoctorFinding finding) => finding is not (DoctorFinding.None or DoctorFinding.PaidAtMion or DoctorFinding.MionFailed);

    private static DoctorFinding FindBeforeMion(MionPaymentSession session, Order? order)
    {
        if (session.State == PaymentSessionState.NeedsPerson)
            return DoctorFinding.NeedsPerson;
        if (session.State != PaymentSessionState.Paid || !session.IsForOrder())
            return DoctorFinding.None;
        return order switch
        {
            null or { Deleted: true } => DoctorFinding.OrderGone,
            { PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized or PaymentStatus.Voided } => DoctorFinding.OrderNotPaid,
            // what was refunded has been looked at by a person
            { PaymentStatus: not PaymentStatus.Paid } => DoctorFinding.None,
            { CaptureTransactionId.Length: > 0 } when !string.Equals(order.CaptureTransactionId, session.PaymentSessionId, StringComparison.OrdinalIgnoreCase) => DoctorFinding.PaidTwice,
            { OrderStatus: OrderStatus.Cancelled } => DoctorFinding.OrderCancelled,
            _ when EuroAmount.ToCents(order.OrderTotal, session.ExchangeRate) != session.AmountCents => DoctorFinding.AmountDiffers,
            _ => DoctorFinding.None
        };
    }

    private static DoctorFinding FindAtMion(MionPaymentSession session, MionSession? answer, MionApiErrorKind? error) => (error, answer) switch
    {
        (MionApiErrorKind.NotFound, _) => DoctorFinding.UnknownAtMion,
        (not null, _) => DoctorFinding.MionFailed,
        (_, { IsPaid: true }) when session.State is PaymentSessionState.Open or PaymentSessionState.Expired => DoctorFinding.PaidAtMion,
        (_, { IsPaid: false }) when session.State == PaymentSessionState.Paid => DoctorFinding.NotPaidAtMion,
        (_, { IsPaid: false }) when session.IsStalled() || MionSession.IsCompletedStatus(answer.Status) => DoctorFinding.SeenNotPaid,
        (_, { IsPaid: true }) when session.State == PaymentSessionState.Paid && PaymentDecision.AnswerDiffers(session, answer) => DoctorFinding.AmountDiffers,
        _ => DoctorFinding.None
    };
}
