using System.Reflection;
using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>Times come back from a database without a kind; all of the plugin's are UTC.</summary>
internal static class Utc
{
    /// <summary>Marks a time as what it is.</summary>
    public static DateTime? Mark(DateTime? time) => time is { } value ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : null;

    /// <summary>Marks every time of a row.</summary>
    public static T Mark<T>(T row) where T : BaseEntity
    {
        foreach (var property in Times<T>.All)
            property.SetValue(row, Mark((DateTime?)property.GetValue(row)));
        return row;
    }

    private static class Times<T>
    {
        public static readonly PropertyInfo[] All =
            [.. typeof(T).GetProperties().Where(property => property.CanWrite && (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(DateTime))];
    }
}
