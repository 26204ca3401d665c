using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// Notes how the plugin is doing. Throws nothing: health is looked at, it decides nothing.
/// </summary>
public class HealthRecord(HealthStore store, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>
    /// Notes that something happened just now.
    /// </summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="text">How; free of secrets.</param>
    /// <param name="storeId">The store that it is about, which has a row of its own beside the one of all stores; 0 for none.</param>
    public async Task NoteAsync(string name, string text = "", int storeId = 0)
    {
        try
        {
            var utcNow = timeProvider.GetUtcNow().UtcDateTime;
            await store.SetAsync(name, utcNow, text);
            if (storeId > 0)
                await store.SetAsync(HealthName.For(name, storeId), utcNow, text);
        }
        catch (Exception exception)
        {
            await log.WarningAsync($"the plugin's health ({LogField.Resource(name)}) could not be noted.", exception);
        }
    }
}
