using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Says whether Mion accepts a store's API key: by the last test, or by the last session that was opened or refused.</summary>
public class KeyStepFactory(ApiKeyProtector apiKeyProtector, PaymentTexts texts)
{
    public async Task<HealthStepModel> PrepareAsync(Store store, MionSettings settings, HealthSnapshot health)
    {
        var title = await texts.GetAsync("Health.Key.Title");
        if (!apiKeyProtector.TryUnprotect(settings.ApiKey, out var apiKey))
            return new(HealthState.Bad, title, await texts.GetAsync("ApiKey.Unreadable"));
        if (apiKey.Length == 0)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Key.Missing")) { IsOptional = true };

        // what was found out about other settings than today's says nothing any more
        var fingerprint = StoreSettings.GetFingerprint(settings);
        var test = health.Find(HealthFacts.ConnectionTest, store.Id) is { } tested && tested.Value.Fingerprint == fingerprint ? tested : null;
        var openedOn = health.Find(HealthFacts.Opened, store.Id) is { } opened && opened.Value == fingerprint ? opened.OnUtc : (DateTime?)null;
        var worksOn = openedOn is not null && !(test?.OnUtc >= openedOn) ? openedOn
            : test?.Value.Result == ConnectionTestResult.Works ? test.OnUtc
            : null;
        if (worksOn is not null)
            return new(HealthState.Good, title, await texts.GetAsync("Health.Key.Works", await texts.TimeAsync(worksOn)));
        return test is null
            ? new(HealthState.Unknown, title, await texts.GetAsync("Health.Key.NotTested"))
            : new(HealthState.Bad, title, await texts.GetAsync($"ConnectionTest.{test.Value.Result}"));
    }
}
