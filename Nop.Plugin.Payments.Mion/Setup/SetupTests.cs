using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>The tests behind the buttons of the configuration page: for the store that is chosen, or for every store.</summary>
public class SetupTests(
    ConnectionTest connectionTest,
    HealthRecord healthRecord,
    IStoreService storeService,
    StoreSettings storeSettings,
    WebhookRoundTrip roundTrip,
    WebhookTest webhookTest)
{
    /// <summary>Tests the connection to Mion with each key that is in use, once.</summary>
    /// <returns>The stores whose test failed, with the result; empty where all works. The till's permission, where it works.</returns>
    public async Task<(IReadOnlyList<(Store Store, ConnectionTestResult Result)> Failures, bool MayChargeAtTill)> TestConnectionAsync(int storeId)
    {
        var results = new Dictionary<string, ConnectionTestResult>(StringComparer.Ordinal);
        var failures = new List<(Store, ConnectionTestResult)>();
        var mayCharge = true;
        foreach (var store in await GetStoresAsync(storeId))
        {
            var settings = await storeSettings.LoadAsync(store.Id);
            var fingerprint = StoreSettings.GetFingerprint(settings);
            if (!results.TryGetValue(fingerprint, out var result))
            {
                var options = storeSettings.ToApiOptions(settings);
                result = results[fingerprint] = await connectionTest.RunAsync(options);
                if (result == ConnectionTestResult.Works)
                    mayCharge &= await connectionTest.MayChargeAtTillAsync(options);
            }

            await healthRecord.NoteAsync(HealthFacts.ConnectionTest, new TestOutcome<ConnectionTestResult>(result, fingerprint), store.Id);
            if (result != ConnectionTestResult.Works)
                failures.Add((store, result));
            else
                await healthRecord.NoteAsync(HealthFacts.Success);
        }

        return (failures, mayCharge);
    }

    /// <summary>
    /// Tests the way of Mion's calls: the store calls its own address, and asks Mion to call it too. The second goes on
    /// after this returns. A store that cannot reach itself may be reached by Mion all the same, so Mion is asked
    /// wherever there is an address.
    /// </summary>
    /// <returns>Whether nothing has failed so far.</returns>
    public async Task<bool> TestWebhookAsync(int storeId)
    {
        var isGood = true;
        foreach (var store in await GetStoresAsync(storeId))
        {
            var result = await webhookTest.RunAsync(store);
            isGood &= result == WebhookTestResult.Arrived;
            if (result != WebhookTestResult.BadStoreUrl)
                isGood &= (await roundTrip.StartAsync(store)).Stage is not (RoundTripStage.SessionRefused or RoundTripStage.WebhookRefused);
        }

        return isGood;
    }

    private async Task<IEnumerable<Store>> GetStoresAsync(int storeId) =>
        (await storeService.GetAllStoresAsync()).Where(store => storeId == 0 || store.Id == storeId);
}
