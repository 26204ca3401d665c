using FluentMigrator.Infrastructure;

namespace FluentMigrator
{
    /// <summary>A change of the database's shape.</summary>
    public interface IMigration
    {
        string ConnectionString { get; }

        void GetUpExpressions(IMigrationContext context);

        void GetDownExpressions(IMigrationContext context);
    }

    /// <summary>Names a migration by a version that is unique in the whole store.</summary>
    [AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = false)]
    public class MigrationAttribute : Attribute
    {
        public MigrationAttribute(long version, string description)
            : this(version, TransactionBehavior.Default, description)
        {
        }

        public MigrationAttribute(long version, TransactionBehavior transactionBehavior = TransactionBehavior.Default, string description = null)
        {
            Version = version;
            TransactionBehavior = transactionBehavior;
            Description = description;
        }

        public long Version { get; }

        public TransactionBehavior TransactionBehavior { get; }

        public string Description { get; }

        public bool BreakingChange { get; set; }
    }

    /// <summary>Whether a migration runs in a transaction.</summary>
    public enum TransactionBehavior
    {
        Default = 0,
        None = 1
    }
}

namespace FluentMigrator.Infrastructure
{
    /// <summary>What a migration's expressions are collected in.</summary>
    public interface IMigrationContext
    {
    }

    /// <summary>The root of every step of the fluent syntax.</summary>
    public interface IFluentSyntax
    {
    }
}
