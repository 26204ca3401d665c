using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Browser;

/// <summary>Staff offers Bitcoin for an order and copies or mails its link; the customer opens it elsewhere, and pays.</summary>
[TestFixture]
public sealed class PayLinkPagesTests : BrowserFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task An_offered_order_is_paid_through_the_link_that_staff_copied(bool phone)
    {
        var orderId = await PlaceAsync("Payments.CheckMoneyOrder");
        var desk = await OpenAdminAsync($"/Admin/Order/Edit/{orderId}", phone);
        await desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await desk.EvaluateAsync("window.notReloaded = true");
        await AssertAccessibleAsync(desk);
        await ShowAsync(desk, phone ? "offer.phone" : "offer");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Offer Bitcoin" }).ClickAsync();
        await Expect(desk.Locator("#mion-panel-message")).ToContainTextAsync("Bitcoin is offered for this order.");
        await Expect(desk.Locator("#mion-panel-message")).ToBeFocusedAsync();
        await AssertAccessibleAsync(desk);
        await ShowAsync(desk, phone ? "offered.phone" : "offered", picture: phone ? null : "pay-link.png", part: "#mion-pay-link");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Copy pay link" }).ClickAsync();
        await Expect(desk.GetByText("Copied")).ToBeVisibleAsync();
        var link = await desk.EvaluateAsync<string>("navigator.clipboard.readText()");
        await desk.GetByRole(AriaRole.Button, new() { Name = "E-mail pay link" }).ClickAsync();
        await Expect(desk.Locator("#mion-panel-message")).ToContainTextAsync("on its way to the customer");
        Assert.That(await desk.EvaluateAsync<bool>("window.notReloaded === true"), Is.True, "the order's form is never submitted");

        var customer = await NewPageAsync(phone);
        await customer.GotoAsync(link);
        await ArriveAsync(customer, $"{Shop.BaseAddress}mion/payment/{(await NewestSessionAsync(orderId)).Id}");
        await ExpectAsync(customer, "Your order waits for its payment");
        await AssertAccessibleAsync(customer);
        await ShowAsync(customer, phone ? "ready.phone" : "ready", picture: phone ? "pay-link-phone.png" : null, part: "main");
        Assert.That(Mion.Sessions, Is.Empty);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Pay with Bitcoin" }).ClickAsync();
        var paymentSessionId = await OpenedAsync();
        await ArriveAsync(customer, $"{Mion.BaseAddress}checkout/{paymentSessionId}");
        Mion.PayByLightning(paymentSessionId);
        await customer.GotoAsync(link);
        await ExpectAsync(customer, "Paid. Thank you!");
        await AssertPaidOnceAsync(orderId, paymentSessionId);
    }

    [Test]
    public async Task A_link_that_is_not_there_yet_is_made_and_copied_by_one_press()
    {
        var orderId = await PlaceAsync();
        var desk = await OpenAdminAsync($"/Admin/Order/Edit/{orderId}");
        await desk.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await AssertAccessibleAsync(desk);

        await desk.GetByRole(AriaRole.Button, new() { Name = "Copy pay link" }).ClickAsync();

        await Expect(desk.GetByText("Copied")).ToBeVisibleAsync();
        await Expect(desk.Locator("#mion-copy-link")).ToBeFocusedAsync();
        Assert.That(await desk.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo($"{Shop.BaseAddress}mion/payment/{(await NewestSessionAsync(orderId)).Token}"));
        await AssertAccessibleAsync(desk);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_link_works_in_a_browser_that_keeps_no_cookies(bool phone)
    {
        var orderId = await PlaceAsync();
        var desk = await OpenAdminAsync($"/Admin/Order/Edit/{orderId}");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Copy pay link" }).ClickAsync();
        var link = await desk.Locator("#mion-pay-link .mion-id").TextContentAsync();

        var customer = await NewPageAsync(phone, keepsCookies: false);
        await customer.GotoAsync(link!);
        await ExpectAsync(customer, "Your order waits for its payment");
        await AssertAccessibleAsync(customer);
        await ShowAsync(customer, phone ? "plain.phone" : "plain");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Pay with Bitcoin" }).ClickAsync();

        await ArriveAsync(customer, $"{Mion.BaseAddress}checkout/{await OpenedAsync()}");
    }

    private async Task<string> OpenedAsync()
    {
        await Soon.Async("a session is opened at Mion", () => Mion.Sessions.Count == 1);
        return Mion.Sessions[0].PaymentSessionId;
    }

    private static Task ExpectAsync(IPage page, string heading) =>
        Expect(page.Locator(".mion-state:visible h2")).ToContainTextAsync(heading, new() { Timeout = 60_000 });
}
