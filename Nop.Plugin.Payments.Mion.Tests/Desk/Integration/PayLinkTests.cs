using AngleSharp.Html.Dom;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using MionPermissions = Nop.Plugin.Payments.Mion.Hosting.MionPermissions;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>Staff copies or e-mails the pay link of an order, and offers Bitcoin for one that was placed with another method.</summary>
[TestFixture]
public sealed class PayLinkTests : ShopFixture
{
    private const string Other = "Payments.CheckMoneyOrder";

    [Test]
    public async Task The_link_is_made_when_it_is_copied_and_is_the_same_ever_after()
    {
        var orderId = await PlaceAsync();
        var admin = await AdminAsync(MionPermissions.View);
        var before = await admin.OpenAsync($"/Admin/Order/Edit/{orderId}");
        Assert.That(await SessionsAsync(orderId), Is.Empty, "a look at the order changes nothing");

        var first = await PressAsync(admin, "Copy", orderId);
        var second = await PressAsync(admin, "Copy", orderId);

        var link = $"{Shop.BaseAddress}mion/payment/{(await SessionsAsync(orderId)).Single().Token}";
        Assert.That(before.QuerySelector("[data-mion-link]")?.GetAttribute("data-mion-copy"), Is.Null.Or.Empty);
        Assert.That(new[] { Link(first), Link(second), Link(await admin.OpenAsync($"/Admin/Order/Edit/{orderId}")) }, Is.All.EqualTo(link));
        Assert.That(first.QuerySelector(".badge")?.TextContent, Is.EqualTo("Link given, not opened yet"));
        Assert.That(MionOperations.Api.Sum(Mion.Calls), Is.Zero);
    }

