using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Lets all who ask about one session at the same time share one read at Mion. One per process.
/// </summary>
/// <remarks>
/// A read may be used by whoever asked before it began; by later ones only as long as they accept its age. So a
/// webhook, which says that something has just changed, is never answered with what was read before it came, and a
/// hundred of them at once still cost two reads.
/// A callback that was sent twice (<see cref="ReadForCallbackAsync"/>) costs no second read. What counts as sent twice is
/// drawn tight, because a second change may be announced in the same words: the bodies are the same; the read began
/// after the first of them came; it is less than two seconds old; and its answer shows what the body announces, that is
/// the session is paid, which is final, or has that very status. Whatever else a second callback could mean in those two
/// seconds is seen by the next one or by the scheduled task, which watches every session that is not paid.
/// </remarks>
public class SharedStatusReads(TimeProvider timeProvider)
{
    private const int PruneAbove = 1000;

    // longer than the age that anybody accepts; what a run of the scheduled task has read is of no use to anybody later
    private static readonly TimeSpan _keep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pruneEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _pruning = new();
    private long _prunedAt = timeProvider.GetTimestamp();

    /// <summary>
    /// Reads, or shares a read.
    /// </summary>
    /// <param name="paymentSessionId">Mion's id.</param>
    /// <param name="maxAge">How long ago a read may have begun to be good enough; zero for one that begins now.</param>
    /// <param name="read">Asks Mion; must not depend on the caller's request staying alive.</param>
    /// <exception cref="MionApiException">The read failed; also for those who share it.</exception>
    public Task<MionSession> ReadAsync(string paymentSessionId, TimeSpan maxAge, Func<Task<MionSession>> read)
    {
        return WithEntry(paymentSessionId, (entry, now) => entry.Current is { } current && timeProvider.GetElapsedTime(entry.StartedAt, now) < maxAge
            ? current
            : ReadNow(entry, now, read));
    }

    /// <summary>
    /// How long ago the latest read began.
    /// </summary>
    /// <param name="paymentSessionId">Mion's id.</param>
    /// <returns>Its age; null where none is remembered.</returns>
    public TimeSpan? GetAge(string paymentSessionId)
    {
        if (!_entries.TryGetValue(paymentSessionId, out var entry))
            return null;
        lock (entry)
            return entry.Current is null ? null : timeProvider.GetElapsedTime(entry.StartedAt);
    }

    /// <summary>
    /// Reads because of a callback, or shares the read that the same callback has caused before.
    /// </summary>
    /// <param name="paymentSessionId">Mion's id.</param>
    /// <param name="callback">What was called.</param>
    /// <param name="maxAge">For how long a callback counts as the same.</param>
    /// <param name="read">As in <see cref="ReadAsync"/>.</param>
    /// <exception cref="MionApiException">The read failed; also for those who share it.</exception>
    public async Task<MionSession> ReadForCallbackAsync(string paymentSessionId, Callback callback, TimeSpan maxAge, Func<Task<MionSession>> read)
    {
        var isShared = false;
        var answer = await WithEntry(paymentSessionId, (entry, now) =>
        {
            var isSame = entry.Fingerprint == callback.Fingerprint && timeProvider.GetElapsedTime(entry.CalledAt, now) < maxAge;
            if (!isSame)
                (entry.Fingerprint, entry.CalledAt, entry.ReadsBefore) = (callback.Fingerprint, now, entry.Reads);
            // the first read that began after the first of these calls, or is about to
            var shared = !isSame ? null : entry.Reads > entry.ReadsBefore ? entry.Current : entry.Next;
            isShared = shared is not null;
            return shared ?? ReadNow(entry, now, read);
        });
        return !isShared || answer.IsPaid || callback.Status is not null && answer.Status == callback.Status
            ? answer
            : await ReadAsync(paymentSessionId, TimeSpan.Zero, read);
    }

    private Task<MionSession> WithEntry(string paymentSessionId, Func<Entry, long, Task<MionSession>> work)
    {
        Prune();
        while (true)
        {
            var entry = _entries.GetOrAdd(paymentSessionId, _ => new Entry());
            lock (entry)
            {
                // forgotten between our finding it and our lock: who comes now would share nothing with who comes next
                if (!entry.IsForgotten)
                    return work(entry, timeProvider.GetTimestamp());
            }
        }
    }

    private Task<MionSession> ReadNow(Entry entry, long now, Func<Task<MionSession>> read)
    {
        // a read that is still to begin suits everybody, also in the moment between the one before and itself
        if (entry.Next is { } next)
            return next;
        if (entry.Current is not { IsCompleted: false } running)
            return entry.Begin(now, read);

        // one is under way that began too early: all who come now share the one after it
        return entry.Next = ReadAfterAsync(running, entry, read);
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

    /// <summary>Forgets what is too old for everybody: memory goes with the reads of a few seconds, and not with the number of sessions.</summary>
    private void Prune()
    {
        // a look at everything, so once a second at most, and by one
        if (timeProvider.GetElapsedTime(Interlocked.Read(ref _prunedAt)) < _pruneEvery || !_pruning.TryEnter())
            return;
        try
        {
            Interlocked.Exchange(ref _prunedAt, timeProvider.GetTimestamp());
            if (_entries.Count <= PruneAbove)
                return;
            foreach (var (id, entry) in _entries)
            {
                lock (entry)
                {
                    entry.IsForgotten = entry.Current is not { IsCompleted: false } && entry.Next is null && timeProvider.GetElapsedTime(entry.StartedAt) > _keep;
                    if (entry.IsForgotten)
                        _entries.TryRemove(id, out _);
                }
            }
        }
        finally
        {
            _pruning.Exit();
        }
    }

    private sealed class Entry
    {
        public Task<MionSession>? Current { get; private set; }

        public Task<MionSession>? Next { get; set; }

        public long StartedAt { get; private set; }

        /// <summary>Whether it is no longer the session's: another has taken its place, or will.</summary>
        public bool IsForgotten { get; set; }

        /// <summary>The latest callback's body.</summary>
        public string? Fingerprint { get; set; }

        /// <summary>When it came first.</summary>
        public long CalledAt { get; set; }

        /// <summary>Reads that had begun by then.</summary>
        public int ReadsBefore { get; set; }

        /// <summary>Reads that have begun.</summary>
        public int Reads { get; private set; }

        public Task<MionSession> Begin(long now, Func<Task<MionSession>> read)
        {
            var begun = read();
            StartedAt = now;
            Reads++;
            return Current = begun;
        }
    }
}
