using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// What made the plugin look at a payment.
/// </summary>
public enum CheckTrigger
{
    /// <summary>The shopper came back from Mion.</summary>
    Return,

    /// <summary>Mion reported a change.</summary>
    Webhook,

    /// <summary>The scheduled task.</summary>
    Poll,

    /// <summary>The payment page asks for itself.</summary>
    PaymentPage,

    /// <summary>A person in the admin panel.</summary>
    Admin,

    /// <summary>A screen at the till.</summary>
    Till
}

/// <summary>
/// The one funnel for every trigger: read the state from Mion, decide, apply.
/// </summary>
/// <remarks>A failed call is never a state: it changes nothing but the time of the next check.</remarks>
public class PaymentConfirmationService(
    BackgroundScope backgroundScope,
    ILogger logger,
    MionApiClient apiClient,
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
        if (session.State == PaymentSessionState.Paid)
            return true;
        if (!session.IsAtMion())
            return await sessionService.TryRecoverAsync(session);

        var answer = await ReadAsync(session, await storeSettings.LoadApiOptionsAsync(session.StoreId), trigger);
        return await ApplyAsync(session, answer);
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
    /// <returns>As <see cref="CheckAsync"/>.</returns>
    public async Task<bool> ApplyAsync(MionPaymentSession session, MionSession answer)
    {
        if (answer.IsPaid)
        {
            var result = await backgroundScope.RunAsync(session.StoreId,
                services => services.GetRequiredService<OrderPayment>().ApplyAsync(session.Id, answer));
            return result != ApplyResult.Failed;
        }

        if (session.State == PaymentSessionState.NeedsPerson)
            return true;
        await RecordUnpaidAsync(session, answer);
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

    private async Task RecordUnpaidAsync(MionPaymentSession session, MionSession answer)
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
    }

    private async Task<DateTime?> NextCheckAsync(MionPaymentSession session)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        return PollSchedule.Next(session, TimeSpan.FromSeconds(settings.PollIntervalSeconds), settings.LatePaymentDays, UtcNow);
    }
}
