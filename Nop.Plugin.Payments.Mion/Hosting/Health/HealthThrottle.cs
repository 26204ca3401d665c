using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>
/// Keeps what can happen a hundred times a second from writing one row of the database as often, where every writer
/// waits for the one before. One per process.
/// </summary>
public class HealthThrottle(TimeProvider timeProvider)
{
    /// <summary>One note of a row in this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _notedAt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _counted = new(StringComparer.Ordinal);

    /// <summary>Says whether something is to be noted.</summary>
    /// <returns>True for the first in a while, and for one caller only.</returns>
    public bool ShouldNote(string name)
    {
        var now = timeProvider.GetTimestamp();
        return _notedAt.TryGetValue(name, out var before)
            ? timeProvider.GetElapsedTime(before, now) >= Window && _notedAt.TryUpdate(name, now, before)
            : _notedAt.TryAdd(name, now);
    }

    /// <summary>Counts one more.</summary>
    /// <returns>How many there are since the last that were to be noted; null where they are not to be noted yet.</returns>
    public int? Count(string name)
    {
        _counted.AddOrUpdate(name, 1, (_, count) => count + 1);
        return ShouldNote(name) && _counted.TryRemove(name, out var news) ? news : null;
    }

    /// <summary>Lets the next one of every name be noted: after an error, what comes next is news again.</summary>
    public void Clear() => _notedAt.Clear();
}
