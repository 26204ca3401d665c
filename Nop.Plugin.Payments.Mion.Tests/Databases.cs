using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Tests;

/// <summary>The database servers of the tests: one of a kind for all of them, started by the first that asks.</summary>
[SetUpFixture]
public sealed class Databases
{
    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<DatabaseServer>> _servers = new();
    private static int _names;

    /// <summary>The kinds that tests run on; SQL Server, which no machine has by itself, where there is one or must be one.</summary>
    public static IEnumerable<DatabaseKind> Kinds { get; } = Enum.GetValues<DatabaseKind>().Where(kind => kind != DatabaseKind.SqlServer || IsRequired(kind)
        || DatabaseServer.WhatIsMissing(kind) is null).ToList();

    /// <summary>Those that are servers.</summary>
    public static IEnumerable<DatabaseKind> ServerKinds => Kinds.Where(kind => kind != DatabaseKind.Sqlite);

    /// <summary>For a fixture that runs on every server.</summary>
    public static IEnumerable<TestFixtureData> Servers => Fixtures(ServerKinds);

    /// <summary>For a fixture that runs on a file, as most do, and again on the servers that write SQL of another kind.</summary>
    public static IEnumerable<TestFixtureData> FileAndServers => Fixtures(Kinds.Where(kind => kind != DatabaseKind.PostgreSql));

    /// <summary>For a fixture that runs on a file and on every server.</summary>
    public static IEnumerable<TestFixtureData> All => Fixtures(Kinds);

    /// <summary>Makes an empty database; skips the test where there is no server, or fails it where there must be one.</summary>
    public static async Task<ServerDatabase> CreateAsync(DatabaseKind kind)
    {
        if (DatabaseServer.WhatIsMissing(kind) is { } missing)
        {
            if (IsRequired(kind))
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

    private static bool IsRequired(DatabaseKind kind) =>
        Environment.GetEnvironmentVariable($"MION_{kind.ToString().ToUpperInvariant()}_TESTS") == "required";

    private static IEnumerable<TestFixtureData> Fixtures(IEnumerable<DatabaseKind> kinds) => kinds.Select(kind =>
    {
        var fixture = new TestFixtureData(kind);
        if (kind != DatabaseKind.Sqlite)
            fixture.Properties.Add(NUnit.Framework.Internal.PropertyNames.Category, "Slow");
        return fixture;
    });
}
