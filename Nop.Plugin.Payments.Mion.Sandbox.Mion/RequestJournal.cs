using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// One line of the journal. Holds neither headers nor bodies, so that no key or token can be in it.
/// </summary>
/// <param name="Time">When it was answered, by the stand-in's clock.</param>
/// <param name="Operation">One of <see cref="MionOperations"/>.</param>
/// <param name="StatusCode">The status code that was answered; 0 when there was no answer.</param>
/// <param name="Detail">The fault that was played, or a callback's status and try.</param>
public sealed record JournalEntry(DateTimeOffset Time, string Operation, int StatusCode, string? Detail);

/// <summary>Counts what is asked, and remembers the latest of it.</summary>
internal sealed class RequestJournal(TimeProvider time, int length)
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Queue<JournalEntry> _entries = new();
    private int _inFlight;
    private int _peak;

    public IReadOnlyDictionary<string, int> AllCalls => _calls.ToDictionary(StringComparer.Ordinal);

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_entries)
                return [.. _entries];
        }
    }

    public int Peak => Volatile.Read(ref _peak);

    public int Calls(string operation) => _calls.GetValueOrDefault(operation);

    /// <summary>Counts a request when it arrives, so that one that hangs is counted too.</summary>
    public void Begin(string operation)
    {
        _calls.AddOrUpdate(operation, 1, (_, count) => count + 1);
        var now = Interlocked.Increment(ref _inFlight);
        for (var peak = Peak; now > peak; peak = Peak)
            Interlocked.CompareExchange(ref _peak, now, peak);
    }

    /// <summary>Ends what <see cref="Begin"/> began.</summary>
    public void End(string operation, int statusCode, string? detail)
    {
        Interlocked.Decrement(ref _inFlight);
        Note(operation, statusCode, detail);
    }

    /// <summary>Counts and remembers something that is no request to the stand-in.</summary>
    public void Count(string operation, int statusCode, string? detail)
    {
        _calls.AddOrUpdate(operation, 1, (_, count) => count + 1);
        Note(operation, statusCode, detail);
    }

    /// <summary>Remembers something without counting it.</summary>
    public void Note(string operation, int statusCode, string? detail)
    {
        lock (_entries)
        {
            _entries.Enqueue(new JournalEntry(time.GetUtcNow(), operation, statusCode, detail));
            while (_entries.Count > length)
                _entries.Dequeue();
        }
    }
}
