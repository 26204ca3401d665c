namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>The databases that the shop runs on: nopCommerce's three, and SQLite, which needs no server.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,
    SqlServer
}

/// <summary>A database on a server.</summary>
public sealed record ServerDatabase(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>As <see cref="ToString"/> writes it, or null.</summary>
    public static ServerDatabase? TryParse(string text) =>
        text.Split(':', 2) is [var kind, var connectionString] && Enum.TryParse<DatabaseKind>(kind, ignoreCase: true, out var parsed) && parsed != DatabaseKind.Sqlite
            ? new(parsed, connectionString) : null;

    /// <summary>For a command line: <c>PostgreSql:Host=…</c>.</summary>
    public override string ToString() => $"{Kind}:{ConnectionString}";
}
