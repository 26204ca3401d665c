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
    AccountWebhook accountWebhook,
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
                await RegisterAsync(session, settings, storeSettings.ToApiOptions(settings), trigger);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the webhook of payment session {LogField.Row(session.Id)} could not be registered.", exception);
        }
    }

    /// <summary>
    /// Registers the webhooks of many sessions: Mion is asked in parallel, the database is used by one at a time. After
    /// the first call that got no answer, or was not to be made, no further one is begun; the rest is the next run's.
    /// </summary>
    /// <param name="trigger">What made us do it.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task RegisterAsync(IReadOnlyList<MionPaymentSession> sessions, CheckTrigger trigger, CancellationToken cancellationToken)
    {
        var calls = new List<(MionPaymentSession Session, MionApiOptions Options, string Url)>();
        foreach (var session in sessions)
        {
            var settings = await storeSettings.LoadAsync(session.StoreId);
            var options = storeSettings.ToApiOptions(settings);
            if (!settings.WebhooksEnabled)
                continue;
            if (!options.HasAccountWebhook)
                calls.Add((session, options, await paymentUrls.GetWebhookUrlAsync(session)));
            else if (cancellationToken.IsCancellationRequested || EndsRun(await RegisterAsync(session, settings, options, trigger)))
                return;
        }

        foreach (var batch in calls.Chunk(StatusReader.ParallelCalls))
        {
            if (cancellationToken.IsCancellationRequested)
                return;
            var failures = await Task.WhenAll(batch.Select(call => CallAsync(call.Session, call.Options, call.Url, cancellationToken)));
            foreach (var (call, failure) in batch.Zip(failures))
                await RecordAsync(call.Session, failure, trigger);
            if (failures.Any(EndsRun))
                return;
        }
    }

    private static bool EndsRun(MionApiException? failure) =>
        failure?.Kind is MionApiErrorKind.TimedOut or MionApiErrorKind.CircuitOpen or MionApiErrorKind.ToldToWait;

    private async Task<MionApiException?> RegisterAsync(MionPaymentSession session, MionSettings settings, MionApiOptions options,
        CheckTrigger trigger)
    {
        var failure = options.HasAccountWebhook
            ? await RegisterAccountAsync(session.StoreId, settings)
            : await CallAsync(session, options, await paymentUrls.GetWebhookUrlAsync(session), CancellationToken.None);
        await RecordAsync(session, failure, trigger);
        return failure;
    }

    private async Task<MionApiException?> RegisterAccountAsync(int storeId, MionSettings settings)
    {
        var url = await paymentUrls.GetAccountWebhookUrlAsync(storeId);
        return await TryAsync(() => accountWebhook.RegisterAsync(storeId, settings, url));
    }

    private Task<MionApiException?> CallAsync(MionPaymentSession session, MionApiOptions options, string url,
        CancellationToken cancellationToken) =>
        TryAsync(() => apiClient.CreateWebhookAsync(options, session.PaymentSessionId, url, cancellationToken));

    private static async Task<MionApiException?> TryAsync(Func<Task> register)
    {
        try
        {
            await register();
            return null;
        }
        catch (MionApiException exception) when (exception.StatusCode == HttpStatusCode.Conflict)
        {
            // the answer to an earlier try was lost: it is registered
            return null;
        }
        catch (MionApiException exception)
        {
            return exception;
        }
    }

    private async Task RecordAsync(MionPaymentSession session, MionApiException? failure, CheckTrigger trigger)
    {
        // no refusal of Mion's: it was not asked
        if (failure is { WasSent: false, Kind: not MionApiErrorKind.Misconfigured })
            return;
        if (failure is null)
        {
            await store.RecordWebhookAsync(session.Id, timeProvider.GetUtcNow().UtcDateTime);
            await journal.WebhookAsync(session, failure: null, trigger);
            return;
        }

        await store.RecordWebhookAsync(session.Id, acceptedOnUtc: null);
        await journal.WebhookAsync(session, failure, trigger);
        if (session.WebhookFailures + 1 >= MaxFailures)
            await log.WarningAsync($"Mion did not accept the webhook of session {LogField.MionId(session.PaymentSessionId)}; " +
                $"the scheduled task will see its payment. {LogField.Failure(failure)}");
    }
}
