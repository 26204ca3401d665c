using FluentMigrator.Builders.Alter;
using FluentMigrator.Builders.Create;
using FluentMigrator.Builders.IfDatabase;
using FluentMigrator.Builders.Schema;
using FluentMigrator.Infrastructure;

namespace FluentMigrator;

/// <summary>
/// A migration with both directions written by hand: the only base whose <see cref="Down"/> can keep a plugin's data
/// (<c>AutoReversingMigration</c> drops it, <c>ForwardOnlyMigration</c> throws). Only the store's own copy ever runs.
/// </summary>
public abstract class MigrationBase : IMigration
{
    protected MigrationBase()
    {
    }

    public string ConnectionString { get; protected set; }

    public IAlterExpressionRoot Alter => throw new NotSupportedException();

    public ICreateExpressionRoot Create => throw new NotSupportedException();

    public ISchemaExpressionRoot Schema => throw new NotSupportedException();

    public IIfDatabaseExpressionRoot IfDatabase(Predicate<string> databaseType) => throw new NotSupportedException();

    public abstract void Up();

    public abstract void Down();

    public virtual void GetUpExpressions(IMigrationContext context) => throw new NotSupportedException();

    public virtual void GetDownExpressions(IMigrationContext context) => throw new NotSupportedException();
}
