namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Lets callers of one process who want the same thing at the same time share one run of the work.</summary>
/// <remarks>
/// A caller shares a run that has yet to begin, or that began at most <c>maxAge</c> ago. While an older run is under way,
/// all who come share the one after it. A failure goes to everybody who shares the run; one that does not end is waited
/// for no longer than <see cref="Patience"/>.
/// </remarks>
/// <typeparam name="TKey">What tells one piece of work from another.</typeparam>
/// <typeparam name="T">What the work comes to; it is shared, so nobody may change it.</typeparam>
public sealed class SingleFlight<TKey, T>(TimeProvider timeProvider) where TKey : notnull
{
    /// <summary>Nobody waits longer for the run before: it may hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private const int PruneAbove = 1000;

    private readonly Dictionary<TKey, Run> _runs = [];
    private readonly Lock _lock = new();
    private TimeSpan _longestAge;
    private int _pruneAt = PruneAbove;

    /// <summary>Runs the work, or shares a run of it.</summary>
    /// <param name="maxAge">How long ago a run may have begun to be good enough; zero for one that begins from now on.</param>
    /// <param name="work">The work; must not end with the caller's request.</param>
    public Task<T> RunAsync(TKey key, TimeSpan maxAge, Func<Task<T>> work)
    {
        lock (_lock)
        {
            _longestAge = maxAge > _longestAge ? maxAge : _longestAge;
            var latest = _runs.GetValueOrDefault(key);
            if (latest is not null && (!latest.HasBegun || timeProvider.GetElapsedTime(latest.BeganAt) < maxAge))
                return latest.Task;

            Prune();
            var run = _runs[key] = new Run();
            return run.Task = FlyAsync(key, run, latest, work);
        }
    }

    /// <summary>How long ago the latest run began; null where none is remembered.</summary>
    public TimeSpan? GetAge(TKey key)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var latest) && latest.HasBegun ? timeProvider.GetElapsedTime(latest.BeganAt) : null;
    }

    private async Task<T> FlyAsync(TKey key, Run run, Run? before, Func<Task<T>> work)
    {
        // yields even where nothing is waited for: the work must not begin inside the caller's lock
        var patience = before is null ? TimeSpan.Zero : Patience - timeProvider.GetElapsedTime(before.BeganAt);
        Task waited = patience > TimeSpan.Zero ? before!.Task.WaitAsync(patience, timeProvider) : Task.CompletedTask;
        await waited.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
            run.Begin(timeProvider.GetTimestamp());
        try
        {
            return await work();
        }
        finally
        {
            lock (_lock)
            {
                if (_longestAge == TimeSpan.Zero && _runs.GetValueOrDefault(key) == run)
                    _runs.Remove(key);
            }
        }
    }

    /// <summary>Forgets what is too old for everybody, so that memory does not grow with the number of keys.</summary>
    private void Prune()
    {
        if (_runs.Count < _pruneAt)
            return;
        foreach (var (key, run) in _runs)
        {
            if (run.Task.IsCompleted && timeProvider.GetElapsedTime(run.BeganAt) > _longestAge)
                _runs.Remove(key);
        }

        _pruneAt = Math.Max(PruneAbove, _runs.Count * 2);
    }

    private sealed class Run
    {
        public Task<T> Task { get; set; } = null!;

        public bool HasBegun { get; private set; }

        public long BeganAt { get; private set; }

        public void Begin(long timestamp) => (HasBegun, BeganAt) = (true, timestamp);
    }
}
