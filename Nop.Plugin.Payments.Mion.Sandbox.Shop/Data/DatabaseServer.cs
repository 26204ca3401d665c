using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>A database server of a test's or a benchmark's own.</summary>
public abstract class DatabaseServer(DatabaseKind kind) : IDisposable
{
    private readonly List<string> _databases = [];

    public DatabaseKind Kind => kind;

    /// <summary>What has to be there for a server of a kind; null where it is.</summary>
    public static string? WhatIsMissing(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => PostgresServer.FindPrograms() is null ? "PostgreSQL is not installed (Debian's package postgresql)." : null,
        DatabaseKind.MySql => MariaDbServer.FindProgram() is null ? "MariaDB is not installed (Debian's package mariadb-server)." : null,
        DatabaseKind.SqlServer => RunningSqlServer.FindConnectionString() is null ? $"{RunningSqlServer.Variable} names no SQL Server." : null,
        _ => null
    };

    /// <summary>Starts a server of a kind whose programs are there.</summary>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static DatabaseServer Start(DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => PostgresServer.Start(PostgresServer.FindPrograms()!),
        DatabaseKind.MySql => MariaDbServer.Start(MariaDbServer.FindProgram()!),
        DatabaseKind.SqlServer => new RunningSqlServer(RunningSqlServer.FindConnectionString()!),
        _ => throw new ArgumentOutOfRangeException(nameof(kind))
    };

    /// <summary>Makes an empty database.</summary>
    public async Task<ServerDatabase> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync(CreateStatement(name));
        lock (_databases)
            _databases.Add(name);
        return new ServerDatabase(kind, ConnectionString(name));
    }

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>The databases that were made.</summary>
    protected IReadOnlyList<string> Databases => _databases;

    protected abstract string CreateStatement(string name);

    /// <summary>How a database of the server is reached.</summary>
    /// <param name="database">Its name; null for the server itself.</param>
    protected abstract string ConnectionString(string? database);

    protected abstract DbConnection Connect(string connectionString);

    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect(ConnectionString(database: null));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a program to its end; its output goes nowhere, since a server that inherits a pipe keeps it open.</summary>
    protected static void Run(string program, params string[] arguments)
    {
        using var process = StartSilently(program, arguments);
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)) || process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }

    protected static Process StartSilently(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    protected static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
