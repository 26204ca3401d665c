using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;

/// <summary>The payment page keeps itself up to date.</summary>
[TestFixture]
public sealed partial class PaymentPageTests : BrowserFixture
{
    [Test]
    public async Task It_shows_the_stages_of_a_payment_without_being_loaded_again()
    {
        // another browser than the one that ordered, such as a wallet's
        var page = await OpenElsewhereAsync();
        await page.EvaluateAsync("window.notReloaded = true");
        await ExpectAsync(page, "Waiting for your payment");
        await ShowAsync(page, "waiting", picture: "payment.png", part: "main");

        Mion.PayOnChain(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "Your payment is on its way");
        await ShowAsync(page, "seen");

        Mion.Confirm(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "Paid. Thank you!");
        await ShowAsync(page, "paid");
        await Expect(page.Locator(".mion-actions a:visible, .mion-actions button:visible")).ToHaveCountAsync(0);
        Assert.That(await page.EvaluateAsync<bool>("window.notReloaded === true"), Is.True);
        await AssertPaidOnceAsync((await NewestOrderAsync()).Id, Mion.Sessions.Single().PaymentSessionId);
    }

    [Test]
    public async Task A_phone_reads_where_to_pay_from_a_wide_screen_and_shows_no_code_itself()
    {
        Zbar.Require();
        var page = await OpenElsewhereAsync();
        await ExpectAsync(page, "Waiting for your payment");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Continue on your phone" })).ToBeVisibleAsync();
        await Expect(page.Locator("#mion-time-left")).ToHaveTextAsync(TimeLeft());

        Assert.That(await ScanAsync(page, "other-device"), Is.EqualTo(new[] { $"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}" }));

        await page.SetViewportSizeAsync(390, 844);
        await Expect(page.Locator(".mion-code")).ToBeHiddenAsync();
        await ShowAsync(page, "other-device-phone");
    }

    [Test]
    public async Task It_leads_the_one_who_ordered_to_the_completed_checkout()
    {
        var page = await NewPageAsync();
        await BuyAsync(page);
        await page.ClickAsync("#back");
        await ExpectAsync(page, "Waiting for your payment");

        Mion.PayByLightning(Mion.Sessions.Single().PaymentSessionId);

        await ArriveAsync(page, $"{Shop.BaseAddress}checkout/completed/*");
    }

    [Test]
    public async Task Who_ordered_takes_the_order_back_and_orders_something_else()
    {
        var page = await NewPageAsync();
        await BuyAsync(page);
        await page.ClickAsync("#back");
        await ExpectAsync(page, "Waiting for your payment");
        await ShowAsync(page, "changeable");

        await page.GetByRole(AriaRole.Button, new() { Name = "Change my order" }).ClickAsync();

        await Expect(page.Locator(".bar-notification")).ToContainTextAsync("Your order is cancelled, and its items are in your cart again.");
        await ShowAsync(page, "cart");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await BuyAsync(page);
        Mion.PayByLightning(Mion.Sessions[1].PaymentSessionId);
        await page.ClickAsync("#back");
        await ArriveAsync(page, $"{Shop.BaseAddress}checkout/completed/2");
        await AssertPaidOnceAsync(2, Mion.Sessions[1].PaymentSessionId);
    }

    [Test]
    public async Task It_offers_to_pay_again_what_has_expired()
    {
        var page = await OpenElsewhereAsync(phone: true);
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "The time to pay is over");
        await ShowAsync(page, "expired");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pay again" }).ClickAsync();

