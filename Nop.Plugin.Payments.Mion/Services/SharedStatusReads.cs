using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// Lets all who ask about one session at the same time share one read at Mion. One per process.
/// </summary>
/// <remarks>
/// A read may be used by whoever asked before it began; by later ones only as long as they accept its age. So a
/// webhook, which says that something has just changed, is never answered with what was read before it came, and a
/// hundred of them at once still cost two reads.
/// </remarks>
public class SharedStatusReads(TimeProvider timeProvider)
{
    private const int PruneAbove = 1000;
    private static readonly TimeSpan _keep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads, or shares a read.
    /// </summary>
    /// <param name="paymentSessionId">Mion's id.</param>
    /// <param name="maxAge">How long ago a read may have begun to be good enough; zero for one that begins now.</param>
    /// <param name="read">Asks Mion; must not depend on the caller's request staying alive.</param>
    /// <exception cref="MionApiException">The read failed; also for those who share it.</exception>
    public Task<MionSession> ReadAsync(string paymentSessionId, TimeSpan maxAge, Func<Task<MionSession>> read)
    {
        Prune();
        var entry = _entries.GetOrAdd(paymentSessionId, _ => new Entry());
        lock (entry)
        {
            var now = timeProvider.GetTimestamp();
            if (entry.Current is { } current && timeProvider.GetElapsedTime(entry.StartedAt, now) < maxAge)
                return current;
            // a read that is still to begin suits everybody, also in the moment between the one before and itself
            if (entry.Next is { } next)
                return next;
            if (entry.Current is not { IsCompleted: false } running)
                return entry.Begin(now, read);

            // one is under way that began too early: all who come now share the one after it
            return entry.Next = ReadAfterAsync(running, entry, read);
        }
    }

    private async Task<MionSession> ReadAfterAsync(Task running, Entry entry, Func<Task<MionSession>> read)
    {
        // never goes on inside the caller's lock, where it would clear Next before the caller has set it
        await running.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        Task<MionSession> next;
        lock (entry)
        {
            entry.Next = null;
            next = entry.Begin(timeProvider.GetTimestamp(), read);
        }

        return await next;
    }

    private void Prune()
    {
        if (_entries.Count <= PruneAbove)
            return;
        foreach (var (id, entry) in _entries)
        {
            if (entry.Current is not { IsCompleted: false } && entry.Next is null && timeProvider.GetElapsedTime(entry.StartedAt) > _keep)
                _entries.TryRemove(id, out _);
        }
    }

    private sealed class Entry
    {
        public Task<MionSession>? Current { get; private set; }

        public Task<MionSession>? Next { get; set; }

        public long StartedAt { get; private set; }

        public Task<MionSession> Begin(long now, Func<Task<MionSession>> read)
        {
            var begun = read();
            StartedAt = now;
            return Current = begun;
        }
    }
}
