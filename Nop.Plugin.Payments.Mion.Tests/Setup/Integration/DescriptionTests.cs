using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>A merchant reads in Mion's own description: shown, asked, applied, undone.</summary>
[TestFixture]
public sealed class DescriptionTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Description";
    private const string Apply = "#mion-description-apply";

    // the stand-in answers by it; the shop begins with the defaults
    private protected override MadeUpMion? Described => MadeUpMion.Find("snake");

    [Test]
    public async Task With_wrong_defaults_reading_the_description_in_leads_to_the_first_paid_order()
    {
        await ForgetAsync();
        var admin = await AdminAsync();
        var page = await UploadAsync(admin, Local(await File.ReadAllTextAsync(Described!.File)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Cells(page, "session.paidAt"), Is.EqualTo(new[] { "paidAt", "paid_at", "paid_at" }));
            Assert.That(Cells(page, "byReference.path")[2], Is.EqualTo("GET /payments/sessions?reference={reference}"));
            Assert.That(Cells(page, "session.status")[1], Does.Contain("funding_collected"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.baseurl"), Is.EqualTo(Mion.BaseAddress.ToString().TrimEnd('/')),
                "nothing is saved yet");
            Assert.That(await Shop.GetSettingAsync("mionsettings.apicontract"), Is.Null.Or.Empty);
        }

        Assert.That(page.QuerySelector($"{Apply} [name=ApiKey]"), Is.Not.Null, "the address is known to be another: the key is asked for at once");

        using var refused = await admin.SubmitAsync(page, Apply);
        page = await ShopBrowser.ReadAsync(refused);
        Assert.That(page.QuerySelector("[role=alert]")?.TextContent, Does.Contain("Type the API key again"),
            "the stored key goes to no other address or header");
        Assert.That(await Shop.GetSettingAsync("mionsettings.apicontract"), Is.Null.Or.Empty);

        using var applied = await admin.SubmitAsync(page, Apply, ("ApiKey", "demo-key"));
        Assert.That(applied.Headers.Location?.ToString(), Is.EqualTo("/Admin/Mion/Configure"));

        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        await Soon.Async("what was used is proven", async () =>
            Standing(await admin.OpenAsync("/Admin/Mion/Configure"), "session.paidAt") == "Proven"
                && Standing(await admin.OpenAsync(Page), "webhook.url") == "Read");
    }

    [Test]
    public async Task A_secret_is_asked_for_where_Mion_signs_and_goes_with_its_header()
    {
        await ForgetAsync();
        var admin = await AdminAsync();
        var page = await UploadAsync(admin, await File.ReadAllTextAsync(MadeUpMion.Find("account")!.File));
        (await admin.SubmitAsync(page, Apply, ("ApiKey", "demo-key"), ("CallbackSecret", "a-secret"), ("Choices[baseUrl]", "https://live.mion.example/v1"))).Dispose();
        Assert.That(await Shop.GetSettingAsync("mionsettings.callbacksecret"), Does.StartWith("protected:"));

        using var refused = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-description-reset");
        (await admin.SubmitAsync(await ShopBrowser.ReadAsync(refused), "#mion-description-reset", ("ApiKey", "demo-key"))).Dispose();

        Assert.That(await Shop.GetSettingAsync("mionsettings.callbacksignatureheader"), Is.Null.Or.Empty);
        Assert.That(await Shop.GetSettingAsync("mionsettings.callbacksecret"), Is.Null.Or.Empty);
    }

    [Test]
    public async Task While_a_secret_is_missing_the_webhooks_step_says_so()
    {
        await Shop.SetSettingAsync("mionsettings.webhooksenabled", "True");
        await Shop.SetSettingAsync("mionsettings.callbacksignatureheader", "X-Signature");
        var admin = await AdminAsync();
        Assert.That((await admin.OpenAsync("/Admin/Mion/Configure")).QuerySelector("#mion-webhook-step")?.TextContent, Does.Contain("calls are not verified"));

        await Shop.SetSettingAsync("mionsettings.callbacksecret", "protected:a-secret");
        Assert.That((await admin.OpenAsync("/Admin/Mion/Configure")).QuerySelector("#mion-webhook-step")?.TextContent, Does.Not.Contain("calls are not verified"));
    }

    [Test]
    public async Task Each_button_leads_to_an_address_that_can_be_opened_too()
    {
        var admin = await AdminAsync();
        var pages = new[] { await admin.OpenAsync(Page), await UploadAsync(admin, Local(await File.ReadAllTextAsync(Described!.File))) };

        var addresses = pages.SelectMany(page => page.QuerySelectorAll<IHtmlFormElement>("form[id^=mion-description]")).Select(form => form.GetAttribute("action")).Distinct();
        Assert.That(addresses, Is.EquivalentTo(new[] { $"{Page}/Read", $"{Page}/Apply", $"{Page}/Reset" }));
    }

    [TestCase("Read")]
    [TestCase("Apply")]
    [TestCase("Reset")]
    public async Task Where_the_address_of_a_button_is_opened_stands_its_page(string button)
    {
        var admin = await AdminAsync();

        Assert.That((await admin.OpenAsync($"/Admin/Mion/Description/{button}")).QuerySelector("#mion-description-file"), Is.Not.Null, "where another store is chosen there");
    }

    [Test]
    public async Task Back_to_the_defaults_undoes_it()
    {
        await ForgetAsync();
        var admin = await AdminAsync();
        var page = await UploadAsync(admin, Local(await File.ReadAllTextAsync(Described!.File)));
        (await admin.SubmitAsync(page, Apply, ("ApiKey", "demo-key"))).Dispose();
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikeyheader"), Is.EqualTo("Api-Key"));

        page = await admin.OpenAsync(Page);
        using var refused = await admin.SubmitAsync(page, "#mion-description-reset");
        using var reset = await admin.SubmitAsync(await ShopBrowser.ReadAsync(refused), "#mion-description-reset", ("ApiKey", "demo-key"));

        foreach (var name in new[] { "apicontract", "baseurl", "apikeyheader", "createsessionpath", "createwebhookpath" })
            Assert.That(await Shop.GetSettingAsync($"mionsettings.{name}"), Is.Null.Or.Empty, name);
    }

    [Test]
    public async Task What_is_not_clear_is_asked_for()
    {
        await ForgetAsync();
        var admin = await AdminAsync();
        var page = await UploadAsync(admin, await File.ReadAllTextAsync(MadeUpMion.Find("account")!.File));
        Assert.That(page.QuerySelectorAll($"{Apply} select").Select(select => select.GetAttribute("name")),
            Is.EqualTo(new[] { "Choices[baseUrl]" }));

        using var unanswered = await admin.SubmitAsync(page, Apply, ("ApiKey", "demo-key"));
        page = await ShopBrowser.ReadAsync(unanswered);
        Assert.That(page.QuerySelector("[role=alert]")?.TextContent, Does.Contain("Please choose"));

        using var answered = await admin.SubmitAsync(page, Apply, ("ApiKey", "demo-key"),
            ("Choices[baseUrl]", "https://live.mion.example/v1"));
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await Shop.GetSettingAsync("mionsettings.baseurl"), Is.EqualTo("https://live.mion.example/v1"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.callbacksignatureheader"), Is.EqualTo("X-Mion-Signature"));

        page = await admin.OpenAsync("/Admin/Mion/Configure");
        Assert.That(Standing(page, "baseUrl"), Is.EqualTo("Read"));
        using var saved = await admin.SubmitAsync(page, "#mion-configuration", ("CreateSessionPath", "/by-hand"));
        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.Found),
            "what was read in can be saved as it is, the webhook for the account too");
        page = await admin.OpenAsync("/Admin/Mion/Configure");
        Assert.That((Standing(page, "create.path"), Standing(page, "status.path")), Is.EqualTo(("Assumed", "Read")),
            "what a person has changed was not read");
    }

    [TestCase("openapi: 3.0.0", "This is YAML")]
    [TestCase("nothing", "no JSON file")]
    [TestCase("""{"openapi":"3.0.0","paths":{"/a":{"$ref":"https://elsewhere.example/"}}}""", "another file or at another address")]
    public async Task What_is_no_description_is_refused_in_words(string file, string words)
    {
        var admin = await AdminAsync();

        Assert.That((await UploadAsync(admin, file)).QuerySelector("[role=alert]")?.TextContent, Does.Contain(words));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task It_is_for_those_who_may_configure_payment_methods_and_for_forms_of_this_shop()
    {
        var clerk = NewBrowser();
        await clerk.EnterAdminAsClerkAsync();
        using var shown = await clerk.GetAsync(Page);
        Assert.That(shown.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));

        var admin = await AdminAsync();
        foreach (var action in new[] { "Read", "Apply", "Reset" })
        {
            using var posted = await admin.PostAsync($"{Page}/{action}", new FormUrlEncodedContent([]));
            Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), action);
        }
    }

    private static string Standing(IParentNode page, string key) =>
        page.QuerySelector($"[data-key='{key}']")?.GetAttribute("data-standing") ?? "";

    private static string[] Cells(IParentNode page, string key) =>
        [.. page.QuerySelectorAll($"[data-key='{key}'] td").Select(cell => cell.TextContent.Trim())];

    /// <summary>The same description, of a Mion on this machine.</summary>
    private string Local(string description) =>
        description.Replace("https://{host}/api", $"{Mion.BaseAddress}api", StringComparison.Ordinal);

    /// <summary>As a store begins: with the assumed values.</summary>
    private async Task ForgetAsync()
    {
        foreach (var (name, _) in Described!.Settings(Mion.BaseAddress))
            await Shop.SetSettingAsync($"mionsettings.{name}", name switch
            {
                "baseurl" => Mion.BaseAddress.ToString().TrimEnd('/'),
                "apikeyheader" => "X-API-Key",
                "createsessionpath" => "/payment-sessions",
                "getsessionstatuspath" => "/payment-sessions/{paymentSessionId}/status",
                "getsessionbyreferencepath" => "/payment-sessions/reference/{reference}",
                "createwebhookpath" => "/payment-sessions/{paymentSessionId}/webhook",
                "createpaymentattemptpath" => "/payment-sessions/{paymentSessionId}/payment-attempts",
                _ => ""
            });
    }

    private static async Task<IHtmlDocument> UploadAsync(ShopBrowser admin, string file)
    {
        var token = (await admin.OpenAsync(Page))
            .QuerySelector<IHtmlInputElement>("#mion-description-file [name=__RequestVerificationToken]")!.Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "openapi.json" }
        };
        using var response = await admin.PostAsync($"{Page}/Read", form);
        return response.Headers.Location is { } location ? await admin.OpenAsync(location.ToString())
            : await ShopBrowser.ReadAsync(response);
    }
}
