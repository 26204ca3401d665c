using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Nop.Core.Domain.Localization;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>A store that has version 4.90.2, with what that version saved, and starts with this one.</summary>
[TestFixture]
public sealed class UpdateFrom4902Tests : ShopFixture
{
    private const string Name = "4.90.2";

    [Test]
    public async Task What_it_has_saved_about_payments_keeps_its_meaning()
    {
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);

        var sessions = await InScopeAsync<PaymentSessionStore, List<MionPaymentSession>>(async store =>
        {
            var found = new List<MionPaymentSession>();
            for (var id = 101; id <= 106; id++)
                found.Add((await store.GetByIdAsync(id))!);
            return found;
        });
        var attempts = await InScopeAsync<PaymentAttemptStore, IReadOnlyList<MionPaymentAttempt>>(store => store.GetAllAsync(106));
        var history = await InScopeAsync<PaymentEventStore, IReadOnlyList<MionPaymentEvent>>(store => store.GetBySessionsAsync([103]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sessions.Select(session => (session.State, session.ReviewReason)), Is.EqualTo(new[]
            {
                (PaymentSessionState.Paid, ReviewReason.None),
                (PaymentSessionState.NeedsPerson, ReviewReason.AmountChanged),
                (PaymentSessionState.Handled, ReviewReason.AmountChanged),
                (PaymentSessionState.Expired, ReviewReason.None),
                (PaymentSessionState.Open, ReviewReason.None),
                (PaymentSessionState.Paid, ReviewReason.None)
            }));
            Assert.That(sessions.Select(session => session.AmountCents), Has.All.GreaterThan(0));
            Assert.That(sessions.Select(session => SecretToken.IsWellFormed(session.Token) && SecretToken.IsWellFormed(session.WebhookToken)), Has.All.True);
            Assert.That(sessions[0].PaidEventOnUtc, Is.Not.Null);
            Assert.That(sessions[1].PersonToldOf, Is.EqualTo("NeedsPerson.AmountChanged"));
            Assert.That((sessions[5].IsTill, sessions[5].Note, sessions[5].OrderId), Is.EqualTo((true, "Two coffees", 0)));
            Assert.That(attempts.Single().IsPayable(), Is.True);
            Assert.That(history.Select(line => (line.Kind, (CheckTrigger)line.TriggerId, line.Detail)), Is.EqualTo(new[]
            {
                (PaymentEventKind.Opened, CheckTrigger.Checkout, ""),
                (PaymentEventKind.WebhookRegistered, CheckTrigger.Checkout, ""),
                (PaymentEventKind.NeedsPerson, CheckTrigger.Poll, "AmountChanged"),
                (PaymentEventKind.Handled, CheckTrigger.Admin, "Paid back")
            }));
        }
    }

    [Test]
    public async Task An_open_payment_of_before_is_paid_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await RestoreAsync();

        await OlderVersion.UpdateAsync(Shop);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Saved_defaults_go_and_what_the_merchant_chose_stays()
    {
        await RestoreAsync();
        await Shop.SetSettingAsync("mionsettings.latepaymentdays", "7", storeId: 2);

        await OlderVersion.UpdateAsync(Shop);

        var settings = await InScopeAsync<StoreSettings, MionSettings>(store => store.LoadAsync(storeId: 0));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((settings.SessionLifetimeMinutes, settings.DescriptionText, settings.ApiKey), Is.EqualTo((777, "Ours", "demo-key")));
            Assert.That(await SavedAsync("mionsettings.", storeId: 0), Is.EquivalentTo(new[] { "apikey", "baseurl", "checkouturltemplate", "descriptiontext", "previousapikey", "sessionlifetimeminutes", "webhooksenabled" }));
            Assert.That(await SavedAsync("miontillsettings.", storeId: 0), Is.Empty);
            Assert.That(await SavedAsync("mionsettings.", storeId: 2), Is.EqualTo(new[] { "latepaymentdays" }), "it takes the place of the shared value");
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
            Assert.That(health.Find(HealthFacts.Installed)?.Value, Is.EqualTo(Name));
            Assert.That(health.Find(HealthFacts.ConnectionTest, storeId: 1)?.Value, Is.EqualTo(new TestOutcome<ConnectionTestResult>(ConnectionTestResult.Works, "36067f3a")));
            Assert.That(health.Find(HealthFacts.Opened, storeId: 1)?.Value, Is.EqualTo("36067f3a"));
            Assert.That(health.Find(HealthFacts.Poll)?.Value, Is.EqualTo("1 checked, 0 failed"));
            Assert.That(health.InStores(HealthFacts.Webhook).Select(row => row.StoreId), Is.EqualTo(new[] { 1 }));
        }
    }

    [Test]
    public async Task Texts_that_were_edited_stay_and_the_others_are_this_versions()
    {
        await RestoreAsync();
        await InScopeAsync<IRepository<LocaleStringResource>, bool>(async texts =>
        {
            var title = await texts.Table.FirstOrDefaultAsync(text => text.ResourceName == "plugins.payments.mion.payment.title");
            title.ResourceValue = "Edited";
            await texts.UpdateAsync(title);
            return true;
        });

        await OlderVersion.UpdateAsync(Shop);

        var stored = await InScopeAsync<IRepository<LocaleStringResource>, Dictionary<string, string>>(async texts =>
            (await texts.Table.Where(text => text.LanguageId == 1 && text.ResourceName.StartsWith("plugins.payments.mion.")).ToListAsync())
                .ToDictionary(text => text.ResourceName, text => text.ResourceValue));
        var wanted = ThisVersions().ToDictionary(text => text.Key.ToLowerInvariant(), text => text.Value);
        wanted["plugins.payments.mion.payment.title"] = "Edited";
        Assert.That(stored, Is.SupersetOf(wanted));

        static IReadOnlyDictionary<string, string> ThisVersions() => Nop.Plugin.Payments.Mion.Localization.MionStrings.English;
    }

    /// <summary>Puts the shop back to what 4.90.2 left in a store, beside the payments that the test has made.</summary>
    private async Task RestoreAsync()
    {
        await InScopeAsync<IRepository<Setting>, bool>(async settings =>
        {
            string[] ofThisShop = ["mionsettings.apikey", "mionsettings.baseurl", "mionsettings.checkouturltemplate", "mionsettings.webhooksenabled"];
            await settings.DeleteAsync(setting => setting.Name.StartsWith("mion") && !ofThisShop.Contains(setting.Name));
            return true;
        });
        RestoreTables(Shop.Services.GetRequiredService<ShopDatabase>().ConnectionString);
        await Shop.InScopeAsync(async services =>
        {
            var texts = services.GetRequiredService<IRepository<LocaleStringResource>>();
            await texts.DeleteAsync(text => text.ResourceName.StartsWith("plugins.payments.mion."));
            foreach (var (name, text) in JsonConvert.DeserializeObject<Dictionary<string, string>>(await File.ReadAllTextAsync(FileOf("texts.en.json")))!)
                await texts.InsertAsync(new LocaleStringResource { LanguageId = 1, ResourceName = $"plugins.payments.mion.{name}", ResourceValue = text });
            var plugins = services.GetRequiredService<IRepository<InstalledPlugin>>();
            var row = await plugins.Table.FirstOrDefaultAsync(plugin => plugin.SystemName == MionDefaults.SystemName);
            row.Version = Name;
            await plugins.UpdateAsync(row);
            return true;
        });
    }

    private static void RestoreTables(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE "Kept" AS SELECT * FROM "MionPaymentSession";
            DROP TABLE "MionPaymentSession"; DROP TABLE "MionPaymentAttempt"; DROP TABLE "MionPaymentEvent"; DROP TABLE "MionHealthEntry";
            {File.ReadAllText(FileOf("store.sql"))}
            """;
        command.ExecuteNonQuery();
        command.CommandText = "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('MionPaymentSession')";
        var columns = (string)command.ExecuteScalar()!;
        command.CommandText = $"INSERT INTO \"MionPaymentSession\" ({columns}) SELECT {columns} FROM \"Kept\"; DROP TABLE \"Kept\";";
        command.ExecuteNonQuery();
    }

    private Task<List<string>> SavedAsync(string prefix, int storeId) => InScopeAsync<IRepository<Setting>, List<string>>(async settings =>
        [.. (await settings.Table.Where(setting => setting.StoreId == storeId && setting.Name.StartsWith(prefix)).ToListAsync()).Select(setting => setting.Name[prefix.Length..]).Order()]);

    private static string FileOf(string name) =>
        Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Hosting", "Integration", "Version4902", name);
}
