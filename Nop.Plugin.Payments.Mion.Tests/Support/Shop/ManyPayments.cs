using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Payments of years, in a second: copies of one row, made by the database itself.</summary>
internal static class ManyPayments
{
    private static readonly string[] _unique = ["Reference", "Token", "WebhookToken"];

    /// <summary>Copies a session; what has to be unique gets a number.</summary>
    public static async Task CopyAsync(DemoShop shop, MionPaymentSession pattern, int count)
    {
        await using var connection = new SqliteConnection(shop.Services.GetRequiredService<ShopDatabase>().ConnectionString);
        await connection.OpenAsync();
        var columns = new List<string>();
        await using (var names = connection.CreateCommand())
        {
            names.CommandText = $"SELECT name FROM pragma_table_info('{nameof(MionPaymentSession)}') WHERE name <> 'Id'";
            await using var reader = await names.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                columns.Add(reader.GetString(0));
        }

        await using var insert = connection.CreateCommand();
        var values = columns.Select(column => _unique.Contains(column) ? $"'copy-{pattern.Id}-' || i" : $"\"{column}\"");
        insert.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})
            INSERT INTO "{nameof(MionPaymentSession)}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            SELECT {string.Join(", ", values)} FROM numbers, (SELECT * FROM "{nameof(MionPaymentSession)}" WHERE "Id" = {pattern.Id})
            """);
        await insert.ExecuteNonQueryAsync();
    }
}
