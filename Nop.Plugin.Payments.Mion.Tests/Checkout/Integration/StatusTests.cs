using System.Net;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>The news that an open payment page asks for, and <em>pay again</em>.</summary>
[TestFixture]
public sealed class StatusTests : ShopFixture
{
    [Test]
    public async Task An_open_payment_is_waiting_with_its_amount_and_the_way_to_Mion()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        var news = await AskAsync(NewBrowser(), session.Token);

        Assert.That((string?)news["state"], Is.EqualTo("Waiting"));
        Assert.That((string?)news["amount"], Is.EqualTo("€12.90"));
        Assert.That((string?)news["continueUrl"], Is.EqualTo(purchase.Redirect));
        Assert.That((string?)news["completedUrl"], Is.Empty);
    }

    [Test]
    public async Task An_open_payment_says_how_many_minutes_are_left()
    {
        var (_, session) = await BuyWithSessionAsync();
        Time.Advance(session.ExpiresOnUtc - Time.UtcNow - TimeSpan.FromSeconds(61));

        Assert.That((int?)(await AskAsync(NewBrowser(), session.Token))["minutesLeft"], Is.EqualTo(2));
    }

    [Test]
    public async Task A_payment_on_the_blockchain_is_seen()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);

        Assert.That((string?)(await AskAsync(NewBrowser(), session.Token))["state"], Is.EqualTo("Seen"));
    }

    [Test]
    public async Task A_paid_order_leads_its_own_customer_on_and_nobody_else()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        var own = await AskAsync(purchase.Browser, session.Token);
        var foreign = await AskAsync(NewBrowser(), session.Token);

        Assert.That((string?)own["state"], Is.EqualTo("Paid"));
        Assert.That((string?)own["completedUrl"], Is.EqualTo($"/checkout/completed/{purchase.OrderId}"));
        Assert.That((string?)foreign["state"], Is.EqualTo("Paid"));
        Assert.That((string?)foreign["completedUrl"], Is.Empty);
        Assert.That((string?)foreign["continueUrl"], Is.Empty);
    }

    [Test]
    public async Task An_expired_payment_is_over()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);

        var news = await AskAsync(NewBrowser(), session.Token);

        Assert.That((string?)news["state"], Is.EqualTo("Expired"));
        Assert.That((string?)news["continueUrl"], Is.Empty);
    }

    [Test]
    public async Task A_payment_of_too_little_is_seen_and_waits()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayTooLittle(session.PaymentSessionId);

        using var answer = await NewBrowser().GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("\"Seen\""));
        Assert.That(Shop.PaidOrders, Is.Empty);
    }

    [Test]
    public async Task However_many_tabs_ask_Mion_is_asked_once_in_two_seconds()
    {
        var (_, session) = await BuyWithSessionAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(NewBrowser(), session.Token)));
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(1));

        Time.Advance(TimeSpan.FromSeconds(2));
        await AskAsync(NewBrowser(), session.Token);
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(2));
    }

    [Test]
    public async Task While_Mion_fails_the_news_are_what_was_known()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Html });

        Assert.That((string?)(await AskAsync(NewBrowser(), session.Token))["state"], Is.EqualTo("Waiting"));
    }

    [Test]
    public async Task Nobody_becomes_a_guest_by_asking_and_nothing_is_kept_in_a_cache()
    {
        var (_, session) = await BuyWithSessionAsync();
        var guests = await Shop.CountGuestsAsync();

        using var response = await NewBrowser().GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task An_unknown_token_is_answered_with_a_body_and_without_a_trace()
    {
        using var response = await NewBrowser().GetAsync($"/mion/payment/{new string('0', 32)}/status");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Unknown"));
        Assert.That(await Shop.CountGuestsAsync(), Is.Zero);
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task Pay_again_continues_an_open_session()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await RetryAsync(session.Token), Is.EqualTo(purchase.Redirect));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    [Test]
    public async Task Pay_again_begins_anew_when_the_time_is_over()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await AskAsync(NewBrowser(), session.Token);

        var redirect = await RetryAsync(session.Token);

        Assert.That(redirect, Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions[^1].PaymentSessionId}").And.Not.EqualTo(purchase.Redirect));
    }

    [Test]
    public async Task Pay_again_for_an_unknown_token_leads_to_the_page_that_says_so()
    {
        var token = new string('0', 32);

        Assert.That(await RetryAsync(token), Is.EqualTo($"/mion/payment/{token}"));
    }

    [Test]
    public async Task Loading_pay_again_without_its_form_opens_nothing()
    {
        var (_, session) = await BuyWithSessionAsync();
        Time.Advance(TimeSpan.FromHours(25));

        using var response = await NewBrowser().GetAsync($"/mion/payment/{session.Token}/retry");

        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    private static async Task<JObject> AskAsync(ShopBrowser browser, string token)
    {
        using var response = await browser.GetAsync($"/mion/payment/{token}/status");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return JObject.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<string> RetryAsync(string token)
    {
        using var response = await NewBrowser().PostAsync($"/mion/payment/{token}/retry");
        Assert.That((int)response.StatusCode, Is.EqualTo(302));
        return response.Headers.Location!.ToString();
    }
}
