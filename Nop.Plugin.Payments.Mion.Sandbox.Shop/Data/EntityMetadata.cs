using System.Reflection;
using LinqToDB.Mapping;
using LinqToDB.Metadata;
using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// nopCommerce's mapping: a table of the entity's name, an identity column <c>Id</c>, and a column for every property
/// of a simple type. Enumerations and anything else are, silently, no columns.
/// </summary>
internal sealed class EntityMetadata : IMetadataReader
{
    private static readonly HashSet<Type> _columnTypes =
    [
        typeof(int), typeof(long), typeof(string), typeof(bool), typeof(decimal), typeof(DateTime), typeof(Guid), typeof(byte[])
    ];

    public MappingAttribute[] GetAttributes(Type type)
        => typeof(BaseEntity).IsAssignableFrom(type) ? [new TableAttribute(type.Name)] : [];

    public MappingAttribute[] GetAttributes(Type type, MemberInfo memberInfo)
    {
        if (!typeof(BaseEntity).IsAssignableFrom(type) || memberInfo is not PropertyInfo { CanWrite: true } property)
            return [];
        if (property.Name == nameof(BaseEntity.Id))
            return [new ColumnAttribute { IsPrimaryKey = true, IsIdentity = true, CanBeNull = false }];
        var simple = Nullable.GetUnderlyingType(property.PropertyType);
        return _columnTypes.Contains(simple ?? property.PropertyType)
            ? [new ColumnAttribute { CanBeNull = simple != null || !property.PropertyType.IsValueType }]
            : [];
    }

    public MemberInfo[] GetDynamicColumns(Type type) => [];

    public string GetObjectID() => nameof(EntityMetadata);
}
