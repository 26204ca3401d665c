using System.Net;
using Newtonsoft.Json.Linq;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Discounts;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Discounts;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>A discount that requires a payment with Bitcoin.</summary>
[TestFixture]
public sealed class DiscountTests : ShopFixture
{
    [Test]
    public async Task It_is_the_shoppers_once_Bitcoin_is_chosen_and_the_order_is_paid_with_it()
    {
        await AddDiscountAsync();
        var browser = NewBrowser();
        await browser.AddToCartAsync(ShopBrowser.Mug);
        Assert.That(await SeeAsync(browser), Is.EqualTo(((string?)null, "12.90 EUR")), "nothing is chosen yet");

        using var chosen = await browser.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName));
        Assert.That(await SeeAsync(browser), Is.EqualTo(("−1.29 EUR", "11.61 EUR")));
        using var confirmed = await browser.SendFormAsync("/checkout/confirm");

        var order = await NewestOrderAsync();
        var session = await NewestSessionAsync(order.Id);
        Assert.That((order.OrderTotal, session.AmountCents), Is.EqualTo((11.61m, 1161)));
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(order.Id, session.PaymentSessionId);
    }

    [Test]
    public async Task It_goes_when_another_method_is_chosen_and_is_not_the_next_orders()
    {
        await AddDiscountAsync();
        var browser = NewBrowser();
        var purchase = await BuyAsync(browser);
        await browser.AddToCartAsync(ShopBrowser.Mug);
        Assert.That(await SeeAsync(browser), Is.EqualTo(((string?)null, "12.90 EUR")), "the choice was the first order's");

        using var chosen = await browser.SendFormAsync("/checkout/paymentmethod", ("paymentMethod", MionDefaults.SystemName));
        Assert.That((await SeeAsync(browser)).Discount, Is.EqualTo("−1.29 EUR"));
        await ChooseAsync((await Shop.GetOrderAsync(purchase.OrderId)).CustomerId, "Payments.CheckMoneyOrder");

        Assert.That(await SeeAsync(browser), Is.EqualTo(((string?)null, "12.90 EUR")));
    }

    [Test]
    public async Task The_owner_adds_it_with_one_button_and_a_clerk_does_not()
    {
        var discount = await InsertAsync();
        var owner = NewBrowser();
        await owner.EnterAdminAsync();

        var page = await owner.OpenAsync($"/Admin/Mion/DiscountRule?discountId={discount.Id}");
        Assert.That(page.DocumentElement.TextContent, Does.Contain("while the customer has chosen Bitcoin (Mion)"));
        using var added = await owner.SendFormAsync("/Admin/Mion/DiscountRule/Add", ("discountId", $"{discount.Id}"));

        var requirement = (await RequirementsAsync()).Single();
        Assert.That((int?)JObject.Parse(await added.Content.ReadAsStringAsync())["id"], Is.EqualTo(requirement.Id));
        Assert.That((requirement.DiscountId, requirement.DiscountRequirementRuleSystemName), Is.EqualTo((discount.Id, MionDefaults.SystemName)));
        Assert.That((await owner.OpenAsync($"/Admin/Mion/DiscountRule?discountId={discount.Id}&discountRequirementId={requirement.Id}")).QuerySelector("button"), Is.Null);

        using var missing = await owner.SendFormAsync("/Admin/Mion/DiscountRule/Add", ("discountId", "4711"));
        using var forged = await owner.PostAsync($"/Admin/Mion/DiscountRule/Add?discountId={discount.Id}");
        var clerk = NewBrowser();
        await clerk.EnterAdminAsClerkAsync();
        using var refused = await clerk.SendFormAsync("/Admin/Mion/DiscountRule/Add", ("discountId", $"{discount.Id}"));
        Assert.That((missing.StatusCode, forged.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.BadRequest)));
        Assert.That(await RequirementsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Without_the_plugin_it_is_nobodys()
    {
        var discount = await AddDiscountAsync();

        await Shop.UninstallPluginAsync();

        Assert.That((await InScopeAsync<IDiscountService, Discount>(discounts => discounts.GetDiscountByIdAsync(discount.Id))).IsActive, Is.False);
    }

    private static async Task<(string? Discount, string? Total)> SeeAsync(ShopBrowser browser)
    {
        var page = await browser.OpenAsync("/onepagecheckout");
        return (page.QuerySelector("#discount")?.TextContent, page.QuerySelector("#order-total")?.TextContent);
    }

    private Task<bool> ChooseAsync(int customerId, string method) => InScopeAsync<CartService, bool>(async carts =>
    {
        await carts.SetPaymentMethodAsync(new Customer { Id = customerId }, method);
        return true;
    });

    private Task<Discount> InsertAsync() => InScopeAsync<IRepository<Discount>, Discount>(async discounts =>
    {
        var discount = new Discount { Name = "Bitcoin", UsePercentage = true, DiscountPercentage = 10, IsActive = true };
        await discounts.InsertAsync(discount);
        return discount;
    });

    private async Task<Discount> AddDiscountAsync()
    {
        var discount = await InsertAsync();
        await InScopeAsync<IDiscountService, bool>(async discounts =>
        {
            await discounts.InsertDiscountRequirementAsync(new DiscountRequirement { DiscountId = discount.Id, DiscountRequirementRuleSystemName = MionDefaults.SystemName });
            return true;
        });
        return discount;
    }

    private Task<List<DiscountRequirement>> RequirementsAsync() => InScopeAsync<IRepository<DiscountRequirement>, List<DiscountRequirement>>(rows => rows.Table.ToListAsync());
}
