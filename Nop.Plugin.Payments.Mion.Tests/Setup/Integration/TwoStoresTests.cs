using System.IO.Compression;
using AngleSharp.Html.Dom;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>Two stores on one site: each with its own key, address and limits where it wants them.</summary>
[TestFixture]
public sealed class TwoStoresTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";
    private const string Form = "#mion-configuration";

    protected override bool SecondStore => true;

    [Test]
    public async Task A_store_overrides_what_is_marked_as_its_own_and_nothing_else()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        var page = await admin.OpenAsync($"/Admin/Setting/ChangeStoreScopeConfiguration?storeid=2&returnUrl={Page}");
        using var saved = await admin.SubmitAsync(page, Form, ("SessionLifetimeMinutes_OverrideForStore", "true"), ("SessionLifetimeMinutes", "30"),
            ("PollIntervalSeconds", "999"), ("WebhooksEnabled_OverrideForStore", "true"), ("WebhooksEnabled", "true"));
        Assert.That((int)saved.StatusCode, Is.EqualTo(302));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes", 2), Is.EqualTo("30"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.Null);
            Assert.That(await Shop.GetSettingAsync("mionsettings.webhooksenabled", 2), Is.EqualTo("True"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.webhooksenabled"), Is.EqualTo("False"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.pollintervalseconds", 2), Is.Null);
            Assert.That(await Shop.GetSettingAsync("mionsettings.apikey", 2), Is.Null);
        }

        var again = await admin.OpenAsync(Page);
        Assert.That(again.QuerySelector("#mion-webhook-url")?.TextContent, Does.StartWith("http://localhost:"));
        Assert.That(((IHtmlInputElement)again.QuerySelector("#SessionLifetimeMinutes_OverrideForStore")!).IsChecked, Is.True);
        Assert.That(((IHtmlInputElement)again.QuerySelector("#PollIntervalSeconds_OverrideForStore")!).IsChecked, Is.False);
    }

    [Test]
    public async Task Back_at_the_values_of_all_a_store_has_no_description_and_no_secret_of_its_own()
    {
        await Shop.SetSettingAsync("mionsettings.callbacksignatureheader", "X-Signature", 2);
        await Shop.SetSettingAsync("mionsettings.callbacksecret", "the-stores-secret", 2);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        var page = await admin.OpenAsync("/Admin/Setting/ChangeStoreScopeConfiguration?storeid=2&returnUrl=/Admin/Mion/Description");

        using var reset = await admin.SubmitAsync(page, "#mion-description-reset");

        Assert.That(reset.Headers.Location?.ToString(), Is.EqualTo(Page));
        foreach (var name in new[] { "callbacksignatureheader", "callbacksecret", "apicontract" })
            Assert.That(await Shop.GetSettingAsync($"mionsettings.{name}", 2), Is.Null, name);
    }

    [Test]
    public async Task The_support_bundle_tells_what_counts_in_each_store()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        await Shop.SetSettingAsync("mionsettings.sessionlifetimeminutes", "30", 2);
        await Shop.SetSettingAsync("miontillsettings.returnseconds", "41", 2);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        using var answer = await admin.GetAsync("/Admin/MionPayments/Support");
        using var bundle = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));

        string Read(string name)
        {
            using var reader = new StreamReader(bundle.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read("settings.json"), Does.Contain("\"SessionLifetimeMinutes\": 1440"));
            Assert.That(Read("settings-store-1.json"), Does.Contain("\"SessionLifetimeMinutes\": 1440"));
            Assert.That(Read("settings-store-2.json"), Does.Contain("\"SessionLifetimeMinutes\": 30").And.Not.Contain("second-key"));
            Assert.That(Read("settings-store-1.json"), Does.Contain("\"ReturnSeconds\": 15"));
            Assert.That(Read("settings-store-2.json"), Does.Contain("\"ReturnSeconds\": 41"));
        }
    }

    [Test]
    public async Task A_former_shared_key_still_reads_for_a_store_that_once_had_its_own()
    {
        var (_, session) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        Assert.That(session.StoreId, Is.EqualTo(2));
        await Shop.SetSettingAsync("mionsettings.previousapikey", "a-key-that-the-store-once-had", 2);
        await Shop.SetSettingAsync("mionsettings.previousapikey", "demo-key");
        await Shop.SetSettingAsync("mionsettings.apikey", "the-new-shared-key");

        await PollWhenDueAsync();

        Assert.That((await NewestSessionAsync(session.OrderId)).LastError, Is.Empty);
    }

    [Test]
    public async Task A_former_shared_key_goes_to_no_address_of_a_stores_own()
    {
        var (_, session) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        await using var elsewhere = new RawHttpServer(RawAnswer.Status(401));
        await Shop.SetSettingAsync("mionsettings.baseurl", elsewhere.Address, 2);
        await Shop.SetSettingAsync("mionsettings.apikey", "a-key-for-there", 2);
        await Shop.SetSettingAsync("mionsettings.previousapikey", "the-former-shared-key");

        await PollWhenDueAsync();

        Assert.That((session.StoreId, elsewhere.Requests.Select(request => request.Headers["X-API-Key"]).Distinct()), Is.EqualTo((2, new[] { "a-key-for-there" })));
    }

    [Test]
    public async Task A_changed_shared_address_takes_no_stores_own_key_along()
    {
        await using var elsewhere = new RawHttpServer(RawAnswer.Status(404));
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("BaseUrl", elsewhere.Address), ("ApiKey", "a-key-for-there"), ("test", ""));

        Assert.That(elsewhere.Requests.Select(request => request.Headers["X-API-Key"]), Has.None.EqualTo("second-key"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikey", 2), Is.Null.Or.Empty, "it has to be typed again");
    }

    [Test]
    public async Task An_order_is_paid_and_checked_with_its_own_stores_key()
    {
        Mion.AddKey("second-key");
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        var (first, firstSession) = await BuyWithSessionAsync();
        var (second, secondSession) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        Assert.That(Mion.Sessions.Select(session => session.Merchant), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(Mion.Sessions[1].RedirectUrl, Does.StartWith("http://localhost:"));
        Assert.That((firstSession.StoreId, secondSession.StoreId), Is.EqualTo((1, 2)));

        foreach (var session in Mion.Sessions)
            Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        // the task runs in the first store's request; the stand-in shows a session to its own merchant only
        Assert.That(Shop.PaidOrders, Is.EquivalentTo(new[] { first.OrderId, second.OrderId }));
        Assert.That(Mion.Journal.Where(entry => entry.Operation == MionOperations.GetStatus).Select(entry => entry.StatusCode), Is.All.EqualTo(200));
    }

    [Test]
    public async Task The_steps_are_those_of_the_chosen_store_and_the_buttons_test_it_alone()
    {
        await Shop.SetSettingAsync("mionsettings.webhooksenabled", "True");
        Mion.AddKey("second-key");
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var key = await admin.SubmitAsync(await ChooseAsync(admin, 2), Form, ("ApiKey_OverrideForStore", "true"), ("ApiKey", "second-key"), ("test", "true"));
        using var hook = await admin.SubmitAsync(await ChooseAsync(admin, 2), Form, ("testWebhook", "true"));
        Assert.That(Mion.Sessions.Select(session => (session.Merchant, session.RedirectUrl)), Is.EqualTo(new[] { (1, $"http://localhost:{Shop.BaseAddress.Port}/") }));
        Mion.Expire(Mion.Sessions[0].PaymentSessionId);
        await Mion.CallbacksSettledAsync();

        Assert.That(States(await ChooseAsync(admin, 2)).Take(2), Is.EqualTo(new[] { "Good", "Good" }));
        Assert.That(States(await ChooseAsync(admin, 1)).Take(2), Is.EqualTo(new[] { "Unknown", "Unknown" }), "the other store was not tested");
    }

    [Test]
    public async Task For_all_stores_each_is_tested_with_its_own_key_and_the_worst_leads()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "mistyped", 2);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("test", "true"));

        var page = await admin.OpenAsync(Page);

        Assert.That(States(page)[0], Is.EqualTo("Bad"));
        Assert.That(page.QuerySelector("#mion-health .mion-step-text")?.TextContent, Does.StartWith("Second shop: Mion answers, but does not accept the API key"));
        Assert.That(page.QuerySelector("#mion-health .mion-trail")?.TextContent, Does.Contain("Demo shop: Mion accepts the key"));
        Assert.That((await admin.OpenAsync("/Admin/System/Warnings")).DocumentElement.TextContent, Does.Contain("Second shop: Mion answers, but does not accept the API key"));
    }

    [Test]
    public async Task A_store_without_a_key_is_no_fault_while_another_has_one()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "", 2);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var tested = await admin.SubmitAsync(await ChooseAsync(admin, 1), Form, ("test", "true"));

        var page = await ChooseAsync(admin, 0);

        Assert.That(States(page)[0], Is.EqualTo("Unknown"));
        Assert.That(page.QuerySelector("#mion-offer")?.TextContent, Does.Contain("offered at the checkout of Demo shop."));
    }

    [Test]
    public async Task A_new_key_of_one_store_does_not_strand_the_payments_of_its_old_one()
    {
        Mion.AddKey("second-key");
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        var (purchase, session) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        Mion.AddKey("third-key");
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var saved = await admin.SubmitAsync(await ChooseAsync(admin, 2), Form, ("ApiKey_OverrideForStore", "true"), ("ApiKey", "third-key"));
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikey"), Is.EqualTo("demo-key"), "the other store keeps its own");
    }

    [Test]
    public async Task A_token_of_one_store_touches_no_order_of_another()
    {
        Mion.AddKey("second-key");
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        var (_, firstSession) = await BuyWithSessionAsync();
        var (second, secondSession) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        foreach (var session in Mion.Sessions)
            Mion.PayByLightning(session.PaymentSessionId);

        // at the first store's address, and about the first store's session
        using var body = new StringContent($"{{\"paymentSessionId\":\"{firstSession.PaymentSessionId}\",\"status\":\"funding-received\"}}");
        using var answer = await NewBrowser().PostAsync($"/mion/webhook/{secondSession.WebhookToken}", body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(Shop.PaidOrders, Is.EqualTo(new[] { second.OrderId }));
        Assert.That(Mion.Journal.Where(entry => entry.Operation == MionOperations.GetStatus).Select(entry => entry.StatusCode), Is.EqualTo(new[] { 200 }), "its own, with its own key");
    }

    private static IReadOnlyList<string?> States(IHtmlDocument page) => [.. page.QuerySelectorAll("#mion-health [data-health]").Select(step => step.GetAttribute("data-health"))];

    private static Task<IHtmlDocument> ChooseAsync(ShopBrowser admin, int storeId) => admin.OpenAsync($"/Admin/Setting/ChangeStoreScopeConfiguration?storeid={storeId}&returnUrl={Page}");
}
