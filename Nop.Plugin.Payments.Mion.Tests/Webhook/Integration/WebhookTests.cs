using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Webhook;

namespace Nop.Plugin.Payments.Mion.Tests.Webhook.Integration;

/// <summary>Mion calls: only the token counts, and the answer says whether to call again.</summary>
[TestFixture]
public sealed class WebhookTests : ShopFixture
{
    private static readonly string[] _bodies =
    [
        "", "{}", "null", "[[[[", "{\"paymentSessionId\":\"00000000-0000-0000-0000-000000000000\",\"status\":\"funded\"}", "\u00ff\u00fe", "<xml/>"
    ];

    [TestCaseSource(nameof(_bodies))]
    public async Task Whatever_the_body_says_the_state_is_read_from_Mion(string body)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        // one that announces a payment of which the status knows nothing yet is to come again
        var announces = body.Contains("funded", StringComparison.Ordinal) && Described?.Contract.ContainsKey("callback.status") != true;
        Assert.That(await CallAsync(session.WebhookToken, body), Is.EqualTo(announces ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Mion.PayByLightning(session.PaymentSessionId);

        Assert.That(await CallAsync(session.WebhookToken, body), Is.EqualTo(HttpStatusCode.OK));

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_call_that_comes_again_is_handled_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        for (var i = 0; i < 3; i++)
            Assert.That(await CallAsync(session.WebhookToken), Is.EqualTo(HttpStatusCode.OK));

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    /// <summary>An opening that holds the session brings no payment: were the call answered 200, nobody would come again.</summary>
    [Test]
    public async Task While_the_session_is_in_other_hands_the_call_is_to_come_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryClaimAsync(session.Id, Guid.NewGuid(), MionDefaults.OpenLease));
        Mion.PayByLightning(session.PaymentSessionId);

        Assert.That(await CallAsync(session.WebhookToken), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Time.Advance(MionDefaults.OpenLease + TimeSpan.FromSeconds(1));

        Assert.That(await CallAsync(session.WebhookToken), Is.EqualTo(HttpStatusCode.OK));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task It_leaves_no_guest_no_cookie_and_no_line_in_the_log()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var guests = await Shop.CountGuestsAsync();

        using var response = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        await CallAsync(new string('0', 32));

        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task An_unknown_token_is_answered_404_with_a_body()
    {
        var (_, session) = await BuyWithSessionAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CallAsync(new string('0', 32)), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await CallAsync("x"), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await CallAsync("' or 1=1 --"), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await CallAsync(session.WebhookToken.ToUpperInvariant()), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await CallAsync(session.Token), Is.EqualTo(HttpStatusCode.NotFound), "the shopper's token opens another door");
            Assert.That(Mion.Calls(MionOperations.GetStatus), Is.Zero);
        }
    }

    [TestCase("GET")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    public async Task Only_POST_is_answered(string method)
    {
        var (_, session) = await BuyWithSessionAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/mion/webhook/{session.WebhookToken}");

        using var response = await NewBrowser().SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Not.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_body_that_is_too_large_is_refused(bool withLength)
    {
        var (_, session) = await BuyWithSessionAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/mion/webhook/{session.WebhookToken}")
        {
            Content = new ByteArrayContent(new byte[64 * 1024 + 1])
        };
        request.Headers.TransferEncodingChunked = !withLength;

        using var response = await NewBrowser().SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.Zero);
    }

    [Test]
    public async Task When_Mion_fails_it_is_asked_to_call_again()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 500 });

        Assert.That(await CallAsync(session.WebhookToken), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task When_the_order_cannot_be_saved_Mion_is_asked_to_call_again()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.BeforeMarkAsPaid = Breakages.Die;

        Assert.That(await CallAsync(session.WebhookToken), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task When_the_database_fails_Mion_is_asked_to_call_again_and_told_nothing_of_it()
    {
        var (_, session) = await BuyWithSessionAsync();
        Breakages.Database = true;

        using var response = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("please try again").And.Not.Contain(Breakages.Secret));
    }

    [Test]
    public void It_passes_by_the_stores_filters()
    {
        // what a store checks of visitors (closed store, navigation, guests, antiforgery) sits on its base controllers
        Assert.That(typeof(MionWebhookController).BaseType, Is.EqualTo(typeof(Controller)));
        Assert.That(typeof(MionWebhookController).GetCustomAttribute<IgnoreAntiforgeryTokenAttribute>(), Is.Not.Null);
    }

    [TestCase("/mion/webhook")]
    [TestCase("/mion/webhook/")]
    public async Task Without_a_token_it_is_answered_by_the_plugin_and_costs_the_store_nothing(string address)
    {
        var guests = await Shop.CountGuestsAsync();

        using var response = await NewBrowser().PostAsync(address);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("Unknown."), "nopCommerce makes a page and a guest of an answer without a body");
        Assert.That(await Shop.CountGuestsAsync(), Is.EqualTo(guests));
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    private async Task<HttpStatusCode> CallAsync(string token, string body = "{}")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await NewBrowser().PostAsync($"/mion/webhook/{Uri.EscapeDataString(token)}", content);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("message"), "nopCommerce makes a page and a guest of an answer without a body");
        return response.StatusCode;
    }
}
