using System.Reflection;
using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// Runs a plugin's migrations in nopCommerce's order: at installation those of the installation, with the updates only
/// noted as applied; at an update those that were not applied; at uninstallation every <c>Down</c>, the newest first.
/// </summary>
public sealed class PluginMigrations(ShopDatabase database)
{
    /// <param name="until">Later ones are left out, as in a version of the plugin that had none later; null for all.</param>
    public void Install(Assembly plugin, DateTime? until = null) => Run(plugin, (runner, versions, migrations) =>
    {
        foreach (var migration in migrations.Where(migration => !versions.VersionInfo.HasAppliedMigration(migration.Version)
            && (until is not { } last || migration.Version <= last.Ticks)))
        {
            if (Target(migration) != MigrationProcessType.Update)
                runner.Up(migration.Migration);
            versions.UpdateVersionInfo(migration.Version, migration.Description);
        }
    });

    public void Update(Assembly plugin) => Run(plugin, (runner, versions, migrations) =>
    {
        foreach (var migration in migrations.Where(migration => Target(migration) != MigrationProcessType.Installation
            && !versions.VersionInfo.HasAppliedMigration(migration.Version)))
        {
            runner.Up(migration.Migration);
            versions.UpdateVersionInfo(migration.Version, migration.Description);
        }
    });

    public void Uninstall(Assembly plugin) => Run(plugin, (runner, versions, migrations) =>
    {
        foreach (var migration in migrations.Reverse().Where(migration => versions.VersionInfo.HasAppliedMigration(migration.Version)))
        {
            runner.Down(migration.Migration);
            versions.DeleteVersion(migration.Version);
        }
    });

    // by name: to the compiler the attribute's base is the contract's FluentMigrator, at run time it is the package's
    private static MigrationProcessType Target(IMigrationInfo migration)
        => migration.Migration.GetType().GetCustomAttributes(true).FirstOrDefault(attribute => attribute.GetType().Name == "NopMigrationAttribute") is { } found
            ? (MigrationProcessType)found.GetType().GetProperty("TargetMigrationProcess")!.GetValue(found)!
            : MigrationProcessType.NoMatter;

    // what nopCommerce runs migrations with
    private static IMigrationRunnerBuilder Add(IMigrationRunnerBuilder builder, DatabaseKind kind) => kind switch
    {
        DatabaseKind.PostgreSql => builder.AddPostgres92(),
        DatabaseKind.MySql => builder.AddMySql5(),
        DatabaseKind.SqlServer => builder.AddSqlServer(),
        _ => builder.AddSQLite()
    };

    private void Run(Assembly plugin, Action<MigrationRunner, IVersionLoader, IReadOnlyList<IMigrationInfo>> action)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(builder => Add(builder, database.Kind).WithGlobalConnectionString(database.ConnectionString).ScanIn(plugin).For.Migrations())
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var runner = (MigrationRunner)scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
        var versions = scope.ServiceProvider.GetRequiredService<IVersionLoader>();
        versions.LoadVersionInfo();
        action(runner, versions, [.. runner.MigrationLoader.LoadMigrations().Values]);
    }
}