        await ArriveAsync(page, $"{Mion.BaseAddress}checkout/*");
        Assert.That(page.Url, Does.EndWith(Mion.Sessions[1].PaymentSessionId));
    }

    [Test]
    public async Task Without_scripts_it_loads_itself_again()
    {
        var page = await NewPageAsync(javaScript: false);
        await BuyAsync(page);
        await page.ClickAsync("#back");
        await ExpectAsync(page, "Waiting for your payment");

        Mion.PayByLightning(Mion.Sessions.Single().PaymentSessionId);

        await ArriveAsync(page, $"{Shop.BaseAddress}checkout/completed/*");
    }

    [Test]
    public async Task It_says_when_the_shop_cannot_be_reached_and_recovers()
    {
        var page = await OpenElsewhereAsync();
        await page.Context.SetOfflineAsync(true);
        await Expect(page.Locator("#mion-offline")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.Context.SetOfflineAsync(false);

        await Expect(page.Locator("#mion-offline")).ToBeHiddenAsync(new() { Timeout = 60_000 });
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_German_shopper_who_saw_dollars_reads_both_amounts(bool phone)
    {
        var german = await AddLanguageAsync("de-DE");
        var (_, session) = await BuyInDollarsAsync();
        var page = await NewPageAsync(phone);
        await page.GotoAsync($"{Shop.BaseAddress}changelanguage/{german}");

        await page.GotoAsync($"{Shop.BaseAddress}mion/payment/{session.Token}");

        await ExpectAsync(page, "Wir warten auf Ihre Zahlung");
        await Expect(page.Locator("#mion-amount")).ToHaveTextAsync("12,90 €");
        await Expect(page.Locator("#mion-total")).ToHaveTextAsync("$13.99");
        await ShowAsync(page, phone ? "phone" : "desktop");
        await AssertAccessibleAsync(page);
        Mion.Expire(session.PaymentSessionId);
        await ExpectAsync(page, "Die Zahlungsfrist ist abgelaufen");
        await ShowAsync(page, phone ? "expired-phone" : "expired");
    }

    [Test]
    public async Task An_expired_page_asks_ever_less_often_at_last_no_more_and_at_once_when_the_network_is_back()
    {
        var page = await OpenElsewhereAsync();
        // the pauses that the page makes are kept and not waited for; twelve seconds are the limit of a call
        await page.EvaluateAsync("""
            const wait = window.setTimeout;
            window.pauses = [];
            window.setTimeout = (work, pause) => pause === 12000 ? wait(work, pause) : (window.pauses.push(pause), wait(work, 1));
            """);
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "The time to pay is over");

        for (var times = 10; times < 110; times += 10)
            await Soon.Async($"it has paused {times} times", async () => (await PausesAsync()).Count(IsLonger) >= times);
        await Soon.Async("it has asked for the last time", async () => (await PausesAsync()).Count(IsLonger) == 109);
        var pauses = await PausesAsync();
        Assert.That(pauses, Is.Ordered, "each pause is as long as the one before, or longer");
        Assert.That(pauses[^1], Is.EqualTo(60_000));

        await page.EvaluateAsync("window.dispatchEvent(new Event('online'))");
        await Soon.Async("it has asked, and goes on", async () => (await PausesAsync()).Length > pauses.Length);

        Task<double[]> PausesAsync() => page.EvaluateAsync<double[]>("window.pauses");

        static bool IsLonger(double pause) => pause > 3000;
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Everybody_can_read_it(bool phone)
    {
        var page = await OpenElsewhereAsync(phone);
        await AssertAccessibleAsync(page);
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "The time to pay is over");
        await AssertAccessibleAsync(page);
        Mion.PayLate(Mion.Sessions.Single().PaymentSessionId);
        await ExpectAsync(page, "Paid. Thank you!");
        await AssertAccessibleAsync(page);
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> BuyInDollarsAsync()
    {
        var browser = NewBrowser();
        await browser.ReckonAsync(2);
        return await BuyWithSessionAsync(browser);
    }

    private async Task<IPage> OpenElsewhereAsync(bool phone = false)
    {
        var (_, session) = await BuyWithSessionAsync();
        var page = await NewPageAsync(phone);
        await page.GotoAsync($"{Shop.BaseAddress}mion/payment/{session.Token}");
        return page;
    }

    private static Task ExpectAsync(IPage page, string heading) =>
        Expect(page.Locator(".mion-state:visible h2")).ToContainTextAsync(heading, new() { Timeout = 60_000 });

    [GeneratedRegex(@"^\s*(?:23 h 5\d|24 h 0) min\s*$")]
    private static partial Regex TimeLeft();
}
