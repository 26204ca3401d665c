using FluentMigrator.Builders.Schema.Column;
using FluentMigrator.Builders.Schema.Index;
using FluentMigrator.Builders.Schema.Table;
using FluentMigrator.Infrastructure;

namespace FluentMigrator.Builders.Schema
{
    /// <summary>Questions about what is there.</summary>
    public interface ISchemaExpressionRoot : IFluentSyntax
    {
        ISchemaTableSyntax Table(string tableName);
    }
}

namespace FluentMigrator.Builders.Schema.Table
{
    /// <summary>Questions about a table; no <see cref="IFluentSyntax"/> in FluentMigrator either.</summary>
    public interface ISchemaTableSyntax
    {
        bool Exists();

        ISchemaColumnSyntax Column(string columnName);

        ISchemaIndexSyntax Index(string indexName);
    }
}

namespace FluentMigrator.Builders.Schema.Column
{
    /// <summary>Questions about a column.</summary>
    public interface ISchemaColumnSyntax : IFluentSyntax
    {
        bool Exists();
    }
}

namespace FluentMigrator.Builders.Schema.Index
{
    /// <summary>Questions about an index.</summary>
    public interface ISchemaIndexSyntax : IFluentSyntax
    {
        bool Exists();
    }
}
