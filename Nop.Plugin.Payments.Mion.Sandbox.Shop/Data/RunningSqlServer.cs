using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// A SQL Server that somebody else has started, such as the container of a workflow: its databases are dropped at the end.
/// </summary>
public sealed class RunningSqlServer(string connectionString) : DatabaseServer(DatabaseKind.SqlServer)
{
    /// <summary>The environment variable with the server's connection string.</summary>
    public const string Variable = "MION_SQLSERVER";

    // several runs can share the server
    private readonly string _prefix = $"mion_{Guid.NewGuid():N}_";

    /// <summary>The server's connection string, or null.</summary>
    public static string? FindConnectionString() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } found ? found : null;

    /// <inheritdoc />
    public override void Dispose()
    {
        SqlConnection.ClearAllPools();
        foreach (var name in Databases)
            ExecuteAsync($"ALTER DATABASE [{_prefix}{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{_prefix}{name}]").GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    protected override string CreateStatement(string name) => $"CREATE DATABASE [{_prefix}{name}]";

    /// <inheritdoc />
    protected override DbConnection Connect(string connectionString) => new SqlConnection(connectionString);

    /// <inheritdoc />
    protected override string ConnectionString(string? database) => new SqlConnectionStringBuilder(connectionString)
    {
        InitialCatalog = database is null ? "master" : _prefix + database,
        CommandTimeout = 180
    }.ToString();
}
