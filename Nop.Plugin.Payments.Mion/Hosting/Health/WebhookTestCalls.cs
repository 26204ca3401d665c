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

    /// <summary>Notes a call for the whole account that is about a test's session.</summary>
    /// <param name="paymentSessionId">Mion's id, as the call names it.</param>
    /// <returns>Whether it is.</returns>
    public async Task<bool> TryReceiveSessionAsync(string paymentSessionId)
    {
        var trip = (await healthStore.GetAsync()).InStores(HealthFacts.RoundTrip)
            .FirstOrDefault(each => each.Value.PaymentSessionId.Equals(paymentSessionId, StringComparison.OrdinalIgnoreCase));
        if (trip.Value is not null)
            await healthRecord.NoteAsync(HealthFacts.RoundTripArrived, trip.Value.Token, trip.StoreId);
        return trip.Value is not null;
    }

    private async Task<bool> TryNoteAsync(HealthFact<string> arrived, IEnumerable<(int StoreId, string Token)> tests, string token)
    {
        var storeId = tests.FirstOrDefault(test => SecretToken.AreEqual(test.Token, token)).StoreId;
        if (storeId > 0)
            await healthRecord.NoteAsync(arrived, token, storeId);
        return storeId > 0;
    }
}
