using System.Globalization;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>Notes how the plugin is doing. Throws nothing: health is looked at, it decides nothing.</summary>
public class HealthRecord(HealthStore store, HealthThrottle throttle, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>Notes that something happened just now; every few seconds at most, since nothing but that is to be told.</summary>
    /// <param name="storeId">The store that it is about, which has a row of its own beside the one of all stores; 0 for none.</param>
    public async Task NoteAsync(HealthFact<string> fact, int storeId = 0)
    {
        if (throttle.ShouldNote(fact.GetRowName(storeId)))
            await NoteAsync(fact, string.Empty, storeId);
    }

    /// <summary>Notes that something happened just now.</summary>
    /// <param name="value">How; free of secrets.</param>
    public Task NoteAsync<T>(HealthFact<T> fact, T value, int storeId = 0) where T : class => TryAsync(fact.Name, async () =>
    {
        // after an error the next success is news
        if (fact.Name == HealthFacts.Error.Name)
            throttle.Clear();
        var utcNow = timeProvider.GetUtcNow().UtcDateTime;
        await store.SetAsync(fact, value, utcNow);
        if (storeId > 0)
            await store.SetAsync(fact, value, utcNow, storeId);
    });

    /// <summary>Notes that something happened just now, unless it is noted already: what is there is never moved.</summary>
    /// <param name="value">How; free of secrets.</param>
    public Task NoteOnceAsync<T>(HealthFact<T> fact, T value) where T : class => NoteOnceAsync([(fact, value)]);

    /// <inheritdoc cref="NoteOnceAsync{T}(HealthFact{T}, T)"/>
    public Task NoteOnceAsync<T>(IReadOnlyList<(HealthFact<T> Fact, T Value)> facts) where T : class =>
        TryAsync(facts[0].Fact.Name, async () =>
    {
        var noted = await store.GetAsync();
        foreach (var (fact, value) in facts.Where(each => noted.Find(each.Fact) is null))
            await store.SetAsync(fact, value, timeProvider.GetUtcNow().UtcDateTime);
    });

    /// <summary>Counts what anybody can cause; written every few seconds at most.</summary>
    public Task CountAsync(HealthFact<string> fact) =>
        throttle.Count(fact.Name) is not { } news ? Task.CompletedTask : TryAsync(fact.Name, async () =>
    {
        _ = int.TryParse((await store.FindAsync(fact))?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var before);
        await store.SetAsync(fact, (before + news).ToString(CultureInfo.InvariantCulture), timeProvider.GetUtcNow().UtcDateTime);
    });

    private async Task TryAsync(string name, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            throttle.Clear();
            await log.WarningAsync($"the plugin's health ({LogField.Resource(name)}) could not be noted.", exception, $"health {name}");
        }
    }
}
