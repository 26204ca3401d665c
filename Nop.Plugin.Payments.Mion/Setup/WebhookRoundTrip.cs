using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Has Mion call the store: opens a session of the smallest amount, registers a webhook for it, and waits for the call,
/// which comes at the latest when the session ends. Nobody pays anything.
/// </summary>
/// <remarks>
/// The session is at Mion only, under a reference that says what it is. It has no row among the payments, so no list, no
/// scheduled task and no order ever sees it. All that is known stands in the health table: the page can be left and come
/// back to, and Mion may call any machine of a farm.
/// </remarks>
public class WebhookRoundTrip(
    HealthRecord healthRecord,
    HealthStore healthStore,
    MionApiClient apiClient,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>What the session's reference begins with.</summary>
    public const string ReferencePrefix = "webhook-test-";

    /// <summary>How long after the session's end Mion's call is still waited for.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after that Mion is asked whether there was anything to call about, should it not answer.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromHours(1);

    // Mion's guides name no smallest amount and no shortest time; what is not accepted is followed by the next
    private static readonly (long Cents, int Minutes)[] _offers = [(1, 3), (100, 3), (100, 15)];

    /// <summary>For how long the session of a test can be paid at most.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromMinutes(_offers.Max(offer => offer.Minutes));

    /// <summary>Begins a test, in place of one that may be under way.</summary>
    /// <param name="store">The store whose address Mion is to call, with the key of that store.</param>
    /// <returns>How far it came: refused, or waiting.</returns>
    public async Task<RoundTrip> StartAsync(Store store)
    {
        var storeUrl = PaymentUrls.GetStoreUrl(store);
        var options = await storeSettings.LoadApiOptionsAsync(store.Id);
        var trip = new RoundTrip { Token = SecretToken.Create(), Address = Fingerprint.Of(storeUrl) };
        trip = string.IsNullOrWhiteSpace(options.ApiKey)
            ? trip with { Stage = RoundTripStage.SessionRefused, Problem = nameof(ConnectionTestResult.NoApiKey) }
            : await StartAsync(trip, options, store.Id, storeUrl);
        await NoteAsync(trip, store.Id);
        return trip;
    }

    /// <summary>Ends the tests whose time is over: asks Mion whether there was anything to call about. Cheap where there is none.</summary>
    public async Task FinishDueAsync()
    {
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        foreach (var (storeId, trip) in (await healthStore.GetAsync()).InStores(HealthFacts.RoundTrip))
        {
            if (trip.Stage != RoundTripStage.Waiting || utcNow < trip.ExpiresOnUtc + Grace || await HasArrivedAsync(trip, storeId))
                continue;
            if (await AskAsync(trip, storeId, utcNow) is { } stage)
                await NoteAsync(trip with { Stage = stage }, storeId);
        }
    }

    private async Task<RoundTrip> StartAsync(RoundTrip trip, MionApiOptions options, int storeId, string storeUrl)
    {
        try
        {
            var session = await CreateSessionAsync(options, storeUrl);
            trip = trip with { PaymentSessionId = session.Answer.PaymentSessionId, Status = session.Answer.Status ?? string.Empty, ExpiresOnUtc = session.Answer.ExpiresOnUtc ?? session.ExpiresOnUtc };
        }
        catch (MionApiException exception)
        {
            return trip with { Stage = RoundTripStage.SessionRefused, Problem = Explain(exception) };
        }

        // before Mion knows the address: its call may be faster than the answer to the registration
        await NoteAsync(trip with { Stage = RoundTripStage.Waiting }, storeId);
        try
        {
            // where Mion calls for the whole account, its call names the session and not the token
            var url = $"{storeUrl}/{MionDefaults.Path.Webhook}{(options.HasAccountWebhook ? string.Empty : "/" + trip.Token)}";
            await apiClient.CreateWebhookAsync(options, trip.PaymentSessionId, url);
            return trip with { Stage = RoundTripStage.Waiting };
        }
        catch (MionApiException exception) when (options.HasAccountWebhook && exception.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            return trip with { Stage = RoundTripStage.Waiting };
        }
        catch (MionApiException exception)
        {
            return trip with { Stage = RoundTripStage.WebhookRefused, Problem = Explain(exception) };
        }
    }

    private async Task<(MionSession Answer, DateTime ExpiresOnUtc)> CreateSessionAsync(MionApiOptions options, string storeUrl)
    {
        for (var i = 0; ; i++)
        {
            var request = new MionSessionRequest
            {
                AmountCents = _offers[i].Cents,
                ExpiresOnUtc = timeProvider.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(_offers[i].Minutes),
                RedirectUrl = storeUrl + "/",
                Reference = $"{ReferencePrefix}{Guid.NewGuid():N}"
            };
            try
            {
                var session = await apiClient.CreateSessionAsync(options, request);
                return session.IsPaid ? throw MionApiException.PaidUnseen() : (session, request.ExpiresOnUtc);
            }
            catch (MionApiException exception) when (exception.Kind == MionApiErrorKind.Rejected && i < _offers.Length - 1)
            {
                // the amount or the time is too small for Mion
            }
        }
    }

    private async Task<RoundTripStage?> AskAsync(RoundTrip trip, int storeId, DateTime utcNow)
    {
        try
        {
            var session = await apiClient.GetStatusAsync(await storeSettings.LoadApiOptionsAsync(storeId), trip.PaymentSessionId);
            return trip.HasChanged(session.Status) ? RoundTripStage.NotArrived : RoundTripStage.NothingToReport;
        }
        catch (MionApiException)
        {
            return utcNow < trip.ExpiresOnUtc + _patience ? null : RoundTripStage.NotArrived;
        }
    }

    private async Task<bool> HasArrivedAsync(RoundTrip trip, int storeId) =>
        await healthStore.FindAsync(HealthFacts.RoundTripArrived, storeId) is { } arrived && SecretToken.AreEqual(trip.Token, arrived.Value);

    private Task NoteAsync(RoundTrip trip, int storeId) => healthRecord.NoteAsync(HealthFacts.RoundTrip, trip, storeId);

    /// <summary>Why Mion refused, by the name of a text.</summary>
    private static string Explain(MionApiException exception) =>
        exception.Kind == MionApiErrorKind.Rejected ? nameof(MionApiErrorKind.Rejected) : ConnectionTest.Explain(exception).ToString();
}
