using FluentMigrator.Builders.Create.Column;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Builders.Create.Table;
using FluentMigrator.Infrastructure;

namespace FluentMigrator.Builders.Create
{
    /// <summary>What can be created.</summary>
    public interface ICreateExpressionRoot : IFluentSyntax
    {
        ICreateTableWithColumnOrSchemaOrDescriptionSyntax Table(string tableName);

        ICreateColumnOnTableSyntax Column(string columnName);

        ICreateIndexForTableSyntax Index();

        ICreateIndexForTableSyntax Index(string indexName);
    }
}

namespace FluentMigrator.Builders.Create.Table
{
    /// <summary>A new table.</summary>
    public interface ICreateTableWithColumnOrSchemaOrDescriptionSyntax : ICreateTableWithColumnOrSchemaSyntax
    {
    }

    /// <summary>A new table, after its description.</summary>
    public interface ICreateTableWithColumnOrSchemaSyntax : ICreateTableWithColumnSyntax
    {
    }

    /// <summary>A new table that takes columns.</summary>
    public interface ICreateTableWithColumnSyntax : IFluentSyntax
    {
        ICreateTableColumnAsTypeSyntax WithColumn(string name);
    }

    /// <summary>A new table's column that wants its type.</summary>
    public interface ICreateTableColumnAsTypeSyntax : IColumnTypeSyntax<ICreateTableColumnOptionOrWithColumnSyntax>
    {
    }

    /// <summary>A new table's column with its type: options, or the next column.</summary>
    public interface ICreateTableColumnOptionOrWithColumnSyntax :
        IColumnOptionSyntax<ICreateTableColumnOptionOrWithColumnSyntax, ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax>,
        ICreateTableWithColumnSyntax
    {
    }

    /// <summary>The same after a foreign key.</summary>
    public interface ICreateTableColumnOptionOrForeignKeyCascadeOrWithColumnSyntax : ICreateTableColumnOptionOrWithColumnSyntax
    {
    }
}

namespace FluentMigrator.Builders.Create.Column
{
    /// <summary>A new column that wants its table.</summary>
    public interface ICreateColumnOnTableSyntax : IFluentSyntax
    {
        ICreateColumnAsTypeOrInSchemaSyntax OnTable(string name);
    }

    /// <summary>A new column with its table.</summary>
    public interface ICreateColumnAsTypeOrInSchemaSyntax : ICreateColumnAsTypeSyntax
    {
    }

    /// <summary>A new column that wants its type.</summary>
    public interface ICreateColumnAsTypeSyntax : IColumnTypeSyntax<ICreateColumnOptionSyntax>
    {
    }

    /// <summary>A new column with its type.</summary>
    public interface ICreateColumnOptionSyntax : IColumnOptionSyntax<ICreateColumnOptionSyntax, ICreateColumnOptionOrForeignKeyCascadeSyntax>
    {
    }

    /// <summary>The same after a foreign key.</summary>
    public interface ICreateColumnOptionOrForeignKeyCascadeSyntax : ICreateColumnOptionSyntax
    {
    }
}

namespace FluentMigrator.Builders.Create.Index
{
    /// <summary>A new index that wants its table.</summary>
    public interface ICreateIndexForTableSyntax : IFluentSyntax
    {
        ICreateIndexOnColumnOrInSchemaSyntax OnTable(string tableName);
    }

    /// <summary>A new index with its table.</summary>
    public interface ICreateIndexOnColumnOrInSchemaSyntax : ICreateIndexOnColumnSyntax
    {
    }

    /// <summary>A new index that takes columns and options.</summary>
    public interface ICreateIndexOnColumnSyntax : IFluentSyntax
    {
        ICreateIndexColumnOptionsSyntax OnColumn(string columnName);

        ICreateIndexOptionsSyntax WithOptions();
    }

    /// <summary>A column of a new index.</summary>
    public interface ICreateIndexColumnOptionsSyntax : IFluentSyntax
    {
        ICreateIndexMoreColumnOptionsSyntax Ascending();

        ICreateIndexMoreColumnOptionsSyntax Descending();

        ICreateIndexColumnUniqueOptionsSyntax Unique();
    }

    /// <summary>A new index after a column and its direction.</summary>
    public interface ICreateIndexMoreColumnOptionsSyntax : ICreateIndexOnColumnSyntax
    {
    }

    /// <summary>A new index after a unique column.</summary>
    public interface ICreateIndexColumnUniqueOptionsSyntax : ICreateIndexOnColumnSyntax
    {
    }

    /// <summary>The options of a new index as a whole.</summary>
    public interface ICreateIndexOptionsSyntax : IFluentSyntax
    {
        ICreateIndexOnColumnSyntax Unique();
    }
}
