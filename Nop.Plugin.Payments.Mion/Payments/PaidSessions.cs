using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Looks after what is paid: that its order still says so, since an older copy of the order that another writer saves
/// would set it back, and whether Mion has paid money back.
/// </summary>
public class PaidSessions(CheckSchedule schedule, IOrderService orderService, PaymentJournal journal, PaymentSessionStore store, Refunds refunds)
{
    private static readonly TimeSpan _orderOnly = TimeSpan.FromHours(12);

    /// <summary>Whether a look at a session is about its order alone, and costs no call to Mion.</summary>
    public bool IsAboutOrder(MionPaymentSession session) =>
        session.State == PaymentSessionState.Paid && session.SettledOnUtc is { } settledOnUtc && schedule.UtcNow - settledOnUtc < _orderOnly;

    /// <summary>Looks at a paid session, and says when that is done next.</summary>
    /// <param name="answer">Mion's word, where there is one.</param>
    public async Task CheckAsync(MionPaymentSession session, MionSession? answer)
    {
        if (session.IsForOrder() && await orderService.GetOrderByGuidAsync(session.OrderGuid) is { } order && IsSetBack(session, order))
        {
            (session.State, session.ReviewReason) = (PaymentSessionState.NeedsPerson, ReviewReason.OrderSetBack);
            // what was done to the order after that says more
            session.ReviewReason = PaymentDecision.FindObstacle(session, order);
            // told before it is recorded: whoever repeats this after a crash finds that it was told, or tells
            await journal.TellOwnerWhyAsync(session, order);
            if (await store.TryRecordSetBackAsync(session.Id, session.ReviewReason))
                await journal.SetBackAsync(session);
        }

        if (answer is not null)
            await FollowAsync(session, answer, CheckTrigger.Poll);
        await store.RecordStillWaitingAsync(session.Id, await schedule.NextAsync(session));
    }

    /// <summary>Notes what Mion has done with a payment since.</summary>
    public async Task FollowAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        await refunds.NoteAsync(session, answer, trigger);
        if (session.MionStatus != (answer.Status ?? string.Empty) || session.FundingStatus != (answer.FundingStatus ?? string.Empty))
            await store.RecordProcessingAsync(session.Id, answer);
    }

    // whatever was done to it since: cancelled or deleted, a paid order stays paid; set back, another payment may have paid it
    private static bool IsSetBack(MionPaymentSession session, Order order) =>
        order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized
        || order.PaymentStatus == PaymentStatus.Paid && !PaymentDecision.IsApplied(session, order);
}
