namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>Recognizes calls to the webhook that a test of its address has caused: the store's own, and Mion's.</summary>
public class WebhookTestCalls(HealthRecord healthRecord, HealthStore healthStore)
{
    /// <summary>Notes a call that belongs to a test.</summary>
    /// <returns>Whether it does.</returns>
    public async Task<bool> TryReceiveAsync(string token)
    {
        var snapshot = await healthStore.GetAsync();
        return await TryNoteAsync(HealthFacts.WebhookTestArrived, snapshot.InStores(HealthFacts.WebhookTestToken), token)
            || await TryNoteAsync(HealthFacts.RoundTripArrived, snapshot.InStores(HealthFacts.RoundTrip).Select(trip => (trip.StoreId, trip.Value.Token)), token);
    }

    private async Task<bool> TryNoteAsync(HealthFact<string> arrived, IEnumerable<(int StoreId, string Token)> tests, string token)
    {
        var storeId = tests.FirstOrDefault(test => SecretToken.AreEqual(test.Token, token)).StoreId;
        if (storeId > 0)
            await healthRecord.NoteAsync(arrived, token, storeId);
        return storeId > 0;
    }
}
