using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary><em>Change my order</em>: an unpaid order goes back into its customer's cart, and nothing that was paid does.</summary>
[TestFixture]
public sealed class OrderChangeTests : ShopFixture
{
    private const string Button = "form[action$='/change']";
    private const string TooLate = "The order cannot be changed any more.";
    private const string MionSilent = "We could not find out whether the order has been paid already";

    [Test]
    public async Task What_was_ordered_is_in_the_cart_again_with_its_quantity_and_codes_and_can_be_ordered_and_paid_anew()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync(ShopBrowser.Mug);
        var (order, session) = await BuyWithCodesAsync(browser);
        Assert.That((order.OrderTotal, session.AmountCents), Is.EqualTo((15.80m, 1580)), "two mugs, less 5 and 5");

        var cart = await PressAsync(browser, session);

        await AssertCancelledAsync(order.Id);
        Assert.That(Message(cart), Does.StartWith("Your order is cancelled, and its items are in your cart again."));
        Assert.That(await CartAsync(order.CustomerId), Is.EqualTo(new[] { (ShopBrowser.Mug, 2) }));
        Assert.That((await MionNotesAsync(order.Id)).Single(note => note.Contains("back into the cart", StringComparison.Ordinal)), Is.Not.Empty);
        var (again, paid) = await BuyWithSessionAsync(browser);
        Assert.That((await NewestOrderAsync()).OrderTotal, Is.EqualTo(28.70m), "three mugs, with the same codes");
        Mion.PayByLightning(paid.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(again.OrderId, paid.PaymentSessionId);
    }

    [Test]
    public async Task The_customer_hears_of_the_cancellation_as_of_any_other()
    {
        await InScopeAsync<IMessageTemplateService, bool>(async templates =>
        {
            await templates.InsertMessageTemplateAsync(new MessageTemplate { Name = OrderMails.Cancelled, Subject = "%Order.OrderNumber% is cancelled", Body = "-", IsActive = true });
            return true;
        });
        var (purchase, session) = await BuyWithSessionAsync();

        await PressAsync(purchase.Browser, session);

        Assert.That((await QueuedAsync()).Select(mail => mail.Subject), Has.One.EqualTo($"{purchase.OrderId} is cancelled"));
    }

    [Test]
    public async Task What_the_shop_does_not_have_any_more_is_said()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await InScopeAsync<IRepository<Product>, int>(products => products.DeleteAsync(product => product.Id == ShopBrowser.Mug));

