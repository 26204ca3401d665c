using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Tells the store owner about sessions of which nothing more is to be expected by itself: a payment that was seen and is
/// not complete hours after its time, and a session that Mion does not know although it created it.
/// </summary>
public class OverdueSessions(
    CheckSchedule schedule,
    IOrderService orderService,
    PaymentApplier applier,
    PaymentJournal journal,
    PaymentSessionStore store,
    PluginLog log)
{
    /// <summary>How long after its time a payment that was seen may take; one on the blockchain is confirmed in less, as a rule.</summary>
    public static readonly TimeSpan MinStall = TimeSpan.FromHours(6);

    /// <summary>Checks in a row that must have failed, the last one with 404: a wrong path in the settings looks the same at first.</summary>
    public const int MinFailures = 10;

    /// <summary>How long it must have been since Mion last knew a session.</summary>
    public static readonly TimeSpan MinUnknown = TimeSpan.FromHours(6);

    /// <summary>
    /// Whether it is time to tell of a payment that was seen: too little was paid, or it hangs on the blockchain. Mion does
    /// not call it paid, so nothing else would ever tell of it.
    /// </summary>
    public bool IsStallDue(MionPaymentSession session) =>
        session.IsPaymentOnItsWay() && schedule.UtcNow - session.ExpiresOnUtc >= (MionSession.IsCompletedStatus(session.MionStatus) ? TimeSpan.Zero : MinStall);

    /// <summary>
    /// Tells of it where it is time to, once. Throws nothing; what could not be told is told at the next check. Changes no
    /// state: the session goes on being watched, and is applied as usual should it become complete.
    /// </summary>
    public async Task TellStallAsync(MionPaymentSession session)
    {
        if (!IsStallDue(session))
            return;
        try
        {
            var order = session.IsForOrder() ? await orderService.GetOrderByGuidAsync(session.OrderGuid) : null;
            await journal.TellOwnerAsync(session, order, MionSession.IsCompletedStatus(session.MionStatus) ? "SaysPaid" : MionPaymentSession.ToldOfStalled);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"nobody could be told that payment session {LogField.Row(session.Id)} is not complete; it will be tried again.", exception);
        }
    }

    /// <summary>
    /// Hands a session that Mion does not know over to a person where it is time for it. Throws nothing. The session goes on
    /// being looked at, and is open again, or paid, as soon as Mion knows it.
    /// </summary>
    /// <returns>Whether the session's row was brought up to date; false where the failure is one like any other.</returns>
    public async Task<bool> TryHandOverAsync(MionPaymentSession session, MionApiException exception)
    {
        if (exception.Kind != MionApiErrorKind.NotFound || !session.IsAtMion() || session.IsSettled())
            return false;
        try
        {
            var order = await orderService.GetOrderByGuidAsync(session.OrderGuid);
            // an order that was paid by it: its worker crashed before the row followed, and Mion's word now changes nothing about that
            if (!session.HasMoney() && PaymentDecision.IsApplied(session, order))
                return await FollowAsync(session, order);
            // it ran out unpaid, by Mion's own word; that Mion forgets such sessions after a while is no news
            if (session.State == PaymentSessionState.Expired && session.LastCheckOnUtc >= session.ExpiresOnUtc)
            {
                await store.RecordUnchangedAsync([session.Id], session.CheckToken, schedule.UtcNow, await schedule.NextAsync(session));
                return true;
            }

            if (SessionRules.Unpaid.Holds(session))
            {
                if (!IsTime(session))
                    return false;
                // another worker that found it paid meanwhile has the last word
                if (!await TryRecordAsync(session, exception))
                    return true;
                await journal.TellOwnerWhyAsync(session, order);
                return true;
            }

            // what it waits for does not change; that its owner could not be told at the time must not be for good
            if (session.State == PaymentSessionState.NeedsPerson)
                await journal.TellOwnerWhyAsync(session, order);
            await store.RecordStillWaitingAsync(session.Id, await schedule.NextAsync(session));
            return true;
        }
        catch (Exception failure)
        {
            await log.ErrorAsync($"payment session {LogField.Row(session.Id)}, which Mion does not know, could not be handed over; it will be tried again.", failure);
            return false;
        }
    }

    /// <summary>Lets the row follow the order, with what was known when the order was marked.</summary>
    private async Task<bool> FollowAsync(MionPaymentSession session, Order order)
    {
        var known = new MionSession
        {
            PaymentSessionId = session.PaymentSessionId,
            PaidOnUtc = order.PaidDateUtc ?? schedule.UtcNow,
            Status = session.MionStatus,
            FundingStatus = session.FundingStatus,
            PaymentMethod = session.PaymentMethod
        };
        return await applier.ApplyAsync(session, known, CheckTrigger.Poll) != ApplyResult.Failed;
    }

    private bool IsTime(MionPaymentSession session) =>
        session.CheckFailures + 1 >= MinFailures && schedule.UtcNow - (session.LastCheckOnUtc ?? session.CreatedOnUtc) >= MinUnknown;

    private async Task<bool> TryRecordAsync(MionPaymentSession session, MionApiException exception)
    {
        session.CheckFailures++;
        session.State = PaymentSessionState.NeedsPerson;
        session.ReviewReason = ReviewReason.UnknownAtMion;
        session.NextCheckOnUtc = await schedule.NextAsync(session);
        return await store.TryRecordUnknownAsync(session, exception.Message);
    }
}
