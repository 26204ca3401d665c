using System.Globalization;
using System.Net;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>The payment page's secret leaves the address after the first visit; the address that stays opens nothing by itself.</summary>
[TestFixture]
public sealed class PaymentAddressTests : ShopFixture
{
    [Test]
    public async Task The_first_visit_leaves_a_cookie_for_this_payment_alone_and_leads_to_an_address_without_the_token()
    {
        var (_, session) = await BuyWithSessionAsync();
        var browser = NewBrowser();

        using var first = await browser.GetAsync($"/mion/payment/{session.Token}");
        using var second = await browser.GetAsync(Location(first));
        using var third = await browser.GetAsync(Location(second));

        Assert.That(first.Headers.GetValues("Set-Cookie"), Is.EqualTo(new[]
        {
            $".Nop.MionPayment={session.Token}; max-age=604800; path=/mion/payment/{session.Id}; samesite=lax; httponly"
        }));
        Assert.That(new[] { Location(first), Location(second) }, Is.EqualTo(new[] { $"/mion/payment/{session.Id}/{session.Token}", $"/mion/payment/{session.Id}" }));
        foreach (var redirect in new[] { first, second })
        {
            Assert.That(redirect.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
            Assert.That(redirect.Headers.CacheControl?.NoStore, Is.True);
        }

        var html = await third.Content.ReadAsStringAsync();
        Assert.That(html, Does.Contain("data-state=\"Waiting\"").And.Contain("A demo shop:").And.Not.Contain(session.Token));
    }

    [Test]
    public async Task A_form_that_another_filter_refuses_is_logged_without_the_token()
    {
        var (_, session) = await BuyWithSessionAsync();

        using var refused = await NewBrowser().PostAsync($"/mion/payment/{session.Token}/change");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.PageUrl), Has.None.Contains(session.Token).And.Some.StartsWith("Error 400"));
    }

    [Test]
    public async Task A_change_of_language_on_the_page_leads_back_to_it()
    {
        var (_, session) = await BuyWithSessionAsync();

        using var answer = await NewBrowser().GetAsync($"/de/mion/payment/{session.Id}");

        Assert.That(Location(answer), Is.EqualTo($"/mion/payment/{session.Id}"));
    }

    [TestCase("GET", "/mion/payment/{0}/x")]
    [TestCase("GET", "/mion/return/{0}/x/y")]
    [TestCase("GET", "/de/mion/return/{0}")]
    [TestCase("POST", "/mion/webhook/{0}/x")]
    [TestCase("PUT", "/mion/payment/{0}")]
    [TestCase("DELETE", "/mion/return/{0}")]
    [TestCase("HEAD", "/mion/till/{0}")]
    [TestCase("POST", "/mion/till/{0}")]
    [TestCase("GET", "/mion/receipt/{0}/x")]
    [TestCase("GET", "/de/mion/receipt/{0}")]
    [TestCase("POST", "/mion/receipt/{0}")]
    public async Task What_is_called_otherwise_is_answered_by_us_and_not_by_the_store(string method, string address)
    {
        var (_, session) = await BuyWithSessionAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), string.Format(CultureInfo.InvariantCulture, address, session.Token));

        using var answer = await NewBrowser().SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(answer.Headers.TryGetValues("Referrer-Policy", out var policy) ? policy : [], Is.EqualTo(new[] { "no-referrer" }));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.PageUrl), Has.None.Contains(session.Token));
    }

    [Test]
    public async Task Where_the_store_has_https_the_cookie_goes_nowhere_else()
    {
        var (_, session) = await BuyWithSessionAsync();
        await InScopeAsync<IRepository<Store>, bool>(async stores =>
        {
            var store = await stores.GetByIdAsync(1);
            store.SslEnabled = true;
            await stores.UpdateAsync(store);
            return true;
        });

        using var first = await NewBrowser().GetAsync($"/mion/payment/{session.Token}");

        Assert.That(first.Headers.GetValues("Set-Cookie").Single(), Does.Contain("; secure;"));
    }

    [Test]
    public async Task The_address_alone_shows_nothing_and_does_not_even_say_whether_there_is_such_a_payment()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        var (_, other) = await BuyWithSessionAsync();
        var browser = NewBrowser();
        (await browser.OpenAsync($"/mion/payment/{other.Token}")).Dispose();

        using var known = await browser.GetAsync($"/mion/payment/{session.Id}");
        using var unknown = await browser.GetAsync("/mion/payment/4711");
        using var status = await browser.GetAsync($"/mion/payment/{session.Id}/status");
        using var retried = await browser.PostAsync($"/mion/payment/{session.Id}/retry");

        var text = await known.Content.ReadAsStringAsync();
        Assert.That((known.StatusCode, text), Is.EqualTo((HttpStatusCode.NotFound, await unknown.Content.ReadAsStringAsync())));
        Assert.That(text, Does.Contain("This browser cannot show the payment"));
        Assert.That((status.StatusCode, await status.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.NotFound, "{\"state\":\"Unknown\"}")));
        Assert.That(Location(retried), Is.EqualTo($"/mion/payment/{session.Id}"));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(2));
    }

    [Test]
    public async Task The_token_of_one_payment_in_the_cookie_opens_no_other()
    {
        var (_, session) = await BuyWithSessionAsync();
        var (_, other) = await BuyWithSessionAsync();

        foreach (var (cookie, status) in new[] { (session.Token, HttpStatusCode.OK), (other.Token, HttpStatusCode.NotFound), ("x", HttpStatusCode.NotFound) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/mion/payment/{session.Id}/status");
            request.Headers.Add("Cookie", $".Nop.MionPayment={cookie}");
            using var answer = await NewBrowser(keepsCookies: false).SendAsync(request);
            Assert.That(answer.StatusCode, Is.EqualTo(status), cookie);
        }
    }

    [Test]
    public async Task Whose_order_it_is_sees_it_without_having_had_the_token()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        var page = await purchase.Browser.OpenAsync($"/mion/payment/{session.Id}");
        using var status = await purchase.Browser.GetAsync($"/mion/payment/{session.Id}/status");

        Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo("Waiting"));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Two_orders_in_one_browser_each_have_their_page()
    {
        var first = (await BuyWithSessionAsync()).Session;
        var second = (await BuyWithSessionAsync()).Session;
        var browser = NewBrowser();
        foreach (var session in new[] { first, second })
            (await browser.OpenAsync($"/mion/payment/{session.Token}")).Dispose();

        foreach (var session in new[] { first, second, first })
        {
            var page = await browser.OpenAsync($"/mion/payment/{session.Id}");
            Assert.That(page.QuerySelector(".mion-facts")?.TextContent, Does.Contain($"Order{session.OrderId}"));
        }
    }

    [Test]
    public async Task Pay_again_goes_by_the_public_address_and_back_where_it_cannot_begin()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        var browser = NewBrowser();
        var page = await browser.OpenAsync($"/mion/payment/{session.Token}");
        Mion.RotateKey("another-key");
        using var failed = await browser.SubmitAsync(page, "form[data-for=Expired]");
        var after = await browser.OpenAsync(Location(failed));
        Assert.That(after.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo("NotStarted"));

        Mion.RotateKey("demo-key");
        Time.Advance(TimeSpan.FromMinutes(10));
        using var retried = await browser.SubmitAsync(after, "form[data-for=NotStarted]");

        Assert.That(Location(retried), Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions[^1].PaymentSessionId}"));
    }

    [Test]
    public async Task Without_cookies_it_is_shown_in_a_layout_of_its_own_at_once_and_ever_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var guests = await Shop.CountGuestsAsync();
        var browser = NewBrowser(keepsCookies: false);
        using var first = await browser.GetAsync($"/mion/payment/{session.Token}");

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var plain = await browser.GetAsync(Location(first));

            Assert.That(plain.StatusCode, Is.EqualTo(HttpStatusCode.OK), "no loop");
            Assert.That(plain.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'self'"));
            Assert.That(plain.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
            Assert.That(plain.Headers.Contains("Set-Cookie"), Is.False);
            var page = await ShopBrowser.ReadAsync(plain);
            Assert.That(page.QuerySelector("header, .brand"), Is.Null, "nothing of the store's layout");
            Assert.That(page.QuerySelectorAll("script").Select(script => script.GetAttribute("src")), Is.EqualTo(new[] { $"/Plugins/Payments.Mion/Content/Checkout/payment.js?v={MionDefaults.Version}" }));
            Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-status-url"), Is.EqualTo($"/mion/payment/{session.Token}/status"));
            Assert.That(page.QuerySelector("form")?.GetAttribute("action"), Is.EqualTo($"/mion/payment/{session.Token}/retry"));
            Assert.That(page.QuerySelector("#mion-continue")?.GetAttribute("href"), Is.EqualTo(purchase.Redirect));
        }

        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests), "however often it loads itself again");
    }

    [Test]
    public async Task The_page_without_cookies_is_in_the_language_of_the_order()
    {
        var german = NewBrowser();
        await german.SpeakAsync(await AddLanguageAsync("de-DE"));
        var session = await NewestSessionAsync((await BuyAsync(german)).OrderId);

        var page = await NewBrowser(keepsCookies: false).OpenAsync($"/mion/payment/{session.Token}");

        Assert.That((page.DocumentElement.GetAttribute("lang"), page.QuerySelector(".mion-state:not([hidden]) h2")?.TextContent, page.QuerySelector("#mion-amount")?.TextContent),
            Is.EqualTo(("de-DE", "Wir warten auf Ihre Zahlung", "12,90 €")));
    }

    [Test]
    public async Task What_a_link_says_besides_the_token_stays_in_the_address()
    {
        var (_, session) = await BuyWithSessionAsync();
        var browser = NewBrowser();

        using var first = await browser.GetAsync($"/mion/payment/{session.Token}?lang=de&theme=a%20b");
        using var second = await browser.GetAsync(Location(first));

        Assert.That(Location(second), Is.EqualTo($"/mion/payment/{session.Id}?lang=de&theme=a%20b"));
    }

    [TestCase("GET")]
    [TestCase("HEAD")]
    [TestCase("POST")]
    public async Task Back_from_Mion_in_another_browser_of_a_store_that_has_closed_it_arrives_paid(string method)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Shop.SetSettingAsync("storeinformationsettings.storeclosed", "True");
        Mion.PayByLightning(session.PaymentSessionId);
        var phone = NewBrowser();

        using var request = new HttpRequestMessage(new HttpMethod(method), $"/mion/return/{session.Token}");
        using var back = await phone.SendAsync(request);
        var page = await phone.OpenAsync(Location(back));

        Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo("Paid"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        using var head = await phone.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/mion/payment/{session.Id}"));
        using var form = await phone.PostAsync($"/mion/payment/{session.Id}");
        Assert.That(((int)head.StatusCode, (int)form.StatusCode, Location(form)), Is.EqualTo((200, 303, $"/mion/payment/{session.Id}")));
    }

    private static string Location(HttpResponseMessage response) => response.Headers.Location!.ToString();
}
