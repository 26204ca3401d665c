using FluentMigrator.Builders.Execute;
using FluentMigrator.Infrastructure;

namespace FluentMigrator.Builders.Execute
{
    /// <summary>A statement in the database's own words.</summary>
    public interface IExecuteExpressionRoot : IFluentSyntax
    {
        void Sql(string sqlStatement);
    }
}

namespace FluentMigrator.Builders.IfDatabase
{
    /// <summary>What is done on some databases only.</summary>
    public interface IIfDatabaseExpressionRoot
    {
        IExecuteExpressionRoot Execute { get; }
    }
}
