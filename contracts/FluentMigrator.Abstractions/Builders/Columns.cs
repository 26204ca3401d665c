using FluentMigrator.Infrastructure;

namespace FluentMigrator.Builders;

/// <summary>The type of a column.</summary>
public interface IColumnTypeSyntax<TNext> : IFluentSyntax
    where TNext : IFluentSyntax
{
    TNext AsBoolean();

    TNext AsDateTime2();

    TNext AsDecimal(int size, int precision);

    TNext AsGuid();

    TNext AsInt32();

    TNext AsInt64();

    TNext AsString(int size);
}

/// <summary>The options of a column; <typeparamref name="TNextFk"/> follows after a foreign key.</summary>
public interface IColumnOptionSyntax<TNext, TNextFk> : IFluentSyntax
    where TNext : IFluentSyntax
    where TNextFk : IFluentSyntax
{
    TNext WithDefaultValue(object value);

    TNext Identity();

    TNext Indexed();

    TNext Indexed(string indexName);

    TNext PrimaryKey();

    TNext PrimaryKey(string primaryKeyName);

    TNext Nullable();

    TNext NotNullable();

    TNext Unique();

    TNext Unique(string indexName);
}
