using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>The configuration page, over HTTP.</summary>
[TestFixture]
public sealed class ConfigurationTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";
    private const string Form = "#mion-configuration";

    [Test]
    public async Task It_is_for_admins_only()
    {
        using var shown = await NewBrowser().GetAsync(Page);
        using var saved = await NewBrowser().SendFormAsync(Page, ("PollIntervalSeconds", "10"));

        Assert.That(shown.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
        Assert.That(saved.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.pollintervalseconds"), Is.Null);
    }

    [Test]
    public async Task A_form_of_another_site_is_refused()
    {
        var admin = await AdminAsync();

        using var saved = await admin.PostAsync(Page, new FormUrlEncodedContent([KeyValuePair.Create("PollIntervalSeconds", "10")]));

        Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task What_is_entered_is_saved_and_shown_again()
    {
        var admin = await AdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form,
            ("SessionLifetimeMinutes", "90"), ("PollIntervalSeconds", "30"), ("LatePaymentDays", "3"), ("AdditionalFee", "1.50"),
            ("MinimumOrderTotal", "5"), ("MaximumOrderTotal", "500"), ("DescriptionText", "Ours"), ("WebhooksEnabled", "true"), ("DeleteDataOnUninstall", "true"));
        Assert.That(saved.Headers.Location?.ToString(), Is.EqualTo(Page));

        var page = await admin.OpenAsync(Page);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("[role=alert]")?.TextContent, Does.Contain("has been saved"));
            Assert.That(Value(page, "SessionLifetimeMinutes"), Is.EqualTo("90"));
            Assert.That(decimal.Parse(Value(page, "AdditionalFee"), System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(1.5m));
            Assert.That(await Shop.GetSettingAsync("mionsettings.pollintervalseconds"), Is.EqualTo("30"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.latepaymentdays"), Is.EqualTo("3"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.maximumordertotal"), Is.EqualTo("500"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.descriptiontext"), Is.EqualTo("Ours"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.webhooksenabled"), Is.Null, "a default is not saved");
            Assert.That(await Shop.GetSettingAsync("mionsettings.deletedataonuninstall"), Is.EqualTo("True"));
            Assert.That(await Shop.GetLogAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task The_key_is_stored_unreadably_never_shown_again_and_kept_when_none_is_entered()
    {
        var admin = await AdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("ApiKey", "brand-new-key"));
        var stored = await Shop.GetSettingAsync("mionsettings.apikey");
        Assert.That(stored, Does.StartWith("protected:").And.Not.Contain("brand-new-key"));

        var page = await admin.OpenAsync(Page);
        var html = page.DocumentElement.OuterHtml;
        Assert.That(html, Does.Not.Contain("brand-new-key").And.Not.Contain(stored!["protected:".Length..]));
        Assert.That(page.QuerySelector<IHtmlInputElement>("#ApiKey")!.Type, Is.EqualTo("password"));
        Assert.That(page.QuerySelector(".mion-key-stored"), Is.Not.Null);

        using var again = await admin.SubmitAsync(page, Form, ("PollIntervalSeconds", "30"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikey"), Is.EqualTo(stored));
    }

    [Test]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_saved_and_nothing_lost()
    {
        var admin = await AdminAsync();
        using var response = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, ("ApiKey", "typed-in-vain"), ("SessionLifetimeMinutes", "14"),
            ("PollIntervalSeconds", "5"), ("LatePaymentDays", "0"), ("AdditionalFee", "-1"), ("MinimumOrderTotal", "10"), ("MaximumOrderTotal", "5"),
            ("BaseUrl", "http://mion.example"), ("CheckoutUrlTemplate", "https://mion.example/checkout"), ("ApiKeyHeader", "X Key"),
            ("CreateSessionPath", "payment-sessions"), ("GetSessionStatusPath", "/payment-sessions/status"), ("GetSessionByReferencePath", "/ref"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), "the page comes back");
        var page = await ShopBrowser.ReadAsync(response);
        var summary = page.QuerySelector($"{Form} .validation-summary-errors")!.TextContent;
        using (Assert.EnterMultipleScope())
        {
            foreach (var message in new[] { "from 15 to 10080", "from 10 to 3600", "from 1 to 60", "cannot be negative", "below the minimum",
                "API address: a complete address", "contains {paymentSessionId}", "letters, digits and hyphens", "must begin with a slash", "contain {reference}" })
                Assert.That(summary, Does.Contain(message));
            Assert.That(page.QuerySelector("[data-valmsg-for=SessionLifetimeMinutes]")?.TextContent, Does.Contain("15"));
            Assert.That(Value(page, "SessionLifetimeMinutes"), Is.EqualTo("14"), "what was typed stays");
            Assert.That(page.DocumentElement.OuterHtml, Does.Not.Contain("typed-in-vain"), "but for the key");
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.Null);
            Assert.That(await Shop.GetSettingAsync("mionsettings.apikey"), Is.EqualTo("demo-key"));
        }
    }

    [TestCase("ApiKeyHeader", "X-Other")]
    [TestCase("ApiKeyPrefix", "Bearer")]
    [TestCase("BaseUrl", null)]
    public async Task The_stored_key_never_goes_to_another_address(string field, string? value)
    {
        NeedsAssumedNames();
        await using var elsewhere = new RawHttpServer(RawAnswer.Status(404));
        var admin = await AdminAsync();
        await Shop.SetSettingAsync("mionsettings.previousapikey", "an-older-key");

        using var response = await admin.SubmitAsync(await admin.OpenAsync(Page), Form, (field, value ?? elsewhere.Address), ("PollIntervalSeconds", "30"), ("test", ""));

        var page = await ShopBrowser.ReadAsync(response);
        Assert.That(page.QuerySelector($"{Form} .validation-summary-errors")?.TextContent, Does.Contain("Type the API key again"));
        Assert.That(Value(page, field), Is.EqualTo(value ?? elsewhere.Address), "what was typed stays");
        Assert.That(await Shop.GetSettingAsync("mionsettings.pollintervalseconds"), Is.Null, "nothing is saved");
        Assert.That((elsewhere.Requests.Count, Mion.Calls(MionOperations.GetByReference)), Is.EqualTo((0, 0)));

        using var again = await admin.SubmitAsync(page, Form, ("ApiKey", "a-key-for-there"));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await Shop.GetSettingAsync("mionsettings.previousapikey"), Is.Null.Or.Empty, "a former key belongs to the former address");
    }

    [Test]
    public async Task A_key_that_is_missing_or_cannot_be_read_is_said()
    {
        var admin = await AdminAsync();
        await Shop.SetSettingAsync("mionsettings.apikey", "");
        Assert.That((await admin.OpenAsync(Page)).QuerySelector("#mion-health")?.TextContent, Does.Contain("Enter the API key below"));

        await Shop.SetSettingAsync("mionsettings.apikey", "protected:CfDJ8moved");
        Assert.That((await admin.OpenAsync(Page)).QuerySelector("#mion-health")?.TextContent, Does.Contain("The stored key cannot be read any more"));
    }

    [Test]
    public async Task The_address_to_let_through_is_shown()
    {
        var admin = await AdminAsync();

        Assert.That((await admin.OpenAsync(Page)).QuerySelector("#mion-webhook-url")?.TextContent, Is.EqualTo($"{Shop.BaseAddress}mion/webhook/…"));
    }

    private static string Value(IParentNode page, string field) => page.QuerySelector<IHtmlInputElement>($"#{field}")!.Value;
}
