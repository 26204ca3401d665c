using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;

/// <summary>The store's layout brings in the script of an analytics service: it never hears an address that is a key.</summary>
[TestFixture]
public sealed class PaymentAddressTests : BrowserFixture
{
    private readonly AnalyticsCollector _analytics = AnalyticsCollector.Start();

    private protected override Uri ForeignScript => _analytics.ScriptUrl;

    [TearDown]
    public async Task StopAnalytics() => await _analytics.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task After_the_first_visit_neither_the_address_bar_nor_the_stores_scripts_have_the_token(bool phone)
    {
        var page = await NewPageAsync(phone);
        await BuyAsync(page);
        var session = await NewestSessionAsync((await NewestOrderAsync()).Id);

        await page.ClickAsync("#back");

        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/{session.Id}");
        await ExpectAsync(page, "Waiting for your payment");
        await ShowAsync(page, phone ? "store-phone" : "store");
        Mion.PayOnChain(session.PaymentSessionId);
        await ExpectAsync(page, "Your payment is on its way");
        await page.ClickAsync(".brand");
        await ArriveAsync(page, Shop.BaseAddress.ToString());
        await HeardAsync($"mion/payment/{session.Id}");
        Assert.That(_analytics.Heard, Does.Not.Contain(session.Token));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.PageUrl + line.ReferrerUrl), Has.None.Contains(session.Token).And.Some.Contains("widgets.foreign.title"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Without_cookies_it_works_in_a_layout_of_its_own_until_it_is_paid(bool phone)
    {
        var (purchase, first) = await BuyWithSessionAsync();
        var page = await NewPageAsync(phone, keepsCookies: false);
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        await page.GotoAsync($"{Shop.BaseAddress}mion/payment/{first.Token}");
        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/{first.Id}/{first.Token}");
        await ExpectAsync(page, "Waiting for your payment");
        await ShowAsync(page, phone ? "plain-phone" : "plain");
        await AssertAccessibleAsync(page);

        Mion.Expire(first.PaymentSessionId);
        await ExpectAsync(page, "The time to pay is over");
        await ShowAsync(page, phone ? "plain-expired-phone" : "plain-expired");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pay again" }).ClickAsync();
        await ArriveAsync(page, $"{Mion.BaseAddress}checkout/{Mion.Sessions[^1].PaymentSessionId}");
        await page.ClickAsync("#back");
        var second = await NewestSessionAsync(purchase.OrderId);
        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/{second.Id}/{second.Token}");
        await ExpectAsync(page, "Waiting for your payment");
        Mion.PayByLightning(second.PaymentSessionId);
        await ExpectAsync(page, "Paid. Thank you!");
        await ShowAsync(page, phone ? "plain-paid-phone" : "plain-paid");

        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
        Assert.That(complaints, Is.Empty, "nothing of its own is kept out");
        await page.Locator("body > p a").ClickAsync();
        await ArriveAsync(page, Shop.BaseAddress.ToString());
        await HeardAsync(Shop.BaseAddress.ToString());
        Assert.That(_analytics.Heard, Does.Not.Contain(first.Token).And.Not.Contain(second.Token));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.PageUrl + line.ReferrerUrl), Has.None.Contains(first.Token).And.None.Contains(second.Token));
    }

    [Test]
    public async Task A_form_of_another_site_brings_the_shopper_to_the_page_in_the_stores_layout()
    {
        var (_, session) = await BuyWithSessionAsync();
        var page = await NewPageAsync();

        // a blank page is of no site, so of another one
        await page.EvaluateAsync("""
            address => {
              const form = document.body.appendChild(document.createElement('form'));
              form.method = 'post';
              form.action = address;
              form.submit();
            }
            """, $"{Shop.BaseAddress}mion/return/{session.Token}");

        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/{session.Id}");
        await Expect(page.Locator(".brand")).ToBeVisibleAsync();
        await ExpectAsync(page, "Waiting for your payment");
    }

    [Test]
    public async Task Another_browser_is_told_what_to_do()
    {
        var (_, session) = await BuyWithSessionAsync();
        var page = await NewPageAsync(phone: true);

        await page.GotoAsync($"{Shop.BaseAddress}mion/payment/{session.Id}");

        await Expect(page.Locator("h1")).ToHaveTextAsync("This browser cannot show the payment");
        await ShowAsync(page, "elsewhere-phone");
        await AssertAccessibleAsync(page);
    }

    private Task HeardAsync(string text) => Soon.Async($"the analytics service hears of {text}", () => _analytics.Heard.Contains(text, StringComparison.Ordinal));

    private static Task ExpectAsync(IPage page, string heading) =>
        Expect(page.Locator(".mion-state:visible h2")).ToContainTextAsync(heading, new() { Timeout = 60_000 });
}
