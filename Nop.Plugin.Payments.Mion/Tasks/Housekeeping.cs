using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;

namespace Nop.Plugin.Payments.Mion.Tasks;

/// <summary>What the scheduled task does besides looking for payments. Throws nothing.</summary>
public class Housekeeping(
    HealthRecord healthRecord,
    HealthStore healthStore,
    LanguagePacks languagePacks,
    PaymentEventStore eventStore,
    PluginLog log,
    StoreSettings storeSettings,
    TimeProvider timeProvider,
    WebhookRoundTrip roundTrip)
{
    /// <summary>How often the history is pruned.</summary>
    public static TimeSpan PruneInterval { get; } = TimeSpan.FromHours(6);

    /// <summary>Does what is due.</summary>
    public async Task RunAsync()
    {
        try
        {
            // a language that was added since has none of our texts yet
            await languagePacks.InstallMissingAsync();
            await PruneAsync();
            await roundTrip.FinishDueAsync();
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"housekeeping failed; it will be tried again.", exception);
        }
    }

    private async Task PruneAsync()
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (await healthStore.FindAsync(HealthFacts.Pruned) is { } last && now - last.OnUtc < PruneInterval)
            return;
        var settings = await storeSettings.LoadAsync(storeId: 0);
        await eventStore.PruneAsync(now - TimeSpan.FromDays(Math.Max(1, settings.HistoryDays)));
        await healthRecord.NoteAsync(HealthFacts.Pruned);
    }
}
