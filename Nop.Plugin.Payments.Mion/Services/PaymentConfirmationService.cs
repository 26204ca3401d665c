using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Services;

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
    ILogger logger,
    MionApiClient apiClient,
    PaymentHistory history,
    PaymentSessionService sessionService,
    PaymentSessionStore store,
    SharedStatusReads sharedReads,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>
    /// Checks one session.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="trigger">What made us look.</param>
    /// <returns>Whether the session's row now says what Mion says; false where another try is needed.</returns>
    /// <exception cref="MionApiException">Mion could not be asked.</exception>
    public async Task<bool> CheckAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        var isSettled = session.State is PaymentSessionState.Paid or PaymentSessionState.Handled;
        // only a person who looks at a settled payment can be interested in more: whether Mion has refunded it
        if (isSettled && trigger != CheckTrigger.Admin)
            return true;
        if (!session.IsAtMion())
            return await sessionService.TryRecoverAsync(session, trigger);

        var answer = await ReadAsync(session, await storeSettings.LoadApiOptionsAsync(session.StoreId), trigger);
        if (isSettled)
            return await RecordRefundsAsync(session, answer, trigger);
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
            await logger.WarningAsync($"{MionDefaults.SystemName}: a payment page could not be brought up to date, the scheduled task will look again. {exception.Message}");
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
        if (answer.IsPaid)
        {
            var result = await backgroundScope.RunAsync(session.StoreId,
                services => services.GetRequiredService<OrderPayment>().ApplyAsync(session.Id, answer, trigger));
            return result != ApplyResult.Failed;
        }

        if (session.State == PaymentSessionState.NeedsPerson)
            return true;
        await RecordUnpaidAsync(session, answer, trigger);
        return true;
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

    private async Task<bool> RecordRefundsAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        await store.RecordRefundsAsync(session.Id, answer, UtcNow);
        if (answer.Refunds.Length > 0 && answer.Refunds != session.RefundSessionIds)
            await history.RecordAsync(session, PaymentEventKind.RefundSeen, trigger, answer.Refunds);
        return true;
    }

    private async Task<DateTime?> NextCheckAsync(MionPaymentSession session)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        return PollSchedule.Next(session, TimeSpan.FromSeconds(settings.PollIntervalSeconds), settings.LatePaymentDays, UtcNow);
    }
}
