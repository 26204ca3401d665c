using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>What came of bringing a payment to its order.</summary>
public enum ApplyResult
{
    /// <summary>The session is settled: by this call, or by an earlier one.</summary>
    Settled,

    /// <summary>Another worker is doing it right now.</summary>
    InOtherHands,

    /// <summary>It did not work this time; nothing is lost, it will be tried again.</summary>
    Failed
}

/// <summary>Brings a completed payment to its order: the only code that changes an order.</summary>
/// <remarks>
/// Exactly once, for any number of callers on any number of machines: the session's row is claimed by one conditional
/// update, and the order by another, because two sessions of one order can be paid at the same moment; the winner reads
/// the order from the database and decides on that. Right before the order is marked, the claim is renewed and the
/// session written into the order, both on condition: a worker that was held up stops there, and so does one whose order
/// was edited since it was read. The process may crash at any line: the claim runs out, and whoever comes next sees from
/// the order's payment status and transaction id whether it was marked already. <see cref="PaymentApplier"/> runs it
/// where no request has cached the order.
/// </remarks>
public class OrderPayment(
    CheckSchedule schedule,
    IOrderProcessingService orderProcessingService,
    IOrderService orderService,
    PaidWithBitcoin paidWithBitcoin,
    PaymentJournal journal,
    PaymentSessionStore store,
    PluginLog log,
    TimeProvider timeProvider)
{
    /// <summary>What the session's row says while another payment of its order is being brought to it.</summary>
    public const string OrderInOtherHands = "Another payment of the order is being brought to it.";

    /// <summary>What the session's row says when something failed on the way to the order.</summary>
    public const string NotBrought = "The payment could not be brought to the order; see the log.";

    private const int MaxTries = 5;

    // a payment is brought to its order within a fraction of a second; a claim that holds for longer belongs to a worker that crashed
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _betweenClaims = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _whileOrderIsClaimed = TimeSpan.FromMinutes(1);

    /// <summary>Brings a payment to its order, or records why a person is needed.</summary>
    public async Task<ApplyResult> ApplyAsync(int sessionId, MionSession answer, CheckTrigger trigger)
    {
        var claim = Guid.NewGuid();
        if (!await store.TryClaimAsync(sessionId, claim, MionDefaults.ApplyLease))
            return await store.GetByIdAsync(sessionId) is { } other && other.IsSettled() ? ApplyResult.Settled : ApplyResult.InOtherHands;

        var orderId = 0;
        try
        {
            var session = await store.GetByIdAsync(sessionId) ?? throw new InvalidOperationException($"The payment session {sessionId} does not exist.");
            orderId = session.OrderId;
            if (session.IsForOrder() && !await TryClaimOrderAsync(session, claim))
            {
                await store.ReleaseAsync(sessionId, claim, OrderInOtherHands, schedule.UtcNow + _whileOrderIsClaimed);
                return ApplyResult.Failed;
            }

            if (!await TrySettleAsync(session, claim, answer, trigger))
                return ApplyResult.InOtherHands;
            if (session.IsForOrder() && session.Attempt > 1)
                await store.ReleaseOrderAsync(session.OrderId, claim);
            return ApplyResult.Settled;
        }
        catch (Exception exception)
        {
            // every open payment page tries again every few seconds; the session's row says it too
            await log.ErrorAsync($"a paid session (row {LogField.Row(sessionId)}) could not be brought to its order; it will be tried again.", exception,
                $"apply {sessionId} {exception.GetType().Name}");
            await store.ReleaseAsync(sessionId, claim, NotBrought, schedule.UtcNow + TimeSpan.FromMinutes(1));
            if (orderId > 0)
                await store.ReleaseOrderAsync(orderId, claim);
            return ApplyResult.Failed;
        }
    }

    private async Task<bool> TryClaimOrderAsync(MionPaymentSession session, Guid claim)
    {
        for (var wait = TimeSpan.Zero; ; wait += _betweenClaims)
        {
            if (await store.TryClaimOrderAsync(session, claim, MionDefaults.ApplyLease))
                return true;
            if (wait >= _longestWait)
                return false;
            await Task.Delay(_betweenClaims, timeProvider);
        }
    }

    /// <summary>Decides and acts until the decision still holds when it is acted on.</summary>
    /// <returns>Whether the claim was the caller's to the end.</returns>
    private async Task<bool> TrySettleAsync(MionPaymentSession session, Guid claim, MionSession answer, CheckTrigger trigger)
    {
        // of an order's payment it is part of the stamp's condition
        var suspicion = session.IsForOrder() ? ReviewReason.None : await store.FindSuspicionAsync(session);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            // by GUID: reads the database, where the look-up by id may answer from a cache
            var order = await orderService.GetOrderByGuidAsync(session.OrderGuid);
            var decision = PaymentDecision.Decide(session, answer, order, schedule.UtcNow, suspicion);
            if (decision.Outcome == PaymentOutcome.MarkAsPaid)
            {
                if (!await store.TryRenewAsync(session.Id, claim, MionDefaults.ApplyLease))
                    return false;
                if (!await store.TryStampOrderAsync(order!, session))
                {
                    suspicion = await store.FindSuspicionAsync(session);
                    continue;
                }
            }

            await SettleAsync(session, claim, answer, order, decision, trigger);
            return true;
        }

        throw new InvalidOperationException($"Order {session.OrderId} changes faster than it can be marked as paid.");
    }

    private async Task SettleAsync(MionPaymentSession session, Guid claim, MionSession answer, Order? order, PaymentDecision decision, CheckTrigger trigger)
    {
        var before = (session.State, session.ReviewReason);
        switch (decision.Outcome)
        {
            case PaymentOutcome.MarkAsPaid:
                await MarkAsPaidAsync(session, answer, order!);
                session.State = PaymentSessionState.Paid;
                break;
            case PaymentOutcome.AlreadyApplied:
                // nopCommerce saves the payment before it does what follows: a crash in between left some of that undone
                if (session.MarkedOnUtc is null && !await journal.TellOwnerAsync(session, order, "MarkedHalfway"))
                    throw new InvalidOperationException("The store owner could not be told that the payment was brought to its order only half.");
                session.State = PaymentSessionState.Paid;
                break;
            case PaymentOutcome.PaidWithoutOrder:
                session.State = PaymentSessionState.Paid;
                break;
            case PaymentOutcome.NeedsPerson:
                // the first reason stays: what a person does about it (cancels, marks as paid) is no news to tell that person; that the
                // order was marked after all, and set back, is
                if (session.State != PaymentSessionState.NeedsPerson || session.ReviewReason == ReviewReason.UnknownAtMion || decision.Reason == ReviewReason.OrderSetBack)
                    session.ReviewReason = decision.Reason;
                await journal.TellOwnerWhyAsync(session, order);
                session.State = PaymentSessionState.NeedsPerson;
                break;
            default:
                throw new InvalidOperationException($"An unpaid session cannot be settled ({decision.Outcome}).");
        }

        // told before the session is settled: whoever repeats the work after a crash finds the note, or writes it
        if (session.State == PaymentSessionState.Paid)
        {
            if (session.IsForOrder())
                await journal.PaidAsync(session, answer, order!, isRepeated: decision.Outcome == PaymentOutcome.AlreadyApplied);
            session.ReviewReason = ReviewReason.None;
            session.SettledOnUtc = schedule.UtcNow;
        }

        session.CheckFailures = 0;
        session.NextCheckOnUtc = await schedule.NextAsync(session);
        if (!await store.TrySettleAsync(session, claim, answer, schedule.UtcNow))
        {
            // held up between the order's stamp and its marking for longer than the lease: nopCommerce guards against nobody
            if (decision.Outcome == PaymentOutcome.MarkAsPaid)
                await journal.TellOwnerAsync(session, order, "MarkedLate");
        }
        else if (before != (session.State, session.ReviewReason))
        {
            await journal.SettledAsync(session, answer, trigger);
        }
    }

    private async Task MarkAsPaidAsync(MionPaymentSession session, MionSession answer, Order order)
    {
        if (!PaymentDecision.IsMethod(order))
        {
            // only what staff has charged or offered comes this far; told before it is done, so that a crash in between does not lose it
            await journal.MethodChangesAsync(session, order);
            order.PaymentMethodSystemName = MionDefaults.SystemName;
        }

        // saved by nopCommerce together with the payment status
        order.AuthorizationTransactionId = session.PaymentSessionId;
        order.CaptureTransactionResult = answer.Status;
        await paidWithBitcoin.AddToAsync(order, session, answer);
        await orderProcessingService.MarkOrderAsPaidAsync(order);
        await store.RecordMarkedAsync(session.Id, schedule.UtcNow);
    }
}
