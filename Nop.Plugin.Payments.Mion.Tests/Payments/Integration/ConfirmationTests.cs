using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>A payment at Mion becomes a paid order, whoever notices it.</summary>
[TestFixtureSource(typeof(Databases), nameof(Databases.FileAndServers))]
public sealed class ConfirmationTests(DatabaseKind database) : ShopFixture(database)
{
    [Test]
    public async Task The_return_pays_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        using var returned = await purchase.Browser.GetAsync($"/mion/return/{session.Token}");

        Assert.That(returned.Headers.Location?.ToString(), Is.EqualTo($"/checkout/completed/{purchase.OrderId}"));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).OrderStatus, Is.EqualTo(OrderStatus.Processing));
    }

    [Test]
    public async Task The_scheduled_task_pays_the_order_of_a_shopper_who_is_gone()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task The_shops_mails_about_the_payment_can_link_to_its_pages()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        string? link = null;
        Breakages.BeforeMarkAsPaid = _ =>
        {
            // as nopCommerce makes the links in its mails
            var actions = Shop.Services.GetRequiredService<IActionContextAccessor>();
            link = Shop.Services.GetRequiredService<IUrlHelperFactory>().GetUrlHelper(actions.ActionContext!).RouteUrl(MionDefaults.Route.Payment, new { token = session.Token });
            return Task.CompletedTask;
        };

        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");

        Assert.That(link, Is.EqualTo($"/mion/payment/{session.Token}"));
    }

    [Test]
    public async Task The_open_payment_page_pays_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        using var news = await NewBrowser().GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That(news.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_payment_on_the_blockchain_pays_the_order_when_it_is_confirmed_and_not_when_it_is_seen()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).FundsSeen, Is.True);

        Mion.Confirm(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await NewestSessionAsync(purchase.OrderId)).PaymentMethod, Is.EqualTo("on-chain"));
    }

    [Test]
    public async Task Too_little_pays_nothing()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayTooLittle(session.PaymentSessionId);

        await PollWhenDueAsync();

        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That(Shop.PaidOrders, Is.Empty);
    }

    [Test]
    public async Task What_was_confirmed_is_confirmed_again_without_effect()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await purchase.Browser.OpenAsync($"/mion/return/{session.Token}");
        await purchase.Browser.OpenAsync($"/mion/payment/{session.Token}");
        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        Time.Advance(TimeSpan.FromDays(1));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Twenty_confirmations_at_once_pay_once([Values(1, 2, 3)] int round)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromSeconds(61));

        var browsers = Enumerable.Range(0, 6).Select(_ => NewBrowser()).ToList();
        var all = new List<Task>();
        foreach (var browser in browsers)
        {
            all.Add(browser.PostAsync($"/mion/webhook/{session.WebhookToken}"));
            all.Add(browser.GetAsync($"/mion/return/{session.Token}"));
            all.Add(browser.GetAsync($"/mion/payment/{session.Token}/status"));
        }

        all.Add(RunPollAsync());
        all.Add(purchase.Browser.GetAsync($"/mion/return/{session.Token}"));
        Assert.That(all, Has.Count.EqualTo(20), $"round {round}");
        await Task.WhenAll(all);

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That((await Shop.GetLogAsync()).Where(line => line.LogLevelId >= 40).Select(line => line.FullMessage), Is.Empty);
    }

    [Test]
    public async Task A_late_payment_is_seen_by_the_scheduled_task()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(2));
        await RunPollAsync();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Expired));

        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(30));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Days_after_its_end_a_session_is_watched_no_more()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(2));
        await RunPollAsync();
        Time.Advance(TimeSpan.FromDays(8));
        await RunPollAsync();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).NextCheckOnUtc, Is.Null);

        var calls = Mion.Calls(MionOperations.GetStatus);
        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromDays(1));
        await RunPollAsync();

        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(calls), "the task has stopped asking");
    }
}
