using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>
/// Keeps what can happen a thousand times a minute from filling the log: the first of a kind is written, the following
/// are counted, and the next one that is written says how many there were. One per process.
/// </summary>
public class LogDigest(TimeProvider timeProvider)
{
    /// <summary>One line a kind in this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // kinds are named in the code, not by callers from outside; however many sessions some of them name, memory stays bounded
    private const int MaxKinds = 500;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Says whether something is to be written.</summary>
    /// <param name="suffix">To be put behind the line: how many were left out since the last one; or empty.</param>
    public bool ShouldWrite(string kind, out string suffix)
    {
        if (_entries.Count > MaxKinds)
            _entries.Clear();
        var entry = _entries.GetOrAdd(kind, _ => new Entry());
        lock (entry)
        {
            var now = timeProvider.GetUtcNow();
            suffix = entry.Skipped > 0 ? $" ({entry.Skipped} more like this since {entry.WrittenAt:yyyy-MM-dd HH:mm} UTC)" : string.Empty;
            if (entry.WrittenAt is { } writtenAt && now - writtenAt < Window && now >= writtenAt)
            {
                entry.Skipped++;
                return false;
            }

            (entry.WrittenAt, entry.Skipped) = (now, 0);
            return true;
        }
    }

    private sealed class Entry
    {
        public DateTimeOffset? WrittenAt { get; set; }

        public int Skipped { get; set; }
    }
}
