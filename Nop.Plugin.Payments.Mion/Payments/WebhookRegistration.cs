using System.Net;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Asks Mion to report changes of a session. Never in front of a waiting shopper; what fails is tried again by the
/// scheduled task, which sees payments without webhooks too.
/// </summary>
public class WebhookRegistration(
    MionApiClient apiClient,
    PaymentJournal journal,
    PaymentSessionStore store,
    PaymentUrls paymentUrls,
    PluginLog log,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>After so many refusals a session is left to the scheduled task.</summary>
    public const int MaxFailures = 3;

    /// <summary>Whether a session needs its webhook and the merchant wants webhooks.</summary>
    public async Task<bool> IsDueAsync(MionPaymentSession session) =>
        SessionRules.WebhookMissing.Holds(session) && (await storeSettings.LoadAsync(session.StoreId)).WebhooksEnabled;

    /// <summary>Registers the webhook of a session where the merchant wants webhooks. Throws nothing; failures are logged.</summary>
    /// <param name="trigger">What made us do it.</param>
    public async Task RegisterAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        try
        {
            var settings = await storeSettings.LoadAsync(session.StoreId);
            if (settings.WebhooksEnabled)
                await RegisterAsync(session, storeSettings.ToApiOptions(settings), trigger);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the webhook of payment session {LogField.Row(session.Id)} could not be registered.", exception);
        }
    }

    private async Task CreateAsync(MionApiOptions options, MionPaymentSession session)
    {
        try
        {
            await apiClient.CreateWebhookAsync(options, session.PaymentSessionId, await paymentUrls.GetWebhookUrlAsync(session));
        }
        catch (MionApiException exception) when (exception.StatusCode == HttpStatusCode.Conflict)
        {
            // the answer to an earlier try was lost: it is registered
        }
    }

    private async Task RegisterAsync(MionPaymentSession session, MionApiOptions options, CheckTrigger trigger)
    {
        try
        {
            await CreateAsync(options, session);
            await store.RecordWebhookAsync(session.Id, timeProvider.GetUtcNow().UtcDateTime);
            await journal.WebhookAsync(session, failure: null, trigger);
        }
        catch (MionApiException exception)
        {
            await store.RecordWebhookAsync(session.Id, acceptedOnUtc: null);
            await journal.WebhookAsync(session, exception, trigger);
            if (session.WebhookFailures + 1 >= MaxFailures)
                await log.WarningAsync($"Mion did not accept the webhook of session {LogField.MionId(session.PaymentSessionId)}; " +
                    $"the scheduled task will see its payment. {LogField.Failure(exception)}");
        }
    }
}
