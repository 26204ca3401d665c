using System.Data.Common;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>Counts the shop's statements, and keeps one that is looked for.</summary>
internal sealed class StatementCounter
{
    private long _count;
    private volatile Func<string, bool>? _wanted;

    /// <summary>Statements since the start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>The last statement that was looked for, with its parameters.</summary>
    public (string Sql, IReadOnlyList<DbParameter> Parameters)? Kept { get; private set; }

    /// <summary>Hears of each statement too, before it is executed.</summary>
    public Action? Heard { get; set; }

    /// <summary>Keeps the next statement of a kind.</summary>
    public void Keep(Func<string, bool> wanted) => _wanted = wanted;

    /// <summary>Hears of a statement.</summary>
    public void Hear(DbCommand command)
    {
        Interlocked.Increment(ref _count);
        Heard?.Invoke();
        if (_wanted is not { } wanted || !wanted(command.CommandText))
            return;
        Kept = (command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (DbParameter)((ICloneable)parameter).Clone())]);
        _wanted = null;
    }
}
