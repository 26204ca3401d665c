using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>The assistant's pages and the customer's screen, over HTTP.</summary>
[TestFixture]
public sealed class TillPagesTests : TillFixture
{
    private const string Start = "/Admin/Mion/Till";

    [TestCase(Start)]
    [TestCase(Start + "/Charge/1")]
    [TestCase(Start + "/Status/1")]
    [TestCase(Start + "/1/code/1")]
    [TestCase("/Admin/Mion/TillSettings")]
    public async Task The_till_is_for_assistants_only(string page)
    {
        using var response = await NewBrowser().GetAsync(page);

        Assert.That(response.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
    }

    [Test]
    public async Task An_assistant_charges_an_amount_and_sees_it_paid()
    {
        var assistant = await AssistantAsync();
        using var charged = await assistant.SubmitAsync(await assistant.OpenAsync(Start), "form[action$=ChargeAmount]", ("Amount", "12,50"), ("Note", "<b>Tea</b>"));
        var address = charged.Headers.Location!.ToString();

        var page = await assistant.OpenAsync(address);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("[data-till]")?.GetAttribute("data-state"), Is.EqualTo("Waiting"));
            Assert.That(page.QuerySelector(".mion-till-head")?.TextContent, Does.Contain("€12.50").And.Contain("<b>Tea</b>"));
            Assert.That(page.QuerySelector("[data-text=Satoshi]")?.TextContent, Is.Not.Empty);
        }

