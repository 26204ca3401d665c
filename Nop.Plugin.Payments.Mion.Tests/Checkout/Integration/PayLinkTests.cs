using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>A pay link opens the payment page of an order, whoever opened no session yet; only a person's button opens one.</summary>
[TestFixture]
public sealed class PayLinkTests : ShopFixture
{
    private const string ReadyButton = "form[data-for=Ready]";

    [Test]
    public async Task An_order_that_staff_placed_is_paid_through_its_link_on_another_device()
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        var phone = NewBrowser();

        var page = await phone.OpenAsync(link);
        Assert.That(State(page), Is.EqualTo("Ready"));
        Assert.That(page.QuerySelector("#mion-amount")?.TextContent, Is.EqualTo("€12.90"));
        using var pressed = await phone.SubmitAsync(page, ReadyButton);

        var session = await NewestSessionAsync(orderId);
        Assert.That(pressed.Headers.Location?.ToString(), Is.EqualTo($"{Mion.BaseAddress}checkout/{session.PaymentSessionId}"));
        Assert.That((Mion.Calls(MionOperations.CreateSession), Mion.Calls(MionOperations.GetByReference)), Is.EqualTo((1, 0)));
        Mion.PayByLightning(session.PaymentSessionId);
        using var back = await phone.GetAsync($"/mion/return/{session.Token}");
        await AssertPaidOnceAsync(orderId, session.PaymentSessionId);
        Assert.That(State(await phone.OpenAsync(link)), Is.EqualTo("Paid"));
        Assert.That(State(await NewBrowser().OpenAsync(link)), Is.EqualTo("Paid"));
    }

    [Test]
    public async Task Whatever_fetches_the_link_opens_no_session_and_changes_nothing()
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        var before = await NewestSessionAsync(orderId);
        var guests = await Shop.CountGuestsAsync();
        var scanner = NewBrowser(keepsCookies: false);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.That(State(await scanner.OpenAsync(link)), Is.EqualTo("Ready"));
            using var head = await scanner.SendAsync(new HttpRequestMessage(HttpMethod.Head, link));
            using var button = await scanner.GetAsync($"/mion/payment/{before.Token}/retry");
            using var news = await scanner.GetAsync($"/mion/payment/{before.Token}/status");
        }

        Time.Advance(TimeSpan.FromHours(1));
        await RunPollAsync();
        Assert.That(MionOperations.Api.Sum(Mion.Calls), Is.Zero, "Mion hears of nothing");
        Assert.That(await SessionsAsync(orderId), Has.Count.EqualTo(1));
        var after = await NewestSessionAsync(orderId);
        Assert.That((after.State, after.IsReserved, after.NextCheckOnUtc, after.ExpiresOnUtc), Is.EqualTo((PaymentSessionState.Opening, true, (DateTime?)null, before.ExpiresOnUtc)));
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.PageUrl), Has.None.Contains(before.Token));
    }

    [Test]
    public async Task The_button_pressed_on_many_devices_at_once_opens_one_session()
    {
        var orderId = await PlaceAsync();
        var token = (await LinkAsync(orderId)).Split('/')[^1];

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => NewBrowser().PostAsync($"/mion/payment/{token}/retry")));

        Assert.That(answers.Select(answer => answer.Headers.Location?.ToString()).Distinct().Single(), Does.StartWith($"{Mion.BaseAddress}checkout/"));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
        Assert.That(await SessionsAsync(orderId), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Its_time_to_pay_begins_with_the_button_however_old_the_link_is()
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        Time.Advance(TimeSpan.FromDays(20));

        var browser = NewBrowser();
        using var pressed = await browser.SubmitAsync(await browser.OpenAsync(link), ReadyButton);

        var session = (await SessionsAsync(orderId)).Single();
        Assert.That(session.ExpiresOnUtc, Is.EqualTo(Time.UtcNow.AddDays(1)).Within(TimeSpan.FromMinutes(1)));
        Assert.That(Mion.Sessions.Single().ExpiresAt.UtcDateTime, Is.EqualTo(session.ExpiresOnUtc).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_process_that_dies_while_it_asks_Mion_leaves_the_session_to_the_scheduled_task()
    {
        var session = await ReservedAsync(await PlaceAsync());

        Assert.That(await InScopeAsync<PaymentSessionStore, bool>(store => store.TryBeginAsync(session.Id, Guid.NewGuid(), MionDefaults.OpenLease, Time.UtcNow.AddDays(1), Time.UtcNow.AddSeconds(30))), Is.True);
        Assert.That(await InScopeAsync<PaymentSessionStore, bool>(store => store.TryBeginAsync(session.Id, Guid.NewGuid(), MionDefaults.OpenLease, Time.UtcNow.AddDays(1), Time.UtcNow.AddSeconds(30))), Is.False);
        Time.Advance(TimeSpan.FromMinutes(2));
        await RunPollAsync();

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.EqualTo(1));
    }

    [Test]
    public async Task Days_after_that_it_is_still_looked_for_before_it_is_asked_for_again()
    {
        var session = await ReservedAsync(await PlaceAsync());
        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryBeginAsync(session.Id, Guid.NewGuid(), MionDefaults.OpenLease, Time.UtcNow.AddDays(9), Time.UtcNow.AddSeconds(30)));
        for (var i = 0; i < 4; i++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            await RunPollAsync();
        }

        Assert.That((await NewestSessionAsync(session.OrderId)).NextCheckOnUtc, Is.Null, "nobody looks for it any more");
        var looks = Mion.Calls(MionOperations.GetByReference);
        using var pressed = await NewBrowser().PostAsync($"/mion/payment/{session.Token}/retry");

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.EqualTo(looks + 1));
        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_the_order_costs_by_now_is_shown_and_asked_for()
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        await ChangeOrderAsync(orderId, order => order.OrderTotal = 20m);

        var browser = NewBrowser();
        var page = await browser.OpenAsync(link);
        using var pressed = await browser.SubmitAsync(page, ReadyButton);

        Assert.That(page.QuerySelector("#mion-amount")?.TextContent, Is.EqualTo("€20.00"));
        Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(2000));
        Mion.PayByLightning(Mion.Sessions.Single().PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(orderId, Mion.Sessions.Single().PaymentSessionId);
        Assert.That(State(await browser.OpenAsync(link)), Is.EqualTo("Paid"));
    }

    [Test]
    public async Task Where_Mion_does_not_take_it_the_page_says_so_and_the_link_works_later()
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        Mion.RotateKey("another-key");
        var browser = NewBrowser();
        using var failed = await browser.SubmitAsync(await browser.OpenAsync(link), ReadyButton);
        Assert.That(State(await browser.OpenAsync(link)), Is.EqualTo("NotStarted"));
        Mion.RotateKey("demo-key");
        Time.Advance(TimeSpan.FromMinutes(10));

        using var again = await browser.SubmitAsync(await browser.OpenAsync(link), "form[data-for=NotStarted]");

        Assert.That(again.Headers.Location?.ToString(), Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}"));
    }

    [TestCase("Paid", "Paid")]
    [TestCase("Cancelled", "Closed")]
    [TestCase("Deleted", "Closed")]
    [TestCase("Refunded", "Closed")]
    [TestCase("Another method", "Closed")]
    public async Task What_is_not_to_be_paid_any_more_is_told_and_offers_no_button(string what, string state)
    {
        var orderId = await PlaceAsync();
        var link = await LinkAsync(orderId);
        await ChangeOrderAsync(orderId, order =>
        {
            order.PaymentStatus = what switch { "Paid" => PaymentStatus.Paid, "Refunded" => PaymentStatus.Refunded, _ => PaymentStatus.Pending };
            order.OrderStatus = what == "Cancelled" ? OrderStatus.Cancelled : OrderStatus.Pending;
            order.Deleted = what == "Deleted";
            order.PaymentMethodSystemName = what == "Another method" ? "Payments.CheckMoneyOrder" : MionDefaults.SystemName;
        });

        var browser = NewBrowser();
        var page = await browser.OpenAsync(link);
        using var pressed = await browser.PostAsync($"/mion/payment/{link.Split('/')[^1]}/retry");

        Assert.That(State(page), Is.EqualTo(state));
        Assert.That(page.QuerySelectorAll("#mion-payment form:not([hidden]), #mion-continue:not([hidden])"), Is.Empty);
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.Zero);
    }

    [Test]
    public async Task The_mail_about_a_placed_order_has_a_link_before_there_is_a_session_and_checkout_goes_on_with_it()
    {
        await AddTemplateAsync();

        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That((await QueuedAsync()).Single().Body, Is.EqualTo($"[{Shop.BaseAddress}mion/payment/{session.Token}]"));
        Assert.That((await SessionsAsync(purchase.OrderId)).Single().Attempt, Is.EqualTo(1));
        Assert.That((Mion.Calls(MionOperations.CreateSession), Mion.Calls(MionOperations.GetByReference)), Is.EqualTo((1, 0)), "no call more than without it");
    }

    [Test]
    public async Task A_mail_has_the_link_of_what_can_be_paid_and_none_once_a_payment_is_on_its_way_or_there()
    {
        await AddTemplateAsync();
        var (purchase, session) = await BuyWithSessionAsync();
        await RemindAsync(purchase.OrderId);
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        await RemindAsync(purchase.OrderId);
        Mion.Confirm(session.PaymentSessionId);
        await PollWhenDueAsync();
        await RemindAsync(purchase.OrderId);

        Assert.That((await QueuedAsync()).Where(mail => mail.Body.StartsWith('[')).Select(mail => mail.Body.Length > 2), Is.EqualTo(new[] { true, true, false, false }));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_reminder_of_an_expired_payment_leads_to_its_page_unless_the_store_lets_nobody_pay_again()
    {
        await AddTemplateAsync();
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await PollWhenDueAsync();
        await RemindAsync(purchase.OrderId);
        await Shop.SetSettingAsync("paymentsettings.allowrepostingpayments", "False");
        await RemindAsync(purchase.OrderId);

        Assert.That((await QueuedAsync()).Skip(1).Select(mail => mail.Body), Is.EqualTo(new[] { $"[{Shop.BaseAddress}mion/payment/{session.Token}]", "[]" }));
        Assert.That(await SessionsAsync(purchase.OrderId), Has.Count.EqualTo(1), "a mail that nobody asked for makes no new attempt");
        Assert.That(State(await NewBrowser().OpenAsync(await LinkAsync(purchase.OrderId))), Is.EqualTo("Ready"), "staff may ask for it");
    }

    [Test]
    public async Task A_mail_about_an_order_of_another_method_has_no_link_and_makes_nothing()
    {
        await AddTemplateAsync();
        var orderId = await PlaceAsync("Payments.CheckMoneyOrder");

        await RemindAsync(orderId);

        Assert.That((await QueuedAsync()).Single().Body, Is.EqualTo("[]"));
        Assert.That(await SessionsAsync(orderId), Is.Empty);
    }

    [Test]
    public async Task A_mail_goes_out_without_a_link_where_that_cannot_be_made()
    {
        await AddTemplateAsync();
        var orderId = await PlaceAsync();
        await ChangeOrderAsync(orderId, order => order.StoreId = 4711);

        await RemindAsync(orderId);

        Assert.That((await QueuedAsync()).Single().Body, Is.EqualTo("[]"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_token_is_among_those_of_an_order_that_a_merchant_may_use(bool all)
    {
        async Task<IEnumerable<string>> TokensAsync(params string[] groups)
        {
            var added = new AdditionalTokensAddedEvent { TokenGroups = all ? null : groups };
            await InScopeAsync<PayLinkTokens, bool>(async tokens =>
            {
                await tokens.HandleEventAsync(added);
                return true;
            });
            return added.AdditionalTokens;
        }

        Assert.That(await TokensAsync(TokenGroupNames.OrderTokens), Is.EqualTo(new[] { "%Order.MionPayLink%" }));
        Assert.That(await TokensAsync("Blog comments tokens"), all ? Is.Not.Empty : Is.Empty);
    }

    private async Task<MionPaymentSession> ReservedAsync(int orderId)
    {
        await LinkAsync(orderId);
        return await NewestSessionAsync(orderId);
    }

    private async Task<string> LinkAsync(int orderId) => await Shop.InScopeAsync(async services =>
    {
        var link = await services.GetRequiredService<PayLinks>().GetAsync(await Shop.GetOrderAsync(orderId));
        Assert.That(link.Problem, Is.EqualTo(OpeningProblem.None));
        return await services.GetRequiredService<PaymentUrls>().GetPaymentUrlAsync(link.Session!);
    });

    private Task AddTemplateAsync() => InScopeAsync<IRepository<MessageTemplate>, bool>(async templates =>
    {
        await templates.InsertAsync(new MessageTemplate { Name = OrderMails.Placed, Subject = "%Order.OrderNumber%", Body = "[%Order.MionPayLink%]", IsActive = true });
        return true;
    });

    private Task RemindAsync(int orderId) => InScopeAsync<OrderMails, bool>(async mails =>
    {
        await mails.SendAsync(await Shop.GetOrderAsync(orderId));
        return true;
    });

    private static string? State(AngleSharp.Dom.IParentNode page) => page.QuerySelector("#mion-payment")?.GetAttribute("data-state");
}
