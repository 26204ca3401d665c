using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>The shopper's page about a payment, in every state, as it is sent without any script having run.</summary>
[TestFixture]
public sealed class PaymentPageTests : ShopFixture
{
    [Test]
    public async Task It_goes_through_the_states_of_a_payment_that_is_made()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var waiting = await OpenAsync(NewBrowser(), session.Token);
        AssertShows(waiting, PaymentPageState.Waiting, "Continue to Mion");
        Assert.That(waiting.QuerySelector("#mion-amount")?.TextContent, Is.EqualTo("€12.90"));
        Assert.That(waiting.QuerySelector(".mion-facts")?.TextContent, Does.Contain($"Order{purchase.OrderId}"));
        Assert.That(waiting.QuerySelector("#mion-continue")?.GetAttribute("href"), Is.EqualTo(purchase.Redirect));
        Assert.That(waiting.QuerySelector("noscript meta[http-equiv=refresh], noscript")?.InnerHtml, Does.Contain("refresh"), "it keeps itself up to date without scripts");

        Mion.PayOnChain(session.PaymentSessionId);
        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.Seen, "Continue to Mion");

        Mion.Confirm(session.PaymentSessionId);
        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.Paid);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task It_goes_through_the_states_of_a_payment_that_comes_too_late()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        var expired = await OpenAsync(NewBrowser(), session.Token);
        AssertShows(expired, PaymentPageState.Expired, "Pay again");
        Assert.That(expired.QuerySelector("form[data-for=Expired]")?.GetAttribute("action"), Is.EqualTo($"/mion/payment/{session.Id}/retry"));

        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.Closed);

        Mion.PayLate(session.PaymentSessionId);
        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.NeedsHelp);
    }

    [Test]
    public async Task It_offers_to_try_again_what_could_not_be_started()
    {
        Mion.RotateKey("another-key");
        var purchase = await BuyAsync();

        var page = await purchase.Browser.OpenAsync(purchase.Redirect);

        AssertShows(page, PaymentPageState.NotStarted, "Try again", "Order details", "Change my order");
        Assert.That(page.Body!.TextContent, Does.Not.Contain("key").And.Not.Contain("HTTP"), "a shopper can do nothing about it");
    }

    [Test]
    public async Task Only_the_orders_own_customer_is_led_to_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        AssertShows(await OpenAsync(purchase.Browser, session.Token), PaymentPageState.Waiting, "Continue to Mion", "Order details", "Change my order");
        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.Waiting, "Continue to Mion");
    }

    [Test]
    public async Task An_unknown_token_is_told_so_in_plain_words()
    {
        using var response = await NewBrowser().GetAsync($"/mion/payment/{new string('0', 32)}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var page = await ShopBrowser.ReadAsync(response);
        Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo("Unknown"));
        Assert.That(page.QuerySelector("h1")?.TextContent, Is.EqualTo("We do not know this payment"));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False, "nobody becomes a guest by trying addresses");
    }

    [Test]
    public async Task While_Mion_fails_it_shows_what_is_known()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Html });

        AssertShows(await OpenAsync(NewBrowser(), session.Token), PaymentPageState.Waiting, "Continue to Mion");
        Assert.That((await NewestSessionAsync(session.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
    }

    [Test]
    public async Task Its_address_travels_nowhere()
    {
        var (_, session) = await BuyWithSessionAsync();

        using var response = await NewBrowser().GetAsync($"/mion/payment/{session.Token}");

        Assert.That(response.Headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "no-referrer" }));
        Assert.That(response.Headers.GetValues("X-Robots-Tag"), Is.EqualTo(new[] { "noindex" }));
        Assert.That((response.Headers.CacheControl?.NoStore, response.Headers.CacheControl?.NoCache), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task The_checkout_says_what_will_happen()
    {
        await Shop.SetSettingAsync("mionsettings.descriptiontext", "");
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        (await browser.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName))).Dispose();
        var standard = await browser.OpenAsync("/checkout/paymentinfo");
        Assert.That(standard.QuerySelector(".mion-info")?.TextContent, Does.Contain("any Lightning or Bitcoin wallet").And.Contain("secure checkout"));

        await Shop.SetSettingAsync("mionsettings.descriptiontext", "<b>Ours</b>");
        var own = await browser.OpenAsync("/checkout/paymentinfo");
        Assert.That(own.QuerySelector(".mion-info p")?.TextContent, Is.EqualTo("<b>Ours</b>"), "a merchant's text is text");
    }

    [Test]
    public async Task Its_styles_and_script_are_linked_by_what_is_in_them_so_that_an_update_reaches_every_browser()
    {
        var (_, session) = await BuyWithSessionAsync();

        var page = await OpenAsync(NewBrowser(), session.Token);

        var links = page.QuerySelectorAll("link[href*='/Plugins/'], script[src*='/Plugins/']").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")).ToList();
        Assert.That(links, Has.Count.EqualTo(2));
        Assert.That(links, Is.All.Matches<string>(link => Regex.IsMatch(link, @"^/Plugins/Payments\.Mion/Content/Checkout/payment\.(css|js)\?v=[0-9a-f]{8}$")));
    }

    [Test]
    public async Task Where_the_store_lets_nobody_pay_again_it_does_not_offer_to()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await Shop.SetSettingAsync("paymentsettings.allowrepostingpayments", "False");

        var page = await OpenAsync(NewBrowser(), session.Token);
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");

        AssertShows(page, PaymentPageState.Expired);
        Assert.That(page.QuerySelector("[data-for=Expired] p")?.TextContent, Does.Contain("contact us").And.Not.Contain("again"));
        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_it_says_of_an_expired_payment_and_its_button_say_the_same()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        var page = await OpenAsync(NewBrowser(), session.Token);
        AssertShows(page, PaymentPageState.Expired, "Pay again");
        Assert.That(page.QuerySelector("[data-for=Expired] p")?.TextContent, Does.Not.Contain("do not pay"));

        // paid after all, between the page and the button: nobody is led to pay twice
        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(3));
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Who_saw_another_currency_than_the_euro_at_checkout_sees_both_amounts()
    {
        var browser = NewBrowser();
        await browser.ReckonAsync(2);
        var (_, session) = await BuyWithSessionAsync(browser);

        var page = await OpenAsync(browser, session.Token);

        Assert.That((page.QuerySelector("#mion-total")?.TextContent, page.QuerySelector("#mion-amount")?.TextContent), Is.EqualTo(("$13.99", "€12.90")));
    }

    private async Task<IHtmlDocument> OpenAsync(ShopBrowser browser, string token)
    {
        Time.Advance(TimeSpan.FromSeconds(3));
        return await browser.OpenAsync($"/mion/payment/{token}");
    }

    /// <summary>That exactly one state is shown, and exactly these buttons.</summary>
    private static void AssertShows(IDocument page, PaymentPageState state, params string[] buttons)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelector("#mion-payment")?.GetAttribute("data-state"), Is.EqualTo(state.ToString()));
            Assert.That(page.QuerySelectorAll(".mion-state:not([hidden])").Select(section => section.GetAttribute("data-for")), Is.EqualTo(new[] { state.ToString() }));
            Assert.That(page.QuerySelectorAll(".mion-actions > :not([hidden])").Select(button => button.TextContent.Trim()), Is.EqualTo(buttons));
        }
    }
}
