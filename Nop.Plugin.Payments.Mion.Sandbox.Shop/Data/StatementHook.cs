using System.Data;
using System.Data.Common;
using System.Globalization;
using LinqToDB.Common;
using LinqToDB.Interceptors;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// Stands around every statement that changes something: it may throw, before or after, or never come back.
/// </summary>
/// <param name="sql">The statement.</param>
/// <param name="execute">Executes it.</param>
public delegate Task StatementHook(string sql, Func<Task> execute);

/// <summary>Hears of every statement before it is executed, of those that only read too.</summary>
internal sealed class HeardCommands(Action<DbCommand> listener) : CommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        listener(command);
        return command;
    }
}

/// <summary>Gives a database that asks for its own time another one.</summary>
internal sealed class TimedCommands(TimeProvider clock) : CommandInterceptor
{
    private static readonly string[] _now = ["timezone('UTC', now())", "DATETIME('now')", "CURRENT_TIMESTAMP", "UTC_TIMESTAMP()", "SYSUTCDATETIME()"];

    public override DbCommand CommandInitialized(CommandEventData eventData, DbCommand command)
    {
        foreach (var now in _now.Where(now => command.CommandText.Contains(now, StringComparison.Ordinal)))
        {
            var literal = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            var time = command switch
            {
                SqliteCommand => $"'{literal}'",
                SqlCommand => $"CAST('{literal}' AS datetime2)",
                _ => $"timestamp '{literal}'"
            };
            command.CommandText = command.CommandText.Replace(now, time, StringComparison.Ordinal);
        }

        return command;
    }
}

/// <summary>Stands before every statement that only reads: it may throw.</summary>
public delegate void QueryHook();

internal sealed class HookedCommands(StatementHook? hook, QueryHook? queryHook) : CommandInterceptor
{
    public override Option<DbDataReader> ExecuteReader(CommandEventData eventData, DbCommand command, CommandBehavior commandBehavior, Option<DbDataReader> result)
    {
        queryHook?.Invoke();
        return result;
    }

    public override Task<Option<DbDataReader>> ExecuteReaderAsync(CommandEventData eventData, DbCommand command, CommandBehavior commandBehavior, Option<DbDataReader> result, CancellationToken cancellationToken)
    {
        queryHook?.Invoke();
        return Task.FromResult(result);
    }

    public override async Task<Option<int>> ExecuteNonQueryAsync(CommandEventData eventData, DbCommand command, Option<int> result, CancellationToken cancellationToken)
    {
        if (hook is null)
            return result;
        var changed = 0;
        await hook(command.CommandText, async () => changed = await command.ExecuteNonQueryAsync(cancellationToken));
        return Option<int>.Some(changed);
    }

    public override async Task<Option<object?>> ExecuteScalarAsync(CommandEventData eventData, DbCommand command, Option<object?> result, CancellationToken cancellationToken)
    {
        if (hook is null)
            return result;
        object? value = null;
        await hook(command.CommandText, async () => value = await command.ExecuteScalarAsync(cancellationToken));
        return Option<object?>.Some(value);
    }
}
