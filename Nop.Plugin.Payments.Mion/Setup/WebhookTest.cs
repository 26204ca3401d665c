using System.Net;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Tests the way that Mion's calls take: sends a call to the webhook's public address and looks whether it arrived.</summary>
/// <remarks>
/// The call leaves the server and comes in through DNS, proxy and firewall as Mion's would, except that it comes from
/// the server itself; <see cref="WebhookRoundTrip"/> has Mion call. What arrives is noted in the database, so it does not matter which machine of a farm receives it.
/// </remarks>
public class WebhookTest(HealthRecord healthRecord, HealthStore healthStore, HttpClient http, StoreSettings storeSettings)
{
    /// <summary>How long an answer is waited for.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Tests the address of a store, and notes the result.</summary>
    public async Task<WebhookTestResult> RunAsync(Store store)
    {
        var storeUrl = PaymentUrls.GetStoreUrl(store);
        var result = await CallAsync(storeUrl, store.Id);
        await healthRecord.NoteAsync(HealthFacts.WebhookTest, new TestOutcome<WebhookTestResult>(result, Fingerprint.Of(storeUrl)), store.Id);
        return result;
    }

    private async Task<WebhookTestResult> CallAsync(string storeUrl, int storeId)
    {
        var token = SecretToken.Create();
        if (!Uri.TryCreate($"{storeUrl}/{MionDefaults.Path.Webhook}/{token}", UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            return WebhookTestResult.BadStoreUrl;

        await healthRecord.NoteAsync(HealthFacts.WebhookTestToken, token, storeId);
        try
        {
            using var timeLimit = new CancellationTokenSource(TimeLimit);
            using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            // where calls are verified, this one is too
            var options = await storeSettings.LoadApiOptionsAsync(storeId);
            if (options.VerifiesCallbacks)
                content.Headers.TryAddWithoutValidation(options.CallbackSignatureHeader,
                    CallbackSignature.Sign("{}"u8, options.CallbackSecret));
            using var response = await http.PostAsync(address, content, timeLimit.Token);
            if (response.StatusCode == HttpStatusCode.OK && await HasArrivedAsync(token, storeId))
                return WebhookTestResult.Arrived;
            return (int)response.StatusCode switch
            {
                >= 300 and < 400 => WebhookTestResult.Redirected,
                401 or 403 or 405 or 407 or 429 or >= 500 => WebhookTestResult.Blocked,
                _ => WebhookTestResult.ElsewhereOrCached
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return WebhookTestResult.NotReachable;
        }
    }

    private async Task<bool> HasArrivedAsync(string token, int storeId) =>
        await healthStore.FindAsync(HealthFacts.WebhookTestArrived, storeId) is { } arrived && SecretToken.AreEqual(arrived.Value, token);
}
