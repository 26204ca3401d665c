using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>What becomes of a statement that changes something.</summary>
public enum StatementFault
{
    /// <summary>It fails, and nothing has changed.</summary>
    Fails,

    /// <summary>It is carried out, and its answer is lost.</summary>
    AnswerLost,

    /// <summary>The process dies before it: the work stops at this line, for good.</summary>
    DiesBefore,

    /// <summary>The process dies after it.</summary>
    DiesAfter
}

/// <summary>
/// Lets the shop's database fail and its workers die. A worker dies by never coming back from a statement: no catch, no
/// finally, no line after it runs, as when a process is killed; what it had claimed stays claimed.
/// </summary>
public sealed class StatementFaults
{
    private readonly Lock _gate = new();
    private readonly List<(StatementFault Kind, int Remaining)> _armed = [];
    private readonly ConcurrentDictionary<StatementFault, int> _injected = new();
    private readonly AsyncLocal<bool> _exempt = new();
    private int _deaths;

    /// <summary>How many statements were hit, by kind.</summary>
    public IReadOnlyDictionary<StatementFault, int> Injected => _injected;

    /// <summary>How many workers have died.</summary>
    public int Deaths => Volatile.Read(ref _deaths);

    /// <summary>Hits one of the coming statements.</summary>
    /// <param name="kind">How.</param>
    /// <param name="after">How many go through before it.</param>
    public void Arm(StatementFault kind, int after)
    {
        lock (_gate)
            _armed.Add((kind, after));
    }

    /// <summary>Everything works again; who has died stays dead.</summary>
    public void Disarm()
    {
        lock (_gate)
            _armed.Clear();
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
        var fault = _exempt.Value || !IsWrite(sql) ? null : Next();
        if (fault is { } kind)
            _injected.AddOrUpdate(kind, 1, (_, count) => count + 1);
        if (fault == StatementFault.Fails)
            throw new IOException("The database does not answer (fault).");
        if (fault == StatementFault.DiesBefore)
            await DieAsync();
        await execute();
        if (fault == StatementFault.AnswerLost)
            throw new IOException("The database's answer was lost (fault).");
        if (fault == StatementFault.DiesAfter)
            await DieAsync();
    }

    private static bool IsWrite(string sql)
    {
        var text = sql.AsSpan().TrimStart();
        return text.StartsWith("UPDATE", StringComparison.OrdinalIgnoreCase) || text.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("DELETE", StringComparison.OrdinalIgnoreCase);
    }

    private StatementFault? Next()
    {
        lock (_gate)
        {
            StatementFault? hit = null;
            for (var i = _armed.Count - 1; i >= 0; i--)
            {
                var (kind, remaining) = _armed[i];
                if (remaining > 0)
                    _armed[i] = (kind, remaining - 1);
                else if (hit is null)
                {
                    hit = kind;
                    _armed.RemoveAt(i);
                }
            }

            return hit;
        }
    }

    private Task DieAsync()
    {
        Interlocked.Increment(ref _deaths);
        return new TaskCompletionSource().Task;
    }
}
