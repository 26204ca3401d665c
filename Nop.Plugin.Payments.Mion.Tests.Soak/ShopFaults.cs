using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>What becomes of a statement of the shop's database, or of a call to one of the shop's services.</summary>
public enum ShopFault
{
    /// <summary>It fails, and nothing has changed.</summary>
    Fails,

    /// <summary>It is carried out, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The process dies before it: the work stops at this line, for good.</summary>
    DiesBefore,

    /// <summary>The process dies after it.</summary>
    DiesAfter,

    /// <summary>The worker falls asleep after it, and goes on when it is woken: for longer than its lease, whoever else works meanwhile.</summary>
    Sleeps
}

/// <summary>Where the shop is hit.</summary>
public enum ShopPlace
{
    /// <summary>At one of the coming statements that change something, wherever they come from.</summary>
    Writes,

    /// <summary>
    /// At one of the statements and service calls that follow a claim: the step in which a payment is brought to its
    /// order, line by line, or a session to Mion.
    /// </summary>
    AfterClaim,

    /// <summary>At one of the coming statements that only read; those cannot die, for that is dying at the last write before them.</summary>
    Reads
}

/// <summary>
/// Lets the shop's database and its services fail, and its workers die or oversleep. A worker dies by never coming back from a line:
/// no catch, no finally, no line after it runs, as when a process is killed; what it had claimed stays claimed.
/// </summary>
public sealed partial class ShopFaults
{
    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<Armed> _armed = [];
    private readonly ConcurrentDictionary<string, int> _injected = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly AsyncLocal<bool> _exempt = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _sleepers = new();
    private Func<Task>? _overtaking;
    private int _deaths;
    private int _total;
    private int _underWay;
    private long _lastLine;

    /// <summary>How often the shop was hit, by place and kind.</summary>
    public IReadOnlyDictionary<string, int> Injected => _injected;

    /// <summary>How often the shop was hit.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>How many workers have died or fallen asleep: nobody waits for them.</summary>
    public int Deaths => Volatile.Read(ref _deaths);

    /// <summary>Whether a worker sleeps.</summary>
    public bool IsAnyAsleep => !_sleepers.IsEmpty;

    /// <summary>The lines that followed the last claim, since the last <see cref="Arm"/> for <see cref="ShopPlace.AfterClaim"/>.</summary>
    public IReadOnlyList<string> LinesAfterClaim => [.. _lines];

    /// <summary>Hits one of the coming lines.</summary>
    /// <param name="kind">How.</param>
    /// <param name="after">How many go through before it.</param>
    /// <param name="place">Which lines are counted.</param>
    public void Arm(ShopFault kind, int after, ShopPlace place = ShopPlace.Writes)
    {
        lock (_gate)
        {
            _lines.Clear();
            _armed.Add(new Armed(kind, after, place));
        }
    }

    /// <summary>Lets somebody be faster than the next marking of an order: between the plugin's reading of the order and its statement on it.</summary>
    public void Overtake(Func<Task> act) => Volatile.Write(ref _overtaking, act);

    /// <summary>Everything works again; who has died stays dead.</summary>
    public void Disarm()
    {
        lock (_gate)
            _armed.Clear();
        Volatile.Write(ref _overtaking, null);
    }

    /// <summary>Wakes the sleepers, and waits until they are done.</summary>
    public Task WakeAsync(CancellationToken cancellationToken)
    {
        while (_sleepers.TryDequeue(out var sleeper))
            sleeper.SetResult();
        Interlocked.Exchange(ref _lastLine, Stopwatch.GetTimestamp());
        return QuietAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until nobody works: no statement is under way, and none has come for a while. Time jumps only then: who
    /// works on behind a claim that has lapsed meanwhile is one that <see cref="ShopFault.Sleeps"/>.
    /// </summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _underWay) > 0 || Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastLine)) < _quiet)
            await Task.Delay(20, cancellationToken);
    }

    /// <summary>Runs what is not the shop's own doing, such as a look at the database, and is never hit.</summary>
    public async Task<T> ExemptAsync<T>(Func<Task<T>> work)
    {
        _exempt.Value = true;
        return await work();
    }

