using Microsoft.Playwright;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;

/// <summary>A shopper's way to a paid order, by multi-step and by one-page checkout.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class ShopperTests(bool onePage) : BrowserFixture
{
    protected override bool OnePageCheckout => onePage;

    [Test]
    public async Task The_shopper_pays_at_Mion_and_comes_back_to_a_paid_order()
    {
        var page = await NewPageAsync();
        await BuyAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pay by Lightning" }).ClickAsync();

        // Mion sends the shopper back by itself
        await ArriveAsync(page, $"{Shop.BaseAddress}checkout/completed/*");
        var order = await NewestOrderAsync();
        Assert.That(await page.Locator(".order-number").TextContentAsync(), Is.EqualTo(order.CustomOrderNumber));
        await AssertPaidOnceAsync(order.Id, Mion.Sessions.Single().PaymentSessionId);
        await page.ClickAsync("#order-details");
        Assert.That(await page.Locator(".payment-status").TextContentAsync(), Is.EqualTo("Paid"));
        await ShowAsync(page, "order");
    }

    [Test]
    public async Task The_shopper_comes_back_without_paying_and_continues()
    {
        var page = await NewPageAsync();
        await BuyAsync(page);
        await page.ClickAsync("#back");
        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/*");

        await page.GetByRole(AriaRole.Link, new() { Name = "Continue to Mion" }).ClickAsync();

        await ArriveAsync(page, $"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}");
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    [Test]
    public async Task Mion_fails_and_the_shopper_tries_again()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 500, Operation = MionOperations.CreateSession, Count = 1 });
        var page = await NewPageAsync(phone: true);
        await page.GotoAsync(Shop.BaseAddress.ToString());
        await page.ClickAsync("[data-product='2']");
        await page.ClickAsync("#checkout");
        for (var step = 0; !onePage && step < 2; step++)
            await page.ClickAsync("main button");
        await page.ClickAsync("#confirm");
        await ArriveAsync(page, $"{Shop.BaseAddress}mion/payment/*");
        await ShowAsync(page, "not-started");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await ArriveAsync(page, $"{Mion.BaseAddress}checkout/*");
        Assert.That((await NewestOrderAsync()).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }
}
