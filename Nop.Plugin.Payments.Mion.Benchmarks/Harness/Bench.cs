using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>What all measurements of a run share.</summary>
/// <param name="quick">Whether to run with a tenth of everything, to see that it runs.</param>
internal sealed class Bench(bool quick) : IDisposable
{
    private PostgresServer? _server;
    private int _databases;

    /// <summary>Whether the numbers are worth nothing.</summary>
    public bool IsQuick => quick;

    /// <summary>A number of things: a tenth of it in a quick run.</summary>
    public int Scale(int count) => quick ? Math.Max(1, count / 10) : count;

    /// <summary>Says what is going on; the table alone goes to the standard output.</summary>
    public static void Say(string text) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {text}");

    /// <summary>Makes an empty database on a PostgreSQL server of the run's own, whose commits wait for the disk.</summary>
    /// <returns>The database: with few connections, since more than a few per core only wait for each other.</returns>
    public async Task<ServerDatabase> CreateDatabaseAsync()
    {
        _server ??= PostgresServer.Start(PostgresServer.FindPrograms()
            ?? throw new InvalidOperationException("PostgreSQL is not installed (Debian's package postgresql)."), durable: true);
        var database = await _server.CreateDatabaseAsync($"bench{++_databases}");
        return database with { ConnectionString = database.ConnectionString + ";Maximum Pool Size=20" };
    }

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _server, null)?.Dispose();
}
