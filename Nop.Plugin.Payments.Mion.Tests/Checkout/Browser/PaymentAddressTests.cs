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

    private Task HeardAsync(string text) => Soon.Async($"the analytics service hears of {text}", () => _analytics.Heard.Contains(text, StringComparison.Ordinal));

    private static Task ExpectAsync(IPage page, string heading) =>
        Expect(page.Locator(".mion-state:visible h2")).ToContainTextAsync(heading, new() { Timeout = 60_000 });
}
