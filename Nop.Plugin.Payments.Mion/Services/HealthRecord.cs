using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// Notes how the plugin is doing. Throws nothing: health is looked at, it decides nothing.
/// </summary>
public class HealthRecord(HealthStore store, LogDigest logDigest, TimeProvider timeProvider, TokenlessLog log)
{
    /// <summary>
    /// Notes that something happened just now.
    /// </summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="text">How; free of secrets.</param>
    public async Task NoteAsync(string name, string text = "")
    {
        try
        {
            await store.SetAsync(name, timeProvider.GetUtcNow().UtcDateTime, text);
        }
        catch (Exception exception)
        {
            if (logDigest.ShouldWrite($"health {name}", out var more))
                await log.WarningAsync($"{MionDefaults.SystemName}: the plugin's health ({name}) could not be noted.{more}", exception);
        }
    }
}
