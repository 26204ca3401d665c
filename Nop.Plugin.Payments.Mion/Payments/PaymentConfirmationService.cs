using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// What made the plugin look at a payment. Stored as a number in the history: never change a value.
/// </summary>
public enum CheckTrigger
{
    /// <summary>The shopper came back from Mion.</summary>
    Return = 10,

    /// <summary>Mion reported a change.</summary>
    Webhook = 20,

    /// <summary>The scheduled task.</summary>
    Poll = 30,

    /// <summary>The payment page asks for itself.</summary>
    PaymentPage = 40,

    /// <summary>A person in the admin panel.</summary>
    Admin = 50,

    /// <summary>The shopper placed the order, or tried to pay it again.</summary>
    Checkout = 60,

    /// <summary>A screen at the till.</summary>
    Till = 70
}

/// <summary>
/// The one funnel for every trigger: read the state from Mion, decide, apply.
/// </summary>
/// <remarks>A failed call is never a state: it changes nothing but the time of the next check.</remarks>
public class PaymentConfirmationService(
    BackgroundScope backgroundScope,
    LogDigest logDigest,
    MionApiClient apiClient,
    PaymentFollowUpStore followUps,
    PaymentHistory history,
    PaymentSessionService sessionService,
    PaymentSessionStore store,
    PaymentsInHand paymentsInHand,
    RefundNotes refundNotes,
    SharedStatusReads sharedReads,
    StalledPayments stalledPayments,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    PluginLog log)
{
    /// <summary>
    /// Checks one session.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="trigger">What made us look.</param>
    /// <param name="callback">What Mion called with, where it did.</param>
    /// <returns>Whether the session's row now says what Mion says; false where another try is needed.</returns>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    public async Task<bool> CheckAsync(MionPaymentSession session, CheckTrigger trigger, Callback? callback = null)
    {
        // after the payment Mion reports its own processing and refunds; a shopper's page has nothing to learn from them
        if (session.IsSettled() && trigger is not (CheckTrigger.Webhook or CheckTrigger.Admin))
            return true;
        if (!session.IsAtMion())
            return await sessionService.TryRecoverAsync(session, trigger);

        var options = await storeSettings.LoadApiOptionsAsync(session.StoreId);
        var answer = callback is null
            ? await ReadAsync(session, options, trigger)
            : await sharedReads.ReadForCallbackAsync(session.PaymentSessionId, callback, MionDefaults.SharedReadAge,
                () => apiClient.GetStatusAsync(options, session.PaymentSessionId));
        return await ApplyAsync(session, answer, trigger);
    }

    /// <summary>
    /// Checks a session for the shopper who has its address open, and the order's newest one where that is another.
    /// Throws nothing: where Mion cannot be asked, what is known stays as it is.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="trigger">What made us look.</param>
    public async Task CheckOrderAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        try
        {
            var newest = (await store.GetByOrderAsync(session.OrderId)).FirstOrDefault();
            await CheckAsync(session, trigger);
            if (newest is not null && newest.Id != session.Id && newest.IsAtMion())
                await CheckAsync(newest, trigger);
        }
        catch (MionApiException exception)
        {
            // an open page asks every few seconds, and anybody can open many
            if (logDigest.ShouldWrite($"page {exception.Kind}", out var more))
                await log.WarningAsync($"a payment page could not be brought up to date, the scheduled task will look again. {LogField.Failure(exception)}{LogField.More(more)}");
        }
    }

    /// <summary>
    /// Asks Mion about a session; changes nothing.
    /// </summary>
    /// <param name="session">A session that Mion has confirmed.</param>
    /// <param name="options">How to reach Mion for the session's store.</param>
    /// <param name="trigger">What made us look; triggers that anybody can pull share one read every two seconds, a till's screens one a second.</param>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    /// <remarks>Uses neither the database nor anything of the request, so many may run at a time.</remarks>
    public Task<MionSession> ReadAsync(MionPaymentSession session, MionApiOptions options, CheckTrigger trigger)
    {
        var maxAge = trigger switch
        {
            CheckTrigger.PaymentPage or CheckTrigger.Return => MionDefaults.SharedReadAge,
            CheckTrigger.Till => MionDefaults.TillReadAge,
            _ => TimeSpan.Zero
        };
        return sharedReads.ReadAsync(session.PaymentSessionId, maxAge, () => apiClient.GetStatusAsync(options, session.PaymentSessionId));
    }

    /// <summary>
    /// Brings what Mion said to the session, and to the order where it is paid.
    /// </summary>
    /// <param name="session">The session as stored; its state follows.</param>
    /// <param name="answer">Mion's word.</param>
    /// <param name="trigger">What made us look.</param>
    /// <returns>As <see cref="CheckAsync"/>.</returns>
    public async Task<bool> ApplyAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        if (session.IsSettled())
        {
            await FollowAsync(session, answer, trigger);
            return true;
        }

        if (answer.IsPaid)
        {
            // what the claim in the table would say too, for the price of a statement or two
            var result = await paymentsInHand.ShareAsync(session.Id, () => backgroundScope.RunAsync(session.StoreId,
                services => services.GetRequiredService<OrderPayment>().ApplyAsync(session.Id, answer, trigger)));
            return result != ApplyResult.Failed;
        }

        if (session.State == PaymentSessionState.NeedsPerson && session.ReviewReason != ReviewReason.UnknownAtMion)
        {
            await followUps.RecordStillWaitingAsync(session.Id, await NextCheckAsync(session));
            return true;
        }

        await RecordUnpaidAsync(session, answer, trigger);
        await stalledPayments.TellAsync(session);
        return true;
    }

    /// <summary>
    /// Says when a session about which Mion has nothing new is looked at next, so that many can be recorded at a time.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="answer">Mion's word.</param>
    /// <returns>Whether there is nothing new, and the time of the next check.</returns>
    public async Task<(bool IsUnchanged, DateTime? NextCheckOnUtc)> FindUnchangedAsync(MionPaymentSession session, MionSession answer)
    {
        if (answer.IsPaid || session.State is not (PaymentSessionState.Open or PaymentSessionState.Expired) || session.CheckFailures > 0)
            return (false, null);
        var expiresOnUtc = answer.ExpiresOnUtc ?? session.ExpiresOnUtc;
        var isExpired = PaymentDecision.DecideUnpaid(answer, expiresOnUtc, UtcNow).Outcome == PaymentOutcome.Expired;
        var isUnchanged = isExpired == (session.State == PaymentSessionState.Expired)
            && session.FundsSeen == answer.IsSeen
            && session.MionStatus == (answer.Status ?? string.Empty)
            && session.FundingStatus == (answer.FundingStatus ?? string.Empty)
            && session.PaymentMethod == (answer.PaymentMethod ?? string.Empty)
            // databases keep fractions of a second to different digits
            && (expiresOnUtc - session.ExpiresOnUtc).Duration() < TimeSpan.FromSeconds(1)
            && !stalledPayments.IsDue(session);
        return isUnchanged ? (true, await NextCheckAsync(session)) : (false, null);
    }

    /// <summary>
    /// Records that Mion could not be asked, with the time of the next try.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="error">What went wrong; free of secrets.</param>
    public async Task RecordFailureAsync(MionPaymentSession session, string error)
    {
        session.CheckFailures++;
        await store.RecordFailureAsync(session.Id, session.CheckFailures, error, await NextCheckAsync(session));
    }

    private async Task FollowAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        await refundNotes.NoteAsync(session, answer, trigger);
        if (session.MionStatus != (answer.Status ?? string.Empty) || session.FundingStatus != (answer.FundingStatus ?? string.Empty))
            await followUps.RecordProcessingAsync(session.Id, answer);
    }

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    private async Task RecordUnpaidAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        var before = (session.State, session.FundsSeen, session.ExpiresOnUtc, session.MionStatus, session.CheckFailures);
        session.ExpiresOnUtc = answer.ExpiresOnUtc ?? session.ExpiresOnUtc;
        var decision = PaymentDecision.DecideUnpaid(answer, session.ExpiresOnUtc, UtcNow);
        session.State = decision.Outcome == PaymentOutcome.Expired ? PaymentSessionState.Expired : PaymentSessionState.Open;
        session.FundsSeen = answer.IsSeen;
        session.MionStatus = answer.Status ?? string.Empty;
        // an open payment page asks every few seconds; what has not changed and is not due need not be written
        if (before == (session.State, session.FundsSeen, session.ExpiresOnUtc, session.MionStatus, 0) && session.NextCheckOnUtc > UtcNow)
            return;
        session.CheckFailures = 0;
        session.NextCheckOnUtc = await NextCheckAsync(session);
        await store.RecordUnpaidAsync(session, answer, UtcNow);
        if (session.State != before.State)
            await history.RecordAsync(session, session.State == PaymentSessionState.Expired ? PaymentEventKind.Expired : PaymentEventKind.OpenAgain, trigger);
        if (session.FundsSeen && !before.FundsSeen)
            await history.RecordAsync(session, PaymentEventKind.Seen, trigger, answer.PaymentMethod);
    }

    private async Task<DateTime?> NextCheckAsync(MionPaymentSession session)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        return PollSchedule.Next(session, TimeSpan.FromSeconds(settings.PollIntervalSeconds), settings.LatePaymentDays, UtcNow);
    }
}
