using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Says whether Mion accepts a store's API key: by the last test, or by the last session that was opened or refused; and
/// whether it answers about the store's sessions.
/// </summary>
public class KeyStepFactory(ApiKeyProtector apiKeyProtector, PaymentSessionStore sessionStore, PaymentTexts texts, TimeProvider timeProvider)
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
        if (worksOn is null && test is not null)
            return new(HealthState.Bad, title, await texts.GetAsync($"ConnectionTest.{test.Value.Result}"));
        if ((await sessionStore.GetUnansweredAsync(timeProvider.GetUtcNow().UtcDateTime)).FirstOrDefault(each => each.StoreId == store.Id) is { Count: > 0 } silent)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Key.Unanswered", silent.Count, await texts.TimeAsync(silent.LastAnswerOnUtc), await texts.FailureAsync(silent.Error)));
        return worksOn is null
            ? new(HealthState.Unknown, title, await texts.GetAsync("Health.Key.NotTested"))
            : new(HealthState.Good, title, await texts.GetAsync("Health.Key.Works", await texts.TimeAsync(worksOn)));
    }
}
