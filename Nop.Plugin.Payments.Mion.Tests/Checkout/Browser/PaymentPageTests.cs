using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;

/// <summary>The payment page keeps itself up to date.</summary>
[TestFixture]
public sealed class PaymentPageTests : BrowserFixture
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

    private async Task<IPage> OpenElsewhereAsync(bool phone = false)
    {
        var (_, session) = await BuyWithSessionAsync();
        var page = await NewPageAsync(phone);
        await page.GotoAsync($"{Shop.BaseAddress}mion/payment/{session.Token}");
        return page;
    }

    private static Task ExpectAsync(IPage page, string heading) =>
        Expect(page.Locator(".mion-state:visible h2")).ToContainTextAsync(heading, new() { Timeout = 60_000 });
}