        using var code = await assistant.GetAsync(page.QuerySelector("#mion-qr")!.GetAttribute("src")!);
        Assert.That((code.StatusCode, code.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/svg+xml")));

        Mion.PayByLightning(Mion.Sessions.Single().PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(2));
        using var status = await assistant.GetAsync(page.QuerySelector("[data-till]")!.GetAttribute("data-status-url")!);
        var news = JObject.Parse(await status.Content.ReadAsStringAsync());
        Assert.That(((string?)news["State"], (string?)news["QrUrl"]), Is.EqualTo(("Paid", string.Empty)));
    }

    [TestCase("en-US")]
    [TestCase("fi-FI")]
    [TestCase("da-DK")]
    [TestCase("th-TH")]
    public async Task The_receipts_time_is_the_stores_as_the_assistants_language_writes_it(string language)
    {
        await Shop.SetSettingAsync("datetimesettings.defaultstoretimezoneid", "Europe/Berlin");
        await SpeakAsync(language);
        var charge = (await ChargeAmountAsync()).Session!;
        Mion.PayByLightning(charge.PaymentSessionId);
        await LookAsync(charge.Id);

        var page = await (await AssistantAsync()).OpenAsync($"{Start}/Charge/{charge.Id}");

        var paidOn = (await SessionAsync(charge.Id)).PaidOnUtc!.Value;
        Assert.That(page.QuerySelector("[data-till]")?.GetAttribute("data-state"), Is.EqualTo("Paid"));
        Assert.That(page.QuerySelector("#mion-receipt [data-text=PaidOn]")?.TextContent,
            Is.EqualTo(TimeZoneInfo.ConvertTimeFromUtc(paidOn, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).ToString("g", CultureInfo.GetCultureInfo(language))));
    }

    [Test]
    public async Task What_cannot_be_charged_is_said_and_what_was_typed_stays()
    {
        var assistant = await AssistantAsync();

        using var response = await assistant.SubmitAsync(await assistant.OpenAsync(Start), "form[action$=ChargeAmount]", ("Amount", "1.234"), ("Note", "Tea"));

        var page = await ShopBrowser.ReadAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("#mion-till-problem")?.TextContent, Does.Contain("at least 0.01 and at most 99,999.99 euro"));
            Assert.That(page.QuerySelector("#mion-note")?.GetAttribute("value"), Is.EqualTo("Tea"));
            Assert.That(page.QuerySelector("#mion-amount")?.GetAttribute("value"), Is.EqualTo("1.234"));
            Assert.That(page.QuerySelectorAll("#mion-amount[pattern], #mion-amount[required]"), Is.Empty, "the browser would say it in its own words, and in its own language");
            Assert.That(Mion.Sessions, Is.Empty);
        }
    }

    [TestCase("en-US", "1,234.50", "0.00")]
    [TestCase("de-DE", "1.234,50", "0,00")]
    [TestCase("fi-FI", "1 234,50", "0,00")]
    public async Task An_amount_is_typed_as_the_assistants_language_writes_it(string culture, string typed, string example)
    {
        await SpeakAsync(culture);
        var assistant = await AssistantAsync();
        var start = await assistant.OpenAsync(Start);

        using var charged = await assistant.SubmitAsync(start, "form[action$=ChargeAmount]", ("Amount", typed));

        Assert.That(start.QuerySelector("#mion-amount")?.GetAttribute("placeholder"), Is.EqualTo(example));
        Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(123450));
    }

    [Test]
    public async Task A_number_that_no_order_has_charges_none_even_where_it_is_an_orders_id()
    {
        var orderId = await PlaceOrderAsync();
        await ChangeOrderAsync(orderId, order => order.CustomOrderNumber = $"2026-{orderId}");
        var assistant = await AssistantAsync();

        using var half = await assistant.SubmitAsync(await assistant.OpenAsync(Start), "form[action$=ChargeOrderNumber]", ("OrderNumber", $"{orderId}"));
        Assert.That((await ShopBrowser.ReadAsync(half)).QuerySelector("#mion-till-problem")?.TextContent, Does.Contain("no order with this number"));

        using var whole = await assistant.SubmitAsync(await assistant.OpenAsync(Start), "form[action$=ChargeOrderNumber]", ("OrderNumber", $" 2026-{orderId} "));
        Assert.That((int)whole.StatusCode, Is.EqualTo(302));
    }

    [Test]
    public async Task The_screen_stays_the_same_for_whoever_comes_by_a_link_on_another_site()
    {
        var assistant = await AssistantAsync();

        using var response = await assistant.GetAsync(Start);

        Assert.That(response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(".Mion.TillScreen=", StringComparison.Ordinal)), Does.Contain("samesite=lax"), "a Strict one is missing then, and is written anew");
    }

    [Test]
    public async Task A_form_of_another_site_charges_nothing()
    {
        var assistant = await AssistantAsync();

        using var response = await assistant.PostAsync(Start + "/ChargeAmount", new FormUrlEncodedContent([KeyValuePair.Create("Amount", "5")]));

        Assert.That((response.StatusCode, Mion.Sessions.Count), Is.EqualTo((HttpStatusCode.BadRequest, 0)));
    }

    [Test]
    public async Task The_customers_screen_follows_the_till_and_knows_nothing_but_amount_code_and_state()
    {
        var customer = NewBrowser();
        var idle = await ReadScreenAsync(customer);
        await ChargeAmountAsync(777, "secret note");
        var guests = await Shop.CountGuestsAsync();
        using var page = await customer.GetAsync($"/mion/till/{Screen}");
        var html = await page.Content.ReadAsStringAsync();

        var waiting = await ReadScreenAsync(customer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)idle["State"], Is.EqualTo("Idle"));
            Assert.That(waiting.Properties().Select(property => property.Name),
                Is.EquivalentTo(new[] { "State", "Amount", "Split", "Euro", "Tips", "Satoshi", "Bitcoin", "MillisecondsLeft", "NextMilliseconds", "ReceiptCode", "QrUrl" }));
            Assert.That(((string?)waiting["State"], (string?)waiting["Amount"]), Is.EqualTo(("Waiting", "€7.77")));
            Assert.That(html, Does.Contain("7.77").And.Not.Contain("secret note"));
            Assert.That(page.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests), "a screen is nobody's");
        }

        using var code = await customer.GetAsync((string)waiting["QrUrl"]!);
        Assert.That(code.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
    }

    [Test]
    public async Task The_screen_goes_back_to_its_welcome_some_time_after_the_end()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        await CancelAsync(charge.Id);
        var first = await ReadScreenAsync(NewBrowser());
        Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(((string?)first["State"], (string?)(await ReadScreenAsync(NewBrowser()))["State"]), Is.EqualTo(("Cancelled", "Idle")));
    }

    [TestCase("x")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF")]
    public async Task An_address_that_cannot_be_a_screens_is_not_found(string token)
    {
        using var response = await NewBrowser().GetAsync($"/mion/till/{token}/status");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<ShopBrowser> AssistantAsync()
    {
        var browser = NewBrowser();
        await browser.EnterTillAsync();
        return browser;
    }

    private static async Task<JObject> ReadScreenAsync(ShopBrowser browser)
    {
        using var response = await browser.GetAsync($"/mion/till/{Screen}/status");
        return JObject.Parse(await response.Content.ReadAsStringAsync());
    }
}