    /// <summary>The hook for <see cref="Shop.DemoShopOptions.StatementHook"/>.</summary>
    public async Task OnStatementAsync(string sql, Func<Task> execute)
    {
        if (Stamp().IsMatch(sql) && Interlocked.Exchange(ref _overtaking, null) is { } overtake)
        {
            _injected.AddOrUpdate("Overtaken", 1, (_, count) => count + 1);
            await overtake();
        }

        await (IsWrite(sql) ? OnLineAsync("Statement", Describe(sql), Claim().IsMatch(sql), execute) : execute());
    }

    /// <summary>The hook for statements that only read.</summary>
    public void OnQuery()
    {
        if (_exempt.Value || Next(ShopPlace.Reads, isClaim: false) is null)
            return;
        Count("QueryFails");
        throw new IOException("The database does not answer (fault).");
    }

    /// <summary>Stands around a call to one of the shop's services.</summary>
    public Task OnCallAsync(string name, Func<Task> call) => OnLineAsync("Call", name, isClaim: false, call);

    private async Task OnLineAsync(string what, string name, bool isClaim, Func<Task> execute)
    {
        var fault = _exempt.Value ? null : Next(what == "Call" ? ShopPlace.AfterClaim : ShopPlace.Writes, isClaim, $"{what} {name}");
        if (fault is { } kind)
            Count($"{what}{kind}");
        if (fault == ShopFault.Fails)
            throw new IOException($"The {what} does not answer (fault).");
        if (fault == ShopFault.DiesBefore)
            await DieAsync();
        await ExecuteAsync(isStatement: what == "Statement" && !_exempt.Value, execute);
        if (fault == ShopFault.AnswerLost)
            throw new IOException($"The answer of the {what} was lost (fault).");
        if (fault == ShopFault.DiesAfter)
            await DieAsync();
        if (fault == ShopFault.Sleeps)
            await SleepAsync();
    }

    private async Task ExecuteAsync(bool isStatement, Func<Task> execute)
    {
        if (!_exempt.Value)
            Interlocked.Exchange(ref _lastLine, Stopwatch.GetTimestamp());
        if (!isStatement)
        {
            await execute();
            return;
        }

        Interlocked.Increment(ref _underWay);
        try
        {
            await execute();
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            Interlocked.Exchange(ref _lastLine, Stopwatch.GetTimestamp());
        }
    }

    private static bool IsWrite(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        return text.StartsWith("UPDATE", StringComparison.OrdinalIgnoreCase) || text.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("DELETE", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^\s*UPDATE\s+.MionPaymentSession.\s+(?:\S+\s+)?SET\s+(?:\S+\.)?[""\[`]ClaimToken.\s*=\s*[@:$]")]
    private static partial Regex Claim();

    [GeneratedRegex(@"^\s*UPDATE\s+.Order.\s+SET\s+.CaptureTransactionId.\s*=\s*[@:$]\w+\s+WHERE")]
    private static partial Regex Stamp();

    private static string Describe(string sql) => string.Join(' ', sql.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries).Take(3));

    private ShopFault? Next(ShopPlace place, bool isClaim, string line = "")
    {
        lock (_gate)
        {
            ShopFault? hit = null;
            for (var i = _armed.Count - 1; i >= 0; i--)
            {
                var armed = _armed[i];
                if (armed.Place == ShopPlace.AfterClaim)
                {
                    if (place == ShopPlace.Reads || !armed.HasClaim && !isClaim)
                        continue;
                    armed.HasClaim = true;
                    _lines.Enqueue(line);
                }
                else if (armed.Place != place)
                {
                    continue;
                }

                if (armed.Remaining > 0)
                    armed.Remaining--;
                else if (hit is null)
                {
                    hit = armed.Kind;
                    _armed.RemoveAt(i);
                }
            }

            return hit;
        }
    }

    private void Count(string kind)
    {
        Interlocked.Increment(ref _total);
        _injected.AddOrUpdate(kind, 1, (_, count) => count + 1);
    }

    private Task DieAsync()
    {
        Interlocked.Increment(ref _deaths);
        return new TaskCompletionSource().Task;
    }

    private Task SleepAsync()
    {
        var sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _sleepers.Enqueue(sleeper);
        Interlocked.Increment(ref _deaths);
        return sleeper.Task;
    }

    private sealed class Armed(ShopFault kind, int after, ShopPlace place)
    {
        public ShopFault Kind => kind;

        public ShopPlace Place => place;

        public int Remaining { get; set; } = after;

        public bool HasClaim { get; set; }
    }
}
