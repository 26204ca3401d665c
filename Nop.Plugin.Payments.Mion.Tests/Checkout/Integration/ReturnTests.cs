using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>The way back from Mion: by the token alone, in any browser, and by Mion's word only.</summary>
[TestFixture]
public sealed class ReturnTests : ShopFixture
{
    [Test]
    public async Task Unpaid_leads_to_the_payment_page()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await ReturnAsync(purchase.Browser, session.Token), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(Shop.PaidOrders, Is.Empty);
    }

    [Test]
    public async Task Paid_leads_the_orders_own_customer_to_the_completed_checkout()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        Assert.That(await ReturnAsync(purchase.Browser, session.Token), Is.EqualTo($"/checkout/completed/{purchase.OrderId}"));
    }

    [Test]
    public async Task Paid_leads_a_browser_without_cookies_to_the_payment_page_and_makes_no_guest_of_it()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var guests = await Shop.CountGuestsAsync();
        var browser = NewBrowser();

        Assert.That(await ReturnAsync(browser, session.Token), Is.EqualTo($"/mion/payment/{session.Token}"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
    }

    [Test]
    public async Task Paid_leads_another_customer_to_the_payment_page()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var other = NewBrowser();
        await other.AddToCartAsync();

        Assert.That(await ReturnAsync(other, session.Token), Is.EqualTo($"/mion/payment/{session.Token}"));
    }

    [Test]
    public async Task The_way_back_of_an_old_attempt_sees_the_payment_of_the_new_one()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);
        Mion.PayByLightning(second.PaymentSessionId);

        Assert.That(await ReturnAsync(purchase.Browser, first.Token), Is.EqualTo($"/checkout/completed/{purchase.OrderId}"));
        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
    }

    [Test]
    public async Task While_Mion_fails_the_shopper_arrives_all_the_same()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Mion.DisposeAsync();

        Assert.That(await ReturnAsync(purchase.Browser, session.Token), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
    }

    [Test]
    public async Task An_unknown_token_leads_to_a_page_that_says_so()
    {
        var token = new string('0', 32);

        Assert.That(await ReturnAsync(NewBrowser(), token), Is.EqualTo($"/mion/payment/{token}"));
    }

    [TestCase("/mion/return")]
    [TestCase("/mion/payment")]
    public async Task Without_a_token_there_is_a_page_of_the_plugin(string address)
    {
        using var response = await NewBrowser().GetAsync(address);

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("We do not know this payment"));
    }

    [TestCase("not-a-token")]
    [TestCase("%20")]
    [TestCase("..%2f..%2fAdmin")]
    public async Task What_is_no_token_at_all_is_told_so_at_once(string token)
    {
        using var returned = await NewBrowser().GetAsync($"/mion/return/{token}");
        using var retried = await NewBrowser().PostAsync($"/mion/payment/{token}/retry");

        Assert.That(new[] { (int)returned.StatusCode, (int)retried.StatusCode }, Is.All.EqualTo(404));
        Assert.That(await returned.Content.ReadAsStringAsync(), Does.Contain("We do not know this payment").And.Not.Contain("Exception"));
    }

    [Test]
    public async Task A_token_in_capitals_is_another_token()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        using var returned = await NewBrowser().GetAsync($"/mion/return/{session.Token.ToUpperInvariant()}");

        Assert.That((int)returned.StatusCode, Is.EqualTo(404));
        Assert.That(Shop.PaidOrders, Is.Empty);
    }

    [TestCase("return")]
    [TestCase("payment")]
    public async Task A_shopper_who_is_sent_back_by_a_form_is_led_to_the_same_address(string path)
    {
        var (_, session) = await BuyWithSessionAsync();

        using var response = await NewBrowser().PostAsync($"/mion/{path}/{session.Token}", new FormUrlEncodedContent([KeyValuePair.Create("status", "paid")]));
        using var nowhere = await NewBrowser().PostAsync($"/mion/{path}/not-a-token");

        Assert.That(((int)response.StatusCode, response.Headers.Location?.ToString()), Is.EqualTo((303, $"/mion/{path}/{session.Token}")));
        Assert.That((int)nowhere.StatusCode, Is.EqualTo(404));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False, "nobody becomes a guest by it");
    }

    [TestCase("return", 302)]
    [TestCase("payment", 302)]
    public async Task Whoever_asks_for_the_head_of_an_answer_gets_it(string path, int status)
    {
        var (_, session) = await BuyWithSessionAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, $"/mion/{path}/{session.Token}");
        using var response = await NewBrowser().SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task A_store_that_has_closed_meanwhile_still_thanks_who_has_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Shop.SetSettingAsync("storeinformationsettings.storeclosed", "True");
        using (var home = await purchase.Browser.GetAsync("/"))
            Assert.That(home.Headers.Location?.ToString(), Is.EqualTo("/storeclosed"), "it is closed");
        var waiting = await purchase.Browser.OpenAsync($"/mion/payment/{session.Token}");
        Assert.That(waiting.QuerySelector(".mion-actions a[href*=orderdetails]"), Is.Null, "that page is closed too");
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(3));

        Assert.That(await ReturnAsync(purchase.Browser, session.Token), Is.EqualTo($"/mion/payment/{session.Token}"));
        using var status = await purchase.Browser.GetAsync($"/mion/payment/{session.Token}/status");
        var page = await purchase.Browser.OpenAsync($"/mion/payment/{session.Token}");

        Assert.That(await status.Content.ReadAsStringAsync(), Does.Contain("\"state\":\"Paid\"").And.Contain("\"completedUrl\":\"\""));
        Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo("Paid"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    private static async Task<string> ReturnAsync(ShopBrowser browser, string token)
    {
        using var response = await browser.GetAsync($"/mion/return/{token}");
        Assert.That((int)response.StatusCode, Is.EqualTo(302));
        return response.Headers.Location!.ToString();
    }
}
