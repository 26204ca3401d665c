using System.Data;
using System.Globalization;
using LinqToDB.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Copies a table's rows from an SQLite file into the same table of a shop, on whatever database that is.</summary>
internal sealed class TableCopy(ShopDatabase database, DataConnection shop, string table)
{
    // rows of the shop's own are among these, and nothing goes by their number
    private bool KeepsIds => table != "Setting";

    public void From(DataConnection file)
    {
        var types = ReadTypes();
        using (var reader = file.ExecuteReader($"SELECT * FROM \"{table}\" ORDER BY \"Id\""))
        {
            while (reader.Reader!.Read())
                Insert(reader.Reader, types);
        }

        // the next row of the shop's own comes after these
        if (KeepsIds && database.Kind == DatabaseKind.PostgreSql)
            shop.Execute($"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), max(\"Id\")) FROM \"{table}\"");
    }

    private Dictionary<string, Type> ReadTypes()
    {
        using var reader = shop.ExecuteReader(database.InDialect($"SELECT * FROM \"{table}\" WHERE 1 = 0"));
        return Enumerable.Range(0, reader.Reader!.FieldCount).ToDictionary(reader.Reader.GetName, reader.Reader.GetFieldType);
    }

    private void Insert(IDataRecord row, Dictionary<string, Type> types)
    {
        var columns = Enumerable.Range(0, row.FieldCount).Where(i => KeepsIds || row.GetName(i) != "Id").ToList();
        var statement = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(i => $"\"{row.GetName(i)}\""))}) VALUES ({string.Join(", ", columns.Select(i => $"@p{i}"))})";
        if (KeepsIds && database.Kind == DatabaseKind.SqlServer)
            statement = $"SET IDENTITY_INSERT \"{table}\" ON; {statement}; SET IDENTITY_INSERT \"{table}\" OFF";
        shop.Execute(database.InDialect(statement), [.. columns.Select(i => new DataParameter($"p{i}", Convert(row.GetValue(i), types[row.GetName(i)])))]);
    }

    // SQLite keeps numbers, texts and bytes; its own tables take them as they are
    private object? Convert(object value, Type type) => value switch
    {
        DBNull => null,
        _ when database.Kind == DatabaseKind.Sqlite => value,
        byte[] bytes when type == typeof(Guid) => new Guid(bytes),
        string text when type == typeof(DateTime) => DateTime.Parse(text, CultureInfo.InvariantCulture),
        _ => System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture)
    };
}
