using System.IO.Compression;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Tests.Till.Integration;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The support bundle helps, and gives nobody away.</summary>
[TestFixture]
public sealed class SupportBundleTests : TillFixture
{
    [Test]
    public async Task It_tells_what_happened_and_holds_nothing_secret_and_nothing_personal()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var handled = await admin.SendFormAsync("/Admin/MionPayments/Handle", ("id", $"{session.Id}"), ("comment", "called Erika Muster"));
        using var tested = await admin.SubmitAsync(await admin.OpenAsync("/Admin/Mion/Configure"), "#mion-configuration", ("testWebhook", "true"));

        using var answer = await admin.GetAsync("/Admin/MionPayments/Support");
        var content = await ReadAsync(await answer.Content.ReadAsByteArrayAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Keys, Is.EquivalentTo(new[] { "about.json", "settings.json", "api.json", "health.json", "payments.json",
                "history.json", "log.json" }));
            Assert.That(content["payments.json"], Does.Contain(session.PaymentSessionId));
            Assert.That(JArray.Parse(content["api.json"]).Select(row => (string?)row["Standing"]).Distinct(),
                Is.SupersetOf(new[] { "Assumed", Described is null ? "Documented" : "Read", "Proven" }));
            Assert.That(content["history.json"], Does.Contain("OrderCancelled").And.Contain("Handled"));
            Assert.That(content["log.json"], Does.Contain("order 1 needs a person"));
            var everything = string.Concat(content.Values);
            foreach (var secret in new[] { session.Token, session.WebhookToken, "demo-key", "protected:", "Erika", "@", "CustomerId" })
                Assert.That(everything, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task It_tells_every_setting_but_keys_and_free_words()
    {
        await Shop.SetSettingAsync("mionsettings.createpaymentattemptpath", "/sessions/{paymentSessionId}/attempt");
        await Shop.SetSettingAsync("miontillsettings.lifetimeminutes", "27");

        var settings = JObject.Parse((await DownloadAsync())["settings.json"]);

        var till = (JObject)settings["Till"]!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(settings), Is.SupersetOf(Properties<MionSettings>().Except([nameof(MionSettings.ApiKey),
                nameof(MionSettings.PreviousApiKey), nameof(MionSettings.CallbackSecret), nameof(MionSettings.HealthKeyHash), nameof(MionSettings.DescriptionText)])));
            Assert.That(Names(till), Is.EquivalentTo(Properties<MionTillSettings>()));
            Assert.That((string?)settings["CreatePaymentAttemptPath"], Is.EqualTo("/sessions/{paymentSessionId}/attempt"));
            Assert.That((int?)till["LifetimeMinutes"], Is.EqualTo(27));
        }
    }

    [Test]
    public async Task It_tells_what_went_wrong_at_the_till_and_neither_its_note_nor_its_screen()
    {
        var charge = (await ChargeAmountAsync(note: "for Erika Muster")).Session!;
        Mion.Permissions = MionPermissions.PaymentsReadWrite;
        // the next code is due
        Time.Advance(TimeSpan.FromSeconds(106));
        await LookAsync(charge.Id);
        await CancelAsync(charge.Id);
        await BuyWithSessionAsync();

        var content = await DownloadAsync();

        var payments = JArray.Parse(content["payments.json"]);
        var atTill = payments.Single(payment => (int?)payment["Id"] == charge.Id);
        var online = payments.Single(payment => (int?)payment["Id"] != charge.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((bool?)atTill["IsTill"], Is.True);
            Assert.That((string?)atTill["AttemptProblem"], Is.EqualTo(nameof(OpeningProblem.PermissionMissing)));
            Assert.That((DateTime?)atTill["CancelledOnUtc"], Is.EqualTo((await SessionAsync(charge.Id)).CancelledOnUtc));
            Assert.That(((bool?)online["IsTill"], (string?)online["AttemptProblem"], (DateTime?)online["CancelledOnUtc"]), Is.EqualTo((false, nameof(OpeningProblem.None), (DateTime?)null)));
            foreach (var secret in new[] { "Erika", Screen, charge.Token })
                Assert.That(string.Concat(content.Values), Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task It_is_for_admins_only()
    {
        using var answer = await NewBrowser().GetAsync("/Admin/MionPayments/Support");

        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
    }

    private static IEnumerable<string> Names(JObject settings) => settings.Properties().Select(property => property.Name);

    private static IEnumerable<string> Properties<T>() => typeof(T).GetProperties().Select(property => property.Name);

    private async Task<Dictionary<string, string>> DownloadAsync()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var answer = await admin.GetAsync("/Admin/MionPayments/Support");
        return await ReadAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private static async Task<Dictionary<string, string>> ReadAsync(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var content = new Dictionary<string, string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            content.Add(entry.Name, await reader.ReadToEndAsync());
        }

        return content;
    }
}
