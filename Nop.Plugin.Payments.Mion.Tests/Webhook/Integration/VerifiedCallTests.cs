using System.Net;
using System.Text;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Webhook.Integration;

/// <summary>Where Mion signs its calls, one that is not signed rightly is refused; one that is, is still only a hint.</summary>
[TestFixture]
public sealed class VerifiedCallTests : ShopFixture
{
    private const string Secret = "a-secret-of-mions";
    private const string Header = "X-Signature";

    private protected override MadeUpMion? Described => null;

    protected override bool SecondStore => true;

    [Test]
    public async Task Only_what_is_signed_rightly_is_followed()
    {
        await SignAsync();
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var address = $"/mion/webhook/{session.WebhookToken}";

        Assert.That(await CallAsync(address, "{}", signature: null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{} "u8, Secret)), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{}"u8, "another")), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await InScopeAsync<HealthStore, Noted<string>?>(health => health.FindAsync(HealthFacts.CallRefused)))?.Value,
            Is.EqualTo("1"), "counted, every few seconds at most");

        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{}"u8, Secret)), Is.EqualTo(HttpStatusCode.OK));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task While_the_secret_cannot_be_read_no_call_is_Mions()
    {
        await SignAsync();
        await Shop.SetSettingAsync("mionsettings.callbacksecret", "CfDJ8moved");
        var (_, session) = await BuyWithSessionAsync();
        var address = $"/mion/webhook/{session.WebhookToken}";

        Assert.That(await CallAsync(address, "{}", signature: null), Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{}"u8, "")), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Who_knows_an_id_costs_Mion_no_more_than_an_open_payment_page()
    {
        await Shop.SetSettingAsync("mionsettings.createwebhookpath", "/webhooks");
        var (_, session) = await BuyWithSessionAsync();
        var before = Mion.Calls(MionOperations.GetStatus);

        for (var i = 0; i < 10; i++)
            await CallAsync("/mion/webhook", $$"""{"paymentSessionId":"{{session.PaymentSessionId}}"}""", signature: null);

        Assert.That(Mion.Calls(MionOperations.GetStatus) - before, Is.EqualTo(1));
    }

    [Test]
    public async Task A_signed_body_is_believed_no_more_than_another()
    {
        await SignAsync();
        var (purchase, session) = await BuyWithSessionAsync();
        var body = $$"""{"paymentSessionId":"{{session.PaymentSessionId}}","status":"funded","paidAt":"2026-01-01T00:00:00Z"}""";

        Assert.That(await CallAsync($"/mion/webhook/{session.WebhookToken}", body,
            CallbackSignature.Sign(Encoding.UTF8.GetBytes(body), Secret)), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
    }

    [Test]
    public async Task A_call_is_verified_by_the_secret_of_the_sessions_store()
    {
        await SignAsync();
        await Shop.SetSettingAsync("mionsettings.callbacksecret", "another-stores", 2);
        var (_, session) = await BuyWithSessionAsync();
        var address = $"http://localhost:{Shop.BaseAddress.Port}/mion/webhook/{session.WebhookToken}";

        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{}"u8, "another-stores")),
            Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await CallAsync(address, "{}", CallbackSignature.Sign("{}"u8, Secret)), Is.EqualTo(HttpStatusCode.OK),
            "whatever address the call came in by");
    }

    [Test]
    public async Task A_call_to_the_address_of_a_session_proves_what_it_is_made_of()
    {
        var (_, session) = await BuyWithSessionAsync();
        await CallAsync($"/mion/webhook/{session.WebhookToken}", $$"""{"paymentSessionId":"{{Guid.NewGuid()}}"}""", signature: null);
        await CallAsync("/mion/webhook", $$"""{"paymentSessionId":"{{session.PaymentSessionId}}"}""", signature: null);
        Assert.That(await StandingAsync("callback.paymentSessionId"), Is.EqualTo(ContractStanding.Assumed),
            "anybody may have written that");

        await CallAsync($"/mion/webhook/{session.WebhookToken}",
            $$"""{"paymentSessionId":"{{session.PaymentSessionId}}","status":"initiated"}""", signature: null);

        await Soon.Async("it is noted", async () => await StandingAsync("callback.paymentSessionId") == ContractStanding.Proven);
        Assert.That(await StandingAsync("callback.signatureHeader"), Is.EqualTo(ContractStanding.Assumed));
    }

    [Test]
    public async Task The_plugins_own_test_which_signs_by_the_same_settings_proves_nothing()
    {
        await SignAsync();
        Assert.That(await InScopeAsync<WebhookTest, WebhookTestResult>(async test => await test.RunAsync(await StoreAsync())), Is.EqualTo(WebhookTestResult.Arrived));
        var (_, session) = await BuyWithSessionAsync();
        await ProofWrittenAsync();
        Assert.That(await StandingAsync("callback.signatureHeader"), Is.Not.EqualTo(ContractStanding.Proven));

        await CallAsync($"/mion/webhook/{session.WebhookToken}", "{}", CallbackSignature.Sign("{}"u8, Secret));
        await Soon.Async("Mion's call proves it", async () => await StandingAsync("callback.signatureHeader") == ContractStanding.Proven);
    }

    [Test]
    public async Task Without_a_webhook_for_the_account_and_without_a_signature_there_is_no_address_for_all()
    {
        var (_, session) = await BuyWithSessionAsync();

        Assert.That(await CallAsync("/mion/webhook", $$"""{"paymentSessionId":"{{session.PaymentSessionId}}"}""", signature: null),
            Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.Zero, "who knows an id causes no call at Mion");
    }

    [Test]
    public async Task A_signed_call_to_the_address_for_all_is_followed()
    {
        await SignAsync();
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var body = $$"""{"paymentSessionId":"{{session.PaymentSessionId}}"}""";

        Assert.That(await CallAsync("/mion/webhook", body, CallbackSignature.Sign(Encoding.UTF8.GetBytes(body), Secret)),
            Is.EqualTo(HttpStatusCode.OK));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task One_address_for_all_sessions_is_told_by_the_id_in_the_body()
    {
        await Shop.SetSettingAsync("mionsettings.createwebhookpath", "/webhooks");
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        Assert.That(await CallAsync("/mion/webhook", "{}", signature: null), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await CallAsync("/mion/webhook", $$"""{"paymentSessionId":"{{Guid.NewGuid()}}"}""", signature: null),
            Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await CallAsync("/mion/webhook", $$"""{"paymentSessionId":"{{session.PaymentSessionId.ToUpperInvariant()}}"}""",
            signature: null), Is.EqualTo(HttpStatusCode.OK));

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    private async Task<ContractStanding> StandingAsync(string key) => (await InScopeAsync<ContractStandings, IReadOnlyList<StandingRow>>(
        standings => standings.GetAsync(1))).Single(row => row.Key == key).Standing;

    private Task<Store> StoreAsync() => InScopeAsync<IStoreService, Store>(async stores => (await stores.GetAllStoresAsync())[0]);

    private async Task SignAsync()
    {
        await Shop.SetSettingAsync("mionsettings.callbacksignatureheader", Header);
        await Shop.SetSettingAsync("mionsettings.callbacksecret", Secret);
    }

    private async Task<HttpStatusCode> CallAsync(string address, string body, string? signature)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        if (signature is not null)
            request.Headers.Add(Header, signature);
        using var response = await NewBrowser().SendAsync(request);
        return response.StatusCode;
    }
}
