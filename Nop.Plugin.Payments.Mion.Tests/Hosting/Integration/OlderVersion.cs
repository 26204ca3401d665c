using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>
/// Puts a shop back to what version 4.90.1 left in a store: its table, its English texts in every language, its task and
/// settings; nothing that came later. Payments are kept as far as that version had columns for them.
/// </summary>
internal static partial class OlderVersion
{
    /// <summary>The version.</summary>
    public const string Name = "4.90.1";

    /// <summary>What it delivered, by the name below the plugin's prefix.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } =
        JsonConvert.DeserializeObject<Dictionary<string, string>>(File.ReadAllText(FileOf("texts.en.json")))!;

    private static readonly string[] _laterSettings = ["historydays", "logdetail", "createpaymentattemptpath", "previousapikey"];

    /// <summary>Puts the shop back.</summary>
    public static async Task RestoreAsync(DemoShop shop)
    {
        RestoreSchema(shop.Services.GetRequiredService<ShopDatabase>().ConnectionString);
        await shop.InScopeAsync(async services =>
        {
            var texts = services.GetRequiredService<IRepository<LocaleStringResource>>();
            await texts.DeleteAsync(text => text.ResourceName.StartsWith("plugins.payments.mion."));
            foreach (var language in await services.GetRequiredService<IRepository<Language>>().Table.ToListAsync())
            {
                foreach (var (name, text) in Texts)
                    await texts.InsertAsync(new LocaleStringResource { LanguageId = language.Id, ResourceName = $"plugins.payments.mion.{name.ToLowerInvariant()}", ResourceValue = text });
            }

            var settings = services.GetRequiredService<IRepository<Setting>>();
            foreach (var name in _laterSettings.Select(name => $"mionsettings.{name}"))
                await settings.DeleteAsync(setting => setting.Name == name);
            await settings.DeleteAsync(setting => setting.Name.StartsWith("miontillsettings."));
            var plugins = services.GetRequiredService<IRepository<InstalledPlugin>>();
            var row = await plugins.Table.FirstOrDefaultAsync(plugin => plugin.SystemName == MionDefaults.SystemName);
            row.Version = Name;
            await plugins.UpdateAsync(row);
            return true;
        });
    }

    /// <summary>What a store does at its start, when plugin.json names another version than the one that it has noted.</summary>
    public static Task UpdateAsync(DemoShop shop) => shop.Services.GetRequiredService<PluginInstallation>().StartAsync();

    private static void RestoreSchema(string connectionString)
    {
        var schema = File.ReadAllText(FileOf("schema.sql"));
        var columns = string.Join(", ", Columns().Matches(schema).Select(match => $"\"{match.Groups[1].Value}\""));
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE "Kept" AS SELECT * FROM "MionPaymentSession";
            DROP TABLE "MionPaymentSession";
            {schema}
            INSERT INTO "MionPaymentSession" ({columns}) SELECT {columns} FROM "Kept";
            DROP TABLE "Kept";
            {string.Concat(LaterTables(connection).Select(table => $"DROP TABLE \"{table}\";"))}
            DELETE FROM "VersionInfo" WHERE "Version" <> (SELECT MIN("Version") FROM "VersionInfo");
            """;
        command.ExecuteNonQuery();
    }

    private static List<string> LaterTables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'Mion%' AND name <> 'MionPaymentSession'";
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
            tables.Add(reader.GetString(0));
        return tables;
    }

    private static string FileOf(string name) =>
        Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Hosting", "Integration", "Version4901", name);

    [GeneratedRegex("^  \"(\\w+)\" ", RegexOptions.Multiline)]
    private static partial Regex Columns();
}