    [Test]
    public async Task The_link_is_mailed_once_in_the_language_of_the_order_and_noted()
    {
        var orderId = await PlaceAsync(languageId: await AddLanguageAsync("de-DE"));
        var admin = await AdminAsync();
        (await admin.OpenAsync("/")).Dispose();

        var answers = await Task.WhenAll(PressAsync(admin, "Mail", orderId), PressAsync(admin, "Mail", orderId));
        Time.Advance(TimeSpan.FromSeconds(40));
        var third = await PressAsync(admin, "Mail", orderId);

        var mail = (await QueuedAsync()).Single();
        var order = await Shop.GetOrderAsync(orderId);
        var link = $"{Shop.BaseAddress}mion/payment/{(await NewestSessionAsync(orderId)).Token}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.To, mail.Subject), Is.EqualTo(("shopper@demo.example", $"Demo shop: Bezahlen Sie Ihre Bestellung {order.CustomOrderNumber} mit Bitcoin")));
            Assert.That(mail.Body, Does.Contain($"<a href=\"{link}\">Mit Bitcoin bezahlen</a>").And.Contain("12,90"));
            Assert.That((await Shop.GetNotesAsync(orderId)).Count(note => note.Contains("Der Zahlungslink wurde an shopper@demo.example gemailt.", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(answers.Select(Message), Has.Some.EqualTo("The pay link is on its way to the customer by e-mail."));
            Assert.That(Message(third), Is.EqualTo("The pay link was e-mailed less than a minute ago. It was not sent again."));
            Assert.That(MionOperations.Api.Sum(Mion.Calls), Is.Zero);
        }

        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(Message(await PressAsync(admin, "Mail", orderId)), Is.EqualTo("The pay link is on its way to the customer by e-mail."));
        Assert.That(await QueuedAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_template_that_the_merchant_has_edited_is_sent_as_it_stands()
    {
        var orderId = await PlaceAsync(languageId: await AddLanguageAsync("de-DE"));
        await ChangeTemplateAsync(template => template.Body = "Pay here: %Order.MionPayLink%");

        await PressAsync(await AdminAsync(), "Mail", orderId);

        Assert.That((await QueuedAsync()).Single().Body, Is.EqualTo($"Pay here: {Shop.BaseAddress}mion/payment/{(await NewestSessionAsync(orderId)).Token}"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_cannot_be_mailed_is_said(bool hasAddress)
    {
        var orderId = await PlaceAsync(email: hasAddress ? "shopper@demo.example" : " ");
        await ChangeTemplateAsync(template => template.IsActive = false);

        var answer = await PressAsync(await AdminAsync(), "Mail", orderId);

        Assert.That(Message(answer), Does.StartWith(hasAddress ? "Nothing was sent: the message template" : "The order has no e-mail address."));
        Assert.That(answer.QuerySelector("#mion-panel-message")?.ClassName, Does.Contain("alert-danger"));
        Assert.That(await QueuedAsync(), Is.Empty);
        Assert.That(await MionNotesAsync(orderId), Is.Empty);
    }

    [Test]
    public async Task An_order_of_another_method_is_offered_Bitcoin_and_becomes_ours_only_when_paid()
    {
        var orderId = await PlaceAsync(Other);
        var admin = await AdminAsync();
        var before = await admin.OpenAsync($"/Admin/Order/Edit/{orderId}");
        Assert.That((before.QuerySelector("[data-mion-offer]") is not null, before.QuerySelector("[data-mion-link]") is not null), Is.EqualTo((true, false)));

        var offered = await PressAsync(admin, "Offer", orderId);
        await PressAsync(admin, "Offer", orderId);
        Assert.That(Message(offered), Does.StartWith("Bitcoin is offered for this order."));
        Assert.That((await MionNotesAsync(orderId)).Single(), Does.Contain($"placed with the payment method {Other}, and Bitcoin was offered for it"));
        var customer = NewBrowser();
        using var pressed = await customer.SubmitAsync(await customer.OpenAsync(Link(offered)!), "form[data-for=Ready]");
        var session = (await SessionsAsync(orderId)).Single();
        Assert.That(((await Shop.GetOrderAsync(orderId)).PaymentMethodSystemName, session.IsOffered), Is.EqualTo((Other, true)), "not yet ours");
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(orderId, session.PaymentSessionId);
        Assert.That((await Shop.GetOrderAsync(orderId)).PaymentMethodSystemName, Is.EqualTo(MionDefaults.SystemName));
        Assert.That(await MionNotesAsync(orderId), Has.One.Contains($"placed with the payment method {Other} and is paid with Bitcoin by its pay link."));
        Assert.That(Message(await PressAsync(admin, "Mail", orderId)), Does.StartWith("A payment for this order has already been received"));
    }

    [Test]
    public async Task An_offer_whose_time_ran_out_is_taken_up_again_by_the_same_link()
    {
        var orderId = await PlaceAsync(Other);
        var link = Link(await PressAsync(await AdminAsync(), "Offer", orderId))!;
        var customer = NewBrowser();
        using var first = await customer.SubmitAsync(await customer.OpenAsync(link), "form[data-for=Ready]");
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await PollWhenDueAsync();
        using var second = await customer.SubmitAsync(await customer.OpenAsync(link), "form[data-for=Expired]");
        var session = await NewestSessionAsync(orderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That((session.Attempt, session.IsOffered), Is.EqualTo((2, true)));
        await AssertPaidOnceAsync(orderId, session.PaymentSessionId);
    }

    [Test]
    public async Task An_order_that_is_paid_otherwise_after_the_offer_is_left_to_a_person()
    {
        var orderId = await PlaceAsync(Other);
        var link = Link(await PressAsync(await AdminAsync(), "Offer", orderId))!;
        var customer = NewBrowser();
        using var pressed = await customer.SubmitAsync(await customer.OpenAsync(link), "form[data-for=Ready]");
        await ChangeOrderAsync(orderId, order => order.PaymentStatus = PaymentStatus.Paid);
        Mion.PayByLightning(Mion.Sessions.Single().PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That((await NewestSessionAsync(orderId)).ReviewReason, Is.EqualTo(ReviewReason.PaidOtherwise));
        Assert.That((await Shop.GetOrderAsync(orderId)).PaymentMethodSystemName, Is.EqualTo(Other));
    }

    [TestCase("Copy")]
    [TestCase("Mail")]
    [TestCase("Offer")]
    public async Task What_is_not_to_be_paid_is_refused_in_words(string action)
    {
        var admin = await AdminAsync();
        var (cancelled, deleted, other) = (await PlaceAsync(), await PlaceAsync(Other), await PlaceAsync(Other));
        await ChangeOrderAsync(cancelled, order => order.OrderStatus = OrderStatus.Cancelled);
        await ChangeOrderAsync(deleted, order => order.Deleted = true);

        foreach (var orderId in action == "Offer" ? new[] { cancelled, deleted } : [cancelled, deleted, other])
            Assert.That(Message(await PressAsync(admin, action, orderId)), Does.StartWith("This order has no pay link"), $"{orderId}");
        Assert.That(Message(await PressAsync(admin, action, 4711)), Is.EqualTo("There is no order with this number."));
        Assert.That((await SessionsAsync(cancelled)).Concat(await SessionsAsync(deleted)).Concat(await SessionsAsync(other)), Is.Empty);
        Assert.That(await QueuedAsync(), Is.Empty);
    }

    [Test]
    public async Task Nobody_is_asked_to_pay_again_while_a_payment_is_on_its_way()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var admin = await AdminAsync();
        Assert.That(Link(await admin.OpenAsync($"/Admin/Order/Edit/{purchase.OrderId}")), Is.EqualTo($"{Shop.BaseAddress}mion/payment/{session.Token}"));
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That(Message(await PressAsync(admin, "Mail", purchase.OrderId)), Does.StartWith("A payment for this order is on its way"));
        Assert.That((await admin.OpenAsync($"/Admin/Order/Edit/{purchase.OrderId}")).QuerySelector("#mion-pay-link"), Is.Null);
    }

    [Test]
    public async Task Who_may_only_look_copies_the_link_and_sends_or_offers_nothing()
    {
        var (ours, other) = (await PlaceAsync(), await PlaceAsync(Other));
        var viewer = await AdminAsync(MionPermissions.View);

        var page = await viewer.OpenAsync($"/Admin/Order/Edit/{ours}");
        var otherPage = await viewer.OpenAsync($"/Admin/Order/Edit/{other}");

        Assert.That((page.QuerySelector("[data-mion-link]") is not null, page.QuerySelector("[data-mion-mail]") is not null), Is.EqualTo((true, false)));
        Assert.That(otherPage.QuerySelector("#mion-panel"), Is.Null);
    }

    [Test]
    public async Task A_button_without_the_forms_token_does_nothing()
    {
        var orderId = await PlaceAsync(Other);
        var admin = await AdminAsync();

        using var answer = await admin.PostAsync("/Admin/MionPayLink/Offer", new FormUrlEncodedContent([new("id", $"{orderId}")]));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await SessionsAsync(orderId), Is.Empty);
    }

    [Test]
    public async Task A_store_that_is_not_set_up_offers_nothing()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "");
        var (ours, other) = (await PlaceAsync(), await PlaceAsync(Other));
        var admin = await AdminAsync();

        foreach (var orderId in new[] { ours, other })
            Assert.That((await admin.OpenAsync($"/Admin/Order/Edit/{orderId}")).QuerySelector("#mion-pay-link"), Is.Null);
        Assert.That(Message(await PressAsync(admin, "Copy", ours)), Does.StartWith("Bitcoin (Mion) is not set up"));
    }

    private Task ChangeTemplateAsync(Action<MessageTemplate> change) => InScopeAsync<IRepository<MessageTemplate>, bool>(async templates =>
    {
        var template = templates.Table.Single(candidate => candidate.Name == AlertTemplate.PayLinkName);
        change(template);
        await templates.UpdateAsync(template);
        return true;
    });

    private static async Task<IHtmlDocument> PressAsync(ShopBrowser admin, string action, int orderId)
    {
        using var answer = await admin.SendFormAsync($"/Admin/MionPayLink/{action}", ("id", $"{orderId}"));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return await ShopBrowser.ReadAsync(answer);
    }

    private static string? Link(IHtmlDocument page) => page.QuerySelector("#mion-pay-link .mion-id")?.TextContent;

    private static string? Message(IHtmlDocument page) => page.QuerySelector("#mion-panel-message")?.TextContent;

    private async Task<ShopBrowser> AdminAsync(params string[] permissions)
    {
        var admin = NewBrowser();
        if (permissions.Length == 0)
            await admin.EnterAdminAsync();
        else
            await admin.EnterAdminAsClerkAsync([.. permissions, Nop.Services.Security.StandardPermission.Orders.ORDERS_VIEW]);
        return admin;
    }
}
