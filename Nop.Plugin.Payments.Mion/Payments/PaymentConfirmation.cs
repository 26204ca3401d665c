using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>The one way for every trigger: read the state from Mion, decide, apply.</summary>
/// <remarks>A failed call is never a state: it changes nothing but the time of the next check.</remarks>
public class PaymentConfirmation(
    CheckSchedule schedule,
    OverdueSessions overdue,
    PaidSessions paid,
    PaymentApplier applier,
    PaymentJournal journal,
    PaymentSessionStore store,
    SessionOpening opening,
    StatusReader reader)
{
    /// <summary>Checks one session.</summary>
    /// <returns>Whether the session's row now says what Mion says; false where another try is needed.</returns>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    public Task<bool> CheckAsync(MionPaymentSession session, CheckTrigger trigger) => TraceAsync(session, trigger, async () =>
    {
        // after the payment Mion reports its own processing and refunds; a shopper's page has nothing to learn from them
        if (session.IsSettled() && trigger is not (CheckTrigger.Webhook or CheckTrigger.Admin))
            return true;
        if (!session.IsAtMion())
            return await opening.RecoverAsync(session, trigger);
        return await BringAsync(session, await reader.ReadAsync(session, trigger), trigger);
    });

    /// <summary>Brings what Mion said to the session, and to the order where it is paid.</summary>
    /// <param name="session">The session as stored; its state follows.</param>
    /// <returns>As <see cref="CheckAsync"/>.</returns>
    public Task<bool> ApplyAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger) =>
        TraceAsync(session, trigger, () => BringAsync(session, answer, trigger));

    private static Task<bool> TraceAsync(MionPaymentSession session, CheckTrigger trigger, Func<Task<bool>> work) =>
        PaymentTracing.RunAsync("mion confirm payment", async activity =>
        {
            activity?.SetTag("mion.trigger", trigger.ToString());
            var isDone = await work();
            activity?.SetTag("mion.outcome", !isDone ? "failed" : session.PaidOnUtc is null ? "unpaid" : "paid");
            return isDone;
        });

    private async Task<bool> BringAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        if (session.IsSettled())
        {
            await paid.FollowAsync(session, answer, trigger);
            return true;
        }

        session.PaidOnUtc = answer.PaidOnUtc ?? session.PaidOnUtc;
        if (answer.IsPaid)
        {
            // other hands may still drop it, or have only just opened the session: whoever is to call again must hear so
            var result = await applier.ApplyAsync(session, answer, trigger);
            return result == ApplyResult.Settled || result == ApplyResult.InOtherHands && trigger != CheckTrigger.Webhook;
        }

        if (session.HasMoney())
        {
            await store.RecordStillWaitingAsync(session.Id, await schedule.NextAsync(session));
            return true;
        }

        // of several who find it at once, one records it, and that one tells
        if (await TryRecordUnpaidAsync(session, answer, trigger))
            await overdue.TellStallAsync(session);
        return true;
    }

    /// <summary>Whether Mion is to be asked about a session that is due.</summary>
    public bool NeedsMion(MionPaymentSession session) => session.IsAtMion() && !paid.IsAboutOrder(session);

    /// <summary>Looks after a paid session that is due.</summary>
    /// <param name="answer">Mion's word, where there is one.</param>
    public Task CheckPaidAsync(MionPaymentSession session, MionSession? answer) => paid.CheckAsync(session, answer);

    /// <summary>Says when a session about which Mion has nothing new is looked at next, so that many can be recorded at a time.</summary>
    /// <returns>Whether there is nothing new, and the time of the next check.</returns>
    public async Task<(bool IsUnchanged, DateTime? NextCheckOnUtc)> FindUnchangedAsync(MionPaymentSession session, MionSession answer)
    {
        if (answer.IsPaid || !SessionRules.Unpaid.Holds(session) || session.CheckFailures > 0)
            return (false, null);
        var expiresOnUtc = answer.ExpiresOnUtc ?? session.ExpiresOnUtc;
        var isExpired = PaymentDecision.DecideUnpaid(answer, expiresOnUtc, schedule.UtcNow).Outcome == PaymentOutcome.Expired;
        var isUnchanged = isExpired == (session.State == PaymentSessionState.Expired)
            && session.FundsSeen == answer.IsSeen
            && session.MionStatus == (answer.Status ?? string.Empty)
            && session.FundingStatus == (answer.FundingStatus ?? string.Empty)
            && session.PaymentMethod == (answer.PaymentMethod ?? string.Empty)
            // databases keep fractions of a second to different digits
            && (expiresOnUtc - session.ExpiresOnUtc).Duration() < TimeSpan.FromSeconds(1)
            && !overdue.IsStallDue(session);
        return isUnchanged ? (true, await schedule.NextAsync(session)) : (false, null);
    }

    /// <summary>Records that Mion could not be asked, with the time of the next try.</summary>
    /// <param name="error">What went wrong; free of secrets.</param>
    public async Task RecordFailureAsync(MionPaymentSession session, string error)
    {
        session.CheckFailures++;
        await store.RecordFailureAsync(session, error, await schedule.NextAsync(session));
    }

    private async Task<bool> TryRecordUnpaidAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        var before = (session.State, session.FundsSeen);
        var known = (session.State, session.FundsSeen, session.ExpiresOnUtc, session.MionStatus, session.CheckFailures);
        session.ExpiresOnUtc = answer.ExpiresOnUtc ?? session.ExpiresOnUtc;
        var decision = PaymentDecision.DecideUnpaid(answer, session.ExpiresOnUtc, schedule.UtcNow);
        session.State = decision.Outcome == PaymentOutcome.Expired ? PaymentSessionState.Expired : PaymentSessionState.Open;
        session.FundsSeen = answer.IsSeen;
        session.MionStatus = answer.Status ?? string.Empty;
        // an open payment page asks every few seconds; what has not changed and is not due need not be written
        if (known == (session.State, session.FundsSeen, session.ExpiresOnUtc, session.MionStatus, 0) && session.NextCheckOnUtc > schedule.UtcNow)
            return false;
        session.CheckFailures = 0;
        session.PaymentMethod = answer.PaymentMethod ?? string.Empty;
        session.NextCheckOnUtc = await schedule.NextAsync(session);
        if (!await store.TryRecordUnpaidAsync(session, answer, schedule.UtcNow))
            return false;
        await journal.UnpaidAsync(before, session, trigger);
        return true;
    }
}
