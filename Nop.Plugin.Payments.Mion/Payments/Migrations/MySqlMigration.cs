using FluentMigrator;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// On MySQL and MariaDB, lets people's texts hold characters of four bytes, and times fractions of seconds, as nopCommerce's
/// own columns do and as other databases do by themselves.
/// </summary>
/// <remarks>One statement a table: each rewrites it.</remarks>
public abstract class MySqlMigration : MigrationBase
{
    public override void Down()
    {
        // the records of payments are kept
    }

    protected static bool IsMySql(string databaseType) => databaseType.StartsWith("MySql", StringComparison.OrdinalIgnoreCase);

    protected static string Time(string column) => $"`{column}` datetime(6) NOT NULL";

    protected void Change(string table, IEnumerable<string> columns) => IfDatabase(type => IsMySql(type))
        .Execute.Sql($"ALTER TABLE `{table}` {string.Join(", ", columns.Select(column => $"MODIFY {column}"))}");
}
