using System.Globalization;
using System.Text.RegularExpressions;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>Two stores that have version 4.90.2, with what that version wrote itself, and start with this one.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.All))]
public sealed partial class UpdateFrom4902Tests(DatabaseKind database) : ShopFixture(database)
{
    // an older version knows no other names
    private protected override MadeUpMion? Described => null;

    // the order whose payment goes on, as the older version opened it
    private const int OpenOrder = 7;
    private const string OpenSession = "f2d14915-973c-4b1b-892b-31f59fb0a038";
    private const string OpenReference = "67823cda55194735ad57ba5f6f2f9616-1";

    private static readonly DateTime _written = new(2026, 11, 28, 16, 13, 39);
    private static readonly string[] _tables =
        ["MionPaymentSession", "MionPaymentEvent", "MionPaymentAttempt", "MionHealthEntry", "ScheduleTask", "MessageTemplate", "Order", "OrderNote"];

    private static readonly string[] _restored = [.. _tables, "Customer", "InstalledPlugin", "Setting"];

    private string _paymentSessionId = string.Empty;

    protected override bool SecondStore => true;

    [Test]
    public async Task No_row_changes_but_settings_and_texts()
    {
        await RestoreAsync();
        var before = _tables.ToDictionary(table => table, ReadRows);

        await OlderVersion.UpdateAsync(Shop);

        using (Assert.EnterMultipleScope())
        {
            foreach (var (table, rows) in before)
                Assert.That(ReadRows(table).Take(rows.Count).Select((row, i) => row[..Math.Min(row.Length, rows[i].Length)]), Is.EqualTo(rows).And.Not.Empty, $"{table}, new columns left out");
            Assert.That(before.Where(table => ReadRows(table.Key).Count > table.Value.Count).Select(table => table.Key), Is.EqualTo(new[] { "MessageTemplate" }), "one more mail");
            Assert.That(before["MessageTemplate"], Has.One.Contains("Edited: a payment needs you"));
            Assert.That((await TaskAsync()).Seconds, Is.EqualTo(120));
        }
    }

    [Test]
    public async Task What_it_has_saved_about_payments_keeps_its_meaning()
    {
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);

