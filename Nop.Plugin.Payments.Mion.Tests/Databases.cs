using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Tests;

/// <summary>The database servers of the tests: one of a kind for all of them, started by the first that asks.</summary>
[SetUpFixture]
public sealed class Databases
{
    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<DatabaseServer>> _servers = new();
    private static int _names;

    /// <summary>For a fixture that runs on every server.</summary>
    public static IEnumerable<TestFixtureData> Servers => Fixtures(DatabaseKind.PostgreSql, DatabaseKind.MySql, DatabaseKind.SqlServer);

    /// <summary>For a fixture that runs on a file, as most do, and again on the servers that write SQL of another kind.</summary>
    public static IEnumerable<TestFixtureData> FileAndServers => Fixtures(DatabaseKind.Sqlite, DatabaseKind.MySql, DatabaseKind.SqlServer);

    /// <summary>For a fixture that runs on a file and on every server.</summary>
    public static IEnumerable<TestFixtureData> All => Fixtures(Enum.GetValues<DatabaseKind>());

    /// <summary>Makes an empty database; skips the test where there is no server, or fails it where there must be one.</summary>
    public static async Task<ServerDatabase> CreateAsync(DatabaseKind kind)
    {
        if (DatabaseServer.WhatIsMissing(kind) is { } missing)
        {
            if (Environment.GetEnvironmentVariable($"MION_{kind.ToString().ToUpperInvariant()}_TESTS") == "required")
                Assert.Fail(missing);
            Assert.Ignore(missing);
        }

        var server = _servers.GetOrAdd(kind, _ => new(() => DatabaseServer.Start(kind))).Value;
        return await server.CreateDatabaseAsync($"shop{Interlocked.Increment(ref _names)}");
    }

    /// <summary>A column's name as the statements of a database write it.</summary>
    public static string Quote(DatabaseKind kind, string name) => kind switch
    {
        DatabaseKind.PostgreSql => $"\"{name}\"",
        DatabaseKind.MySql => $"`{name}`",
        _ => $"[{name}]"
    };

    [OneTimeTearDown]
    public void StopServers()
    {
        foreach (var server in _servers.Values.Where(server => server.IsValueCreated))
            server.Value.Dispose();
    }

    private static IEnumerable<TestFixtureData> Fixtures(params DatabaseKind[] kinds) => kinds.Select(kind =>
    {
        var fixture = new TestFixtureData(kind);
        if (kind != DatabaseKind.Sqlite)
            fixture.Properties.Add(NUnit.Framework.Internal.PropertyNames.Category, "Slow");
        return fixture;
    });
}
