using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Says how the plugin is doing, from what has been noted; asks nobody outside.</summary>
public class HealthModelFactory(
    EuroConversion euroConversion,
    HealthStore healthStore,
    IPaymentPluginManager paymentPluginManager,
    PaymentSessionStore sessionStore,
    PaymentTexts texts,
    SetupStepFactory stepFactory,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>Prepares the model.</summary>
    /// <param name="storeId">The store that is looked at; 0 for all of them, of which the worst comes first.</param>
    public async Task<HealthModel> PrepareAsync(int storeId)
    {
        var health = await healthStore.GetAsync();
        var keys = await stepFactory.PrepareKeysAsync(storeId, health);
        var counts = await sessionStore.GetCountsAsync(timeProvider.GetUtcNow().UtcDateTime);
        return new HealthModel
        {
            Offer = await DescribeOfferAsync(keys),
            Key = SetupStepFactory.Combine(keys),
            Webhook = await stepFactory.PrepareWebhookAsync(storeId, health),
            Task = await stepFactory.PrepareTaskAsync(health),
            LastWebhook = await texts.TimeAsync(new[] { health.FindTime(HealthFacts.Webhook), health.FindTime(HealthFacts.RoundTripArrived) }.Max()),
            LastPoll = await texts.TimeAsync(health.FindTime(HealthFacts.Poll)),
            LastSuccess = await texts.TimeAsync(health.FindTime(HealthFacts.Success)),
            LastError = await texts.TimeAsync(health.FindTime(HealthFacts.Error)),
            LastErrorText = await texts.FailureAsync(health.Find(HealthFacts.Error)?.Value ?? string.Empty),
            CallsRefused = health.Find(HealthFacts.CallRefused) is { } refused ? $"{refused.Value}, {await texts.TimeAsync(refused.OnUtc)}"
                : string.Empty,
            OpenSessions = counts.Open,
            Overdue = counts.Overdue,
            WaitingForPerson = counts.NeedsPerson
        };
    }

    private async Task<HealthLineModel> DescribeOfferAsync(IReadOnlyList<(Store Store, HealthStepModel Step)> keys)
    {
        if (await euroConversion.FindRateAsync() is null)
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.NoEuro"));
        var offering = new List<string>();
        foreach (var (store, _) in keys)
        {
            if (storeSettings.IsConfigured(await storeSettings.LoadAsync(store.Id)))
                offering.Add(store.Name);
        }

        if (offering.Count == 0)
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.NoKey"));
        if (!await paymentPluginManager.IsPluginActiveAsync(MionDefaults.SystemName))
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.Inactive"));
        if (keys.Any(each => each.Step.State == HealthState.Bad))
            return new(HealthState.Bad, await texts.GetAsync("Health.Offer.Broken"));
        return new(HealthState.Good, offering.Count == keys.Count
            ? await texts.GetAsync("Health.Offer.Yes")
            : await texts.GetAsync("Health.Offer.Some", string.Join(", ", offering)));
    }
}