        var sessions = await InScopeAsync<IRepository<MionPaymentSession>, List<MionPaymentSession>>(rows => rows.Table.OrderBy(row => row.Id).ToListAsync());
        var attempts = await InScopeAsync<PaymentAttemptStore, IReadOnlyList<MionPaymentAttempt>>(store => store.GetAllAsync(6));
        var history = await InScopeAsync<PaymentEventStore, IReadOnlyList<MionPaymentEvent>>(store => store.GetBySessionsAsync([3]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sessions.Select(session => (session.State, session.ReviewReason)), Is.EqualTo(new[]
            {
                (PaymentSessionState.Paid, ReviewReason.None),
                (PaymentSessionState.NeedsPerson, ReviewReason.OrderCancelled),
                (PaymentSessionState.Handled, ReviewReason.OrderCancelled),
                (PaymentSessionState.Expired, ReviewReason.None),
                (PaymentSessionState.Open, ReviewReason.None),
                (PaymentSessionState.Open, ReviewReason.None),
                (PaymentSessionState.Open, ReviewReason.None),
                (PaymentSessionState.Opening, ReviewReason.None),
                (PaymentSessionState.Open, ReviewReason.None)
            }));
            Assert.That(sessions[1].PersonToldOf, Is.EqualTo("NeedsPerson.OrderCancelled"));
            Assert.That(sessions[4].FundsSeen, Is.True);
            Assert.That((sessions[5].IsTill, sessions[5].Note, sessions[5].OrderId), Is.EqualTo((true, "Two coffees", 0)));
            Assert.That(sessions[6].CancelledOnUtc, Is.Not.Null);
            Assert.That(attempts.Single().IsPayable(), Is.True);
            Assert.That(history.Select(line => (line.Kind, (CheckTrigger)line.TriggerId, line.Detail)), Is.EqualTo(new[]
            {
                (PaymentEventKind.Opened, CheckTrigger.Checkout, ""),
                (PaymentEventKind.WebhookRegistered, CheckTrigger.Checkout, ""),
                (PaymentEventKind.NeedsPerson, CheckTrigger.Webhook, "OrderCancelled"),
                (PaymentEventKind.Handled, CheckTrigger.Admin, "gave the money back")
            }));
        }
    }

    [Test]
    public async Task A_payment_that_it_has_opened_is_paid_once()
    {
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);
        Mion.PayByLightning(_paymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(3));
        await RunPollAsync();

        await AssertPaidOnceAsync(OpenOrder, _paymentSessionId);
    }

    [Test]
    public async Task What_is_written_after_it_is_kept_to_the_character_and_the_millisecond()
    {
        await RestoreAsync();
        await OlderVersion.UpdateAsync(Shop);
        var written = new DateTime(2026, 11, 29, 8, 30, 15, 250);

        var session = await InScopeAsync<IRepository<MionPaymentSession>, MionPaymentSession>(async rows =>
        {
            var row = await rows.GetByIdAsync(6);
            (row.Note, row.CreatedOnUtc, row.PaidOnUtc) = ("Two coffees \u2615\U0001F355", written, written);
            await rows.UpdateAsync(row);
            return await rows.GetByIdAsync(6);
        });

        Assert.That((session.Note, session.CreatedOnUtc, session.PaidOnUtc), Is.EqualTo(("Two coffees \u2615\U0001F355", written, (DateTime?)written)));
    }

    [Test]
    public async Task Saved_defaults_go_and_what_the_merchant_chose_stays()
    {
        await RestoreAsync();
        var before = await LoadAsync();

        await OlderVersion.UpdateAsync(Shop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await LoadAsync(), Is.EqualTo(before), "every value, in each store");
            Assert.That(ReadRows("Setting").Where(row => row.Contains("|mion", StringComparison.Ordinal)).Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..]), Is.EquivalentTo(new[]
            {
                "mionsettings.apikey|demo-key|0",
                $"mionsettings.baseurl|{Address}|0",
                $"mionsettings.checkouturltemplate|{Address}/checkout/{{paymentSessionId}}|0",
                "mionsettings.descriptiontext|Pay with Bitcoin, we like it|0",
                "mionsettings.historydays|365|0",
                "mionsettings.logdetail|Information|0",
                "mionsettings.pollintervalseconds|120|0",
                "mionsettings.previousapikey|older-key|0",
                "mionsettings.sessionlifetimeminutes|90|0",
                "miontillsettings.lifetimeminutes|20|0",
                "mionsettings.additionalfee|1.5|2",
                // a default, but the store would have the shared 90 without it
                "mionsettings.sessionlifetimeminutes|1440|2",
                "miontillsettings.sound|False|2"
            }));
        }
    }

    [Test]
    public async Task What_was_known_about_its_health_is_still_known()
    {
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);

        var health = await InScopeAsync<HealthStore, HealthSnapshot>(store => store.GetAsync());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(health.Find(HealthFacts.Installed)?.Value, Is.EqualTo("4.90.2"));
            Assert.That(health.Find(HealthFacts.ConnectionTest, storeId: 1)?.Value, Is.EqualTo(new TestOutcome<ConnectionTestResult>(ConnectionTestResult.Works, "e2744712")));
            Assert.That(health.Find(HealthFacts.WebhookTest, storeId: 2)?.Value, Is.EqualTo(new TestOutcome<WebhookTestResult>(WebhookTestResult.Arrived, "44f29e72")));
            Assert.That(health.InStores(HealthFacts.RoundTrip).Select(row => (row.StoreId, row.Value.Stage, row.Value.Address)),
                Is.EquivalentTo(new[] { (1, RoundTripStage.Waiting, "6d847185"), (2, RoundTripStage.Waiting, "44f29e72") }));
            Assert.That(health.Find(HealthFacts.Opened, storeId: 1)?.Value, Is.EqualTo("e2744712"));
            Assert.That(health.Find(HealthFacts.Examination)?.Value, Is.EqualTo(new ExaminationPosition(0)));
            Assert.That(health.Find(HealthFacts.Poll)?.Value, Is.EqualTo("1 checked, 0 failed"));
            Assert.That(health.Find(HealthFacts.Error)?.Value, Does.EndWith("(HTTP 500)"));
        }
    }

    [Test]
    public async Task Texts_that_were_edited_stay_and_the_others_are_this_versions()
    {
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);

        var stored = await InScopeAsync<IRepository<LocaleStringResource>, Dictionary<string, string>>(async texts =>
            (await texts.Table.Where(text => text.LanguageId == 1 && text.ResourceName.StartsWith("plugins.payments.mion.")).ToListAsync())
                .ToDictionary(text => text.ResourceName, text => text.ResourceValue));
        var wanted = MionStrings.English.ToDictionary(text => text.Key.ToLowerInvariant(), text => text.Value);
        wanted["plugins.payments.mion.payment.title"] = "Edited";
        Assert.That(stored, Is.SupersetOf(wanted));
    }

    /// <summary>nopCommerce keeps by these names who may do what.</summary>
    [Test]
    public void The_permissions_have_the_names_that_they_had() =>
        Assert.That(new MionPermissions().AllConfigs.Select(permission => permission.SystemName),
            Is.EqualTo(new[] { "Payments.Mion.PaymentsView", "Payments.Mion.PaymentsDecide", "Payments.Mion.Till.Charge" }));

    private string Address => Mion.BaseAddress.ToString().TrimEnd('/');

    /// <summary>Puts the shop back to what 4.90.2 left in it, with the open payment at this test's Mion.</summary>
    private async Task RestoreAsync()
    {
        var options = await InScopeAsync<StoreSettings, MionApiOptions>(settings => settings.LoadApiOptionsAsync(storeId: 0));
        var opened = await InScopeAsync<MionApiClient, MionSession>(client => client.CreateSessionAsync(options,
            new MionSessionRequest { AmountCents = 1290, Reference = OpenReference, RedirectUrl = Shop.BaseAddress.ToString(), ExpiresOnUtc = Time.UtcNow.AddMinutes(89) }));
        _paymentSessionId = opened.PaymentSessionId;
        await ProofWrittenAsync();
        RestoreTables();
        await Shop.InScopeAsync(async services =>
        {
            var texts = services.GetRequiredService<IRepository<LocaleStringResource>>();
            await texts.DeleteAsync(text => text.ResourceName.StartsWith("plugins.payments.mion."));
            foreach (var (name, text) in JsonConvert.DeserializeObject<Dictionary<string, string>>(await File.ReadAllTextAsync(FileOf("texts.en.json")))!)
                await texts.InsertAsync(new LocaleStringResource { LanguageId = 1, ResourceName = $"plugins.payments.mion.{name}", ResourceValue = name == "payment.title" ? "Edited" : text });
            await services.GetRequiredService<ISettingService>().ClearCacheAsync();
            return true;
        });
    }

    private void RestoreTables()
    {
        var database = Shop.Services.GetRequiredService<ShopDatabase>();
        using var shop = new DataConnection(database.Options);
        foreach (var statement in _tables[..4].Select(table => $"DROP TABLE \"{table}\"")
            .Concat(_restored[4..^1].Select(table => $"DELETE FROM \"{table}\""))
            .Append("DELETE FROM \"Setting\" WHERE \"Name\" LIKE 'mion%' OR \"Name\" LIKE '%systemnames'"))
            shop.Execute(database.InDialect(statement));
        CreateTables(database, shop);

        var rows = File.ReadAllText(FileOf("rows.sql")).Replace("{mion}", Address, StringComparison.Ordinal).Replace(OpenSession, _paymentSessionId, StringComparison.Ordinal);
        var moved = Times().Replace(rows, time => DateTime.Parse(time.Value, CultureInfo.InvariantCulture).Add(Time.UtcNow - _written)
            .ToString(time.Value.Contains('T', StringComparison.Ordinal) ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture));
        using var older = new ShopDatabase(file: null);
        using var found = new DataConnection(older.Options);
        found.Execute(File.ReadAllText(FileOf("schema.sql")) + moved);
        foreach (var table in _restored)
            new TableCopy(database, shop, table).From(found);
    }

    /// <summary>As that version had them: on SQLite as it wrote them, on a server by its migrations, which never change.</summary>
    private static void CreateTables(ShopDatabase database, DataConnection shop)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            shop.Execute($"{File.ReadAllText(FileOf("schema.sql"))} DELETE FROM \"VersionInfo\" WHERE \"Version\" > {_written.Ticks}");
            return;
        }

        shop.Execute(database.InDialect("DELETE FROM \"VersionInfo\""));
        new PluginMigrations(database).Install(typeof(MionPaymentMethod).Assembly, until: _written);
    }

    /// <summary>Every setting of both classes as it counts for all stores and for each.</summary>
    private Task<string> LoadAsync() => InScopeAsync<ISettingService, string>(async settings =>
    {
        var all = new List<ISettings>();
        for (var storeId = 0; storeId <= 2; storeId++)
            all.AddRange([await settings.LoadSettingAsync<MionSettings>(storeId), await settings.LoadSettingAsync<MionTillSettings>(storeId)]);
        return JsonConvert.SerializeObject(all, Formatting.Indented);
    });

    private List<string> ReadRows(string table)
    {
        var database = Shop.Services.GetRequiredService<ShopDatabase>();
        using var connection = new DataConnection(database.Options);
        using var reader = connection.ExecuteReader(database.InDialect($"SELECT * FROM \"{table}\" ORDER BY \"Id\""));
        var rows = new List<string>();
        while (reader.Reader!.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.Reader.FieldCount).Select(reader.Reader.GetValue)));
        return rows;
    }

    private Task<ScheduleTask> TaskAsync() => InScopeAsync<IRepository<ScheduleTask>, ScheduleTask>(tasks =>
        tasks.Table.FirstOrDefaultAsync(task => task.Type == MionDefaults.PollTaskType));

    private static string FileOf(string name) =>
        Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Hosting", "Integration", "Version4902", name);

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?")]
    private static partial Regex Times();
}
