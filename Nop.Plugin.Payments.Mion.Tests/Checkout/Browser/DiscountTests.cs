using Microsoft.Playwright;
using Nop.Plugin.Payments.Mion.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Browser;

/// <summary>The owner makes a discount for who pays with Bitcoin; the shopper sees it before the order is confirmed, in both checkouts.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class DiscountTests(bool onePage) : BrowserFixture
{
    protected override bool OnePageCheckout => onePage;

    [Test]
    public async Task It_is_made_with_two_buttons_and_is_there_before_the_order_is_confirmed()
    {
        var admin = await OpenAdminAsync("/Admin/Discount/List");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add new" }).ClickAsync();
        await admin.GetByLabel("Add a requirement").SelectOptionAsync(new SelectOptionValue { Label = "Bitcoin (Mion)" });
        var add = admin.GetByRole(AriaRole.Button, new() { Name = "Add this requirement" });
        await Expect(add).ToBeVisibleAsync();
        await ShowAsync(admin, "requirement", picture: onePage ? null : "discount-requirement.png", part: "main");
        await add.ClickAsync();
        await Expect(admin.Locator("#discountRequirementContainer")).ToContainTextAsync("while the customer has chosen Bitcoin (Mion)");
        await ShowAsync(admin, "added", picture: onePage ? null : "discount.png", part: "main");

        var shopper = await NewPageAsync(phone: true);
        await shopper.GotoAsync(Shop.BaseAddress.ToString());
        await shopper.ClickAsync($"[data-product='{ShopBrowser.Mug}']");
        await shopper.ClickAsync("#checkout");
        for (var step = 0; !onePage && step < 2; step++)
            await shopper.ClickAsync("main button");
        await Expect(shopper.Locator("#discount")).ToHaveTextAsync("−0.64 EUR");
        await Expect(shopper.Locator("#order-total")).ToHaveTextAsync("12.26 EUR");
        await ShowAsync(shopper, "confirm", picture: onePage ? null : "discount-checkout.png", part: "main");
        await shopper.ClickAsync("#confirm");

        await ArriveAsync(shopper, $"{Mion.BaseAddress}checkout/**");
        Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(1226));
    }
}