        Assert.That(Message(await PressAsync(purchase.Browser, session)), Does.StartWith("Your order is cancelled. Not everything"));
    }

    [Test]
    public async Task Who_has_paid_a_moment_before_has_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));
        Mion.PayByLightning(session.PaymentSessionId);

        using var pressed = await purchase.Browser.SubmitAsync(page, Button);

        Assert.That(await CartAsync((await Shop.GetOrderAsync(purchase.OrderId)).CustomerId), Is.Empty);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_payment_that_is_on_its_way_keeps_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));
        Mion.PayOnChain(session.PaymentSessionId);

        using var pressed = await purchase.Browser.SubmitAsync(page, Button);

        await AssertKeptAsync(purchase.OrderId);
        var after = await purchase.Browser.OpenAsync(Address(session));
        Assert.That((Message(after), after.QuerySelector(Button)), Is.EqualTo((TooLate + " Please contact us if something about it is wrong.", (object?)null)));
    }

    [Test]
    public async Task Where_Mion_is_silent_nobody_knows_and_nothing_is_changed()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 500, Operation = MionOperations.GetStatus });

        using var pressed = await purchase.Browser.SubmitAsync(page, Button);

        await AssertKeptAsync(purchase.OrderId);
        Assert.That(Message(await purchase.Browser.OpenAsync(Address(session))), Does.StartWith(MionSilent));
    }

    [Test]
    public async Task A_payment_that_arrives_all_the_same_is_told_to_a_person()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await PressAsync(purchase.Browser, session);

        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        session = await NewestSessionAsync(purchase.OrderId);
        Assert.That((session.State, session.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.OrderCancelled)));
        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task While_a_payment_is_brought_to_the_order_it_cannot_be_taken_back()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.BeforeMarkAsPaid = async _ =>
        {
            Breakages.BeforeMarkAsPaid = null;
            using var pressed = await purchase.Browser.SubmitAsync(page, Button);
        };

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await CartAsync((await Shop.GetOrderAsync(purchase.OrderId)).CustomerId), Is.Empty);
    }

    [Test]
    public async Task Two_presses_fill_the_cart_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));

        var pressed = await Task.WhenAll(purchase.Browser.SubmitAsync(page, Button), purchase.Browser.SubmitAsync(page, Button));

        foreach (var answer in pressed)
            answer.Dispose();
        await AssertCancelledAsync(purchase.OrderId);
        Assert.That(await CartAsync((await Shop.GetOrderAsync(purchase.OrderId)).CustomerId), Is.EqualTo(new[] { (ShopBrowser.Mug, 1) }));
    }

    [Test]
    public async Task Where_nopCommerce_cannot_cancel_the_order_is_as_it_was()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Breakages.BeforeCancel = Breakages.Die;

        var page = await PressAsync(purchase.Browser, session);

        await AssertKeptAsync(purchase.OrderId);
        Assert.That(Message(page), Does.StartWith("The order could not be changed just now, and is as it was."));
        Assert.That(page.DocumentElement.TextContent, Does.Not.Contain(Breakages.Secret));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.None.Contains("back into the cart"));
    }

    [Test]
    public async Task Who_has_lost_the_order_gets_the_cart_whatever_else_fails()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Breakages.AfterCancel = Breakages.Die;

        await PressAsync(purchase.Browser, session);

        await AssertCancelledAsync(purchase.OrderId);
        Assert.That(await CartAsync((await Shop.GetOrderAsync(purchase.OrderId)).CustomerId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Only_the_orders_own_customer_is_offered_it_and_only_a_form_of_the_shop_does_it()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var stranger = NewBrowser();
        await BuyAsync(stranger);

        Assert.That((await stranger.OpenAsync(Address(session))).QuerySelector(Button), Is.Null, "who has the address is not the customer");
        using var foreign = await stranger.SendFormAsync($"/mion/payment/{session.Id}/change");
        using var byToken = await purchase.Browser.SendFormAsync($"/mion/payment/{session.Token}/change");
        using var forged = await purchase.Browser.PostAsync($"/mion/payment/{session.Id}/change");
        using var got = await purchase.Browser.GetAsync($"/mion/payment/{session.Id}/change");

        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        await AssertKeptAsync(purchase.OrderId);
        Assert.That((await purchase.Browser.OpenAsync(Address(session))).QuerySelector(Button), Is.Not.Null);
    }

    [TestCase("another method")]
    [TestCase("offered by staff")]
    [TestCase("paid too little, and told")]
    [TestCase("shipped")]
    [TestCase("switched off")]
    [TestCase("unknown at Mion")]
    [TestCase("closed store")]
    public async Task It_is_not_offered_and_does_nothing_where_an_order_is_no_mere_wish_any_more(string what)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var page = await purchase.Browser.OpenAsync(Address(session));
        switch (what)
        {
            case "another method":
                await ChangeOrderAsync(purchase.OrderId, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
                break;
            case "shipped":
                await ChangeOrderAsync(purchase.OrderId, order => order.ShippingStatus = ShippingStatus.Shipped);
                break;
            case "switched off":
                await Shop.SetSettingAsync("mionsettings.alloworderchange", "False");
                break;
            case "closed store":
                await Shop.SetSettingAsync("storeinformationsettings.storeclosed", "True");
                break;
            case "offered by staff":
                await ChangeOrderAsync(purchase.OrderId, order => order.PaymentMethodSystemName = "Payments.CheckMoneyOrder");
                await ChangeSessionAsync(session, row => row.IsOffered = true);
                break;
            case "paid too little, and told":
                Mion.PayTooLittle(session.PaymentSessionId);
                await ChangeSessionAsync(session, row => (row.FundsSeen, row.PersonToldOf) = (true, MionPaymentSession.ToldOfStalled));
                break;
            default:
                await ChangeSessionAsync(session, row => (row.State, row.ReviewReason) = (PaymentSessionState.NeedsPerson, ReviewReason.UnknownAtMion));
                Mion.Forget(session.PaymentSessionId);
                break;
        }

        // what Mion said a moment ago is shared
        Time.Advance(MionDefaults.SharedReadAge + TimeSpan.FromSeconds(1));

        Assert.That((await purchase.Browser.OpenAsync(Address(session))).QuerySelector(Button), Is.Null);
        using var pressed = await purchase.Browser.SubmitAsync(page, Button);
        await AssertKeptAsync(purchase.OrderId);
    }

    private Task<bool> ChangeSessionAsync(MionPaymentSession session, Action<MionPaymentSession> change) => InScopeAsync<IRepository<MionPaymentSession>, bool>(async rows =>
    {
        var row = await rows.GetByIdAsync(session.Id);
        change(row);
        await rows.UpdateAsync(row);
        return true;
    });

    private static string Address(MionPaymentSession session) => $"/mion/payment/{session.Token}";

    private static string? Message(IHtmlDocument page) => page.QuerySelector(".bar-notification")?.TextContent.Trim();

    private static async Task<IHtmlDocument> PressAsync(ShopBrowser browser, MionPaymentSession session)
    {
        using var pressed = await browser.SubmitAsync(await browser.OpenAsync(Address(session)), Button);
        return await browser.OpenAsync(pressed.Headers.Location!.ToString());
    }

    private async Task<(Order Order, MionPaymentSession Session)> BuyWithCodesAsync(ShopBrowser browser)
    {
        await Shop.InScopeAsync(async services =>
        {
            await services.GetRequiredService<IRepository<Discount>>().InsertAsync(
                new Discount { Name = "Five", DiscountAmount = 5, RequiresCouponCode = true, CouponCode = "FIVE", IsActive = true });
            await services.GetRequiredService<IRepository<GiftCard>>().InsertAsync(new GiftCard { Amount = 5, GiftCardCouponCode = "GIFT", IsGiftCardActivated = true });
            var customer = await services.GetRequiredService<CustomerService>().GetCustomerByIdAsync((await CartOwnerAsync()).CustomerId);
            await services.GetRequiredService<CustomerService>().ApplyDiscountCouponCodeAsync(customer, "FIVE");
            await services.GetRequiredService<CustomerService>().ApplyGiftCardCouponCodeAsync(customer, "GIFT");
            return true;
        });
        var (purchase, session) = await BuyWithSessionAsync(browser);
        return (await Shop.GetOrderAsync(purchase.OrderId), session);
    }

    private Task<ShoppingCartItem> CartOwnerAsync() => InScopeAsync<IRepository<ShoppingCartItem>, ShoppingCartItem>(async items => (await items.Table.ToListAsync()).Single());

    private Task<List<(int ProductId, int Quantity)>> CartAsync(int customerId) => InScopeAsync<IRepository<ShoppingCartItem>, List<(int, int)>>(async items =>
        [.. (await items.Table.Where(item => item.CustomerId == customerId).ToListAsync()).Select(item => (item.ProductId, item.Quantity))]);

    private async Task AssertCancelledAsync(int orderId)
    {
        Assert.That((await Shop.GetOrderAsync(orderId)).OrderStatus, Is.EqualTo(OrderStatus.Cancelled));
        Assert.That((await Shop.GetNotesAsync(orderId)).Count(note => note == "Order has been cancelled"), Is.EqualTo(1));
    }

    private async Task AssertKeptAsync(int orderId)
    {
        var order = await Shop.GetOrderAsync(orderId);
        Assert.That(order.OrderStatus, Is.Not.EqualTo(OrderStatus.Cancelled));
        Assert.That(await CartAsync(order.CustomerId), Is.Empty);
    }
}
