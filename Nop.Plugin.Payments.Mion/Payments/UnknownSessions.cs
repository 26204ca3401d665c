using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Hands a session over to a person when Mion says, again and again, that it does not know it although it created it.
/// </summary>
/// <remarks>
/// Not at the first 404: a wrong path in the settings, or a fault at Mion, looks the same. The session goes on being
/// looked at, and is open again, or paid, as soon as Mion knows it. A session that paid its order is known to be paid,
/// whatever Mion says now: whoever marked the order died before the session's row followed.
/// </remarks>
public class UnknownSessions(
    BackgroundScope backgroundScope,
    PluginLog log,
    IOrderService orderService,
    PaymentFollowUpStore followUps,
    PersonAlert personAlert,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>Checks in a row that must have failed, the last one with 404.</summary>
    public const int MinFailures = 10;

    /// <summary>How long it must have been since Mion last knew the session.</summary>
    public static readonly TimeSpan MinTime = TimeSpan.FromHours(6);

    /// <summary>
    /// Hands the session over where it is time for it. Throws nothing.
    /// </summary>
    /// <param name="session">The session as stored.</param>
    /// <param name="exception">What Mion answered to its check.</param>
    /// <returns>Whether the session's row was brought up to date; false where the failure is one like any other.</returns>
    public async Task<bool> TryHandOverAsync(MionPaymentSession session, MionApiException exception)
    {
        if (exception.Kind != MionApiErrorKind.NotFound || !session.IsAtMion() || session.IsSettled())
            return false;
        try
        {
            var order = await orderService.GetOrderByGuidAsync(session.OrderGuid);
            if (session.HasMoney())
            {
                // what it waits for does not change; that its person could not be told at the time must not be for good
                await personAlert.TellAsync(session, order, $"NeedsPerson.{session.ReviewReason}");
                await followUps.RecordStillWaitingAsync(session.Id, await NextCheckAsync(session));
                return true;
            }

            if (PaymentDecision.IsApplied(session, order))
                return await FollowAsync(session, order);
            var isNew = session.State is not (PaymentSessionState.NeedsPerson or PaymentSessionState.Handled);
            if (isNew && !IsTime(session))
                return false;
            // somebody who found it paid meanwhile has the last word
            if (isNew && !await TryRecordAsync(session, exception))
                return true;
            if (session.State != PaymentSessionState.Handled)
                await personAlert.TellAsync(session, order, $"NeedsPerson.{ReviewReason.UnknownAtMion}");
            if (!isNew)
                await followUps.RecordStillWaitingAsync(session.Id, await NextCheckAsync(session));
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
            PaidOnUtc = order.PaidDateUtc ?? UtcNow,
            Status = session.MionStatus,
            FundingStatus = session.FundingStatus,
            PaymentMethod = session.PaymentMethod
        };
        var result = await backgroundScope.RunAsync(session.StoreId,
            services => services.GetRequiredService<OrderPayment>().ApplyAsync(session.Id, known, CheckTrigger.Poll));
        return result != ApplyResult.Failed;
    }

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    private bool IsTime(MionPaymentSession session) =>
        session.CheckFailures + 1 >= MinFailures && UtcNow - (session.LastCheckOnUtc ?? session.CreatedOnUtc) >= MinTime;

    private async Task<bool> TryRecordAsync(MionPaymentSession session, MionApiException exception)
    {
        session.CheckFailures++;
        session.State = PaymentSessionState.NeedsPerson;
        session.ReviewReason = ReviewReason.UnknownAtMion;
        session.NextCheckOnUtc = await NextCheckAsync(session);
        return await followUps.TryRecordUnknownAsync(session, exception.Message, UtcNow);
    }

    private async Task<DateTime?> NextCheckAsync(MionPaymentSession session)
    {
        var settings = await storeSettings.LoadAsync(session.StoreId);
        return PollSchedule.Next(session, TimeSpan.FromSeconds(settings.PollIntervalSeconds), settings.LatePaymentDays, UtcNow);
    }
}
