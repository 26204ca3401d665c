using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>
/// Notes how the plugin is doing. Throws nothing: health is looked at, it decides nothing.
/// </summary>
public class HealthRecord(HealthPulse pulse, HealthStore store, PluginLog log, LogDigest logDigest, TimeProvider timeProvider)
{
    /// <summary>
    /// Notes that something happened just now. What has nothing to tell but that is noted every few seconds at most.
    /// </summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="text">How; free of secrets.</param>
    /// <param name="storeId">The store that it is about, which has a row of its own beside the one of all stores; 0 for none.</param>
    public async Task NoteAsync(string name, string text = "", int storeId = 0)
    {
        // after an error the next success is news
        if (name == HealthName.Error)
            pulse.Clear();
        if (text.Length == 0 && !pulse.ShouldNote(HealthName.For(name, storeId)))
            return;
        await TryAsync(name, async () =>
        {
            var utcNow = timeProvider.GetUtcNow().UtcDateTime;
            await store.SetAsync(name, utcNow, text);
            if (storeId > 0)
                await store.SetAsync(HealthName.For(name, storeId), utcNow, text);
        });
    }

    /// <summary>
    /// Notes that something happened just now, unless it is noted already: what is there is never moved.
    /// </summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="text">How; free of secrets.</param>
    public Task NoteOnceAsync(string name, string text) => TryAsync(name, async () =>
    {
        if (await store.FindAsync(name) is null)
            await store.SetAsync(name, timeProvider.GetUtcNow().UtcDateTime, text);
    });

    private async Task TryAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            pulse.Clear();
            if (logDigest.ShouldWrite($"health {name}", out var more))
                await log.WarningAsync($"the plugin's health ({LogField.Resource(name)}) could not be noted.{LogField.More(more)}", exception);
        }
    }
}
