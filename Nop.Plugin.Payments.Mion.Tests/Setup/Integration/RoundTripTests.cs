using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>
/// <em>Save and test webhook</em>: the store calls its own address, then Mion calls it, and the page says where the chain broke.
/// </summary>
[TestFixture]
public sealed class RoundTripTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";

    /// <inheritdoc />
    protected override bool Webhooks => true;

    [Test]
    public async Task Mion_is_asked_to_call_through_the_smallest_session_and_the_call_arrives()
    {
        var admin = await TestAsync();
        var session = Mion.Sessions.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((session.Amount, session.RetailPos, session.RedirectUrl), Is.EqualTo((1L, false, Shop.BaseAddress.ToString())));
            Assert.That(session.Reference, Does.StartWith("webhook-test-"));
            Assert.That(session.ExpiresAt - Time.GetUtcNow(), Is.EqualTo(TimeSpan.FromMinutes(3)).Within(TimeSpan.FromMinutes(1)));
        }

        var waiting = await StepAsync(admin);
        Assert.That((State(waiting), IsRunning(waiting)), Is.EqualTo(("Unknown", true)));
        Assert.That(waiting.DocumentElement.TextContent, Does.Contain("Waiting for Mion's call").And.Contain("Mion accepted the webhook address").And.Contain("a call to the store's public address arrives"));

        Mion.Expire(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();

        var arrived = await StepAsync(admin);
        Assert.That((State(arrived), IsRunning(arrived)), Is.EqualTo(("Good", false)));
        Assert.That(arrived.DocumentElement.TextContent, Does.Contain("Mion's test call has arrived"));
        Assert.That((await admin.OpenAsync(Page)).QuerySelector("#mion-facts dd")?.TextContent, Is.Not.EqualTo("–"), "it was a call from Mion");
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task The_result_is_there_when_the_page_is_come_back_to()
    {
        await TestAsync();
        Time.Advance(TimeSpan.FromMinutes(5));
        // the scheduled task looks at the end, and the stand-in calls when the time is over
        await RunPollAsync();
        await Mion.CallbacksSettledAsync();

        var page = await (await AdminAsync()).OpenAsync(Page);

        Assert.That(page.QuerySelector("#mion-webhook-step")?.TextContent, Does.Contain("Mion's test call has arrived"));
    }

    [Test]
    public async Task The_test_is_no_payment_of_the_shop()
    {
        await TestAsync();
        var session = Mion.Sessions.Single();
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        Time.Advance(TimeSpan.FromDays(1));
        await RunPollAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await InScopeAsync<IRepository<MionPaymentSession>, int>(rows => rows.Table.CountAsync()), Is.Zero);
            Assert.That(await InScopeAsync<IRepository<Order>, int>(rows => rows.Table.CountAsync()), Is.Zero);
            Assert.That(Shop.PaidOrders, Is.Empty);
            Assert.That(Mion.Calls(MionOperations.GetStatus), Is.Zero, "the scheduled task does not know it");
            Assert.That(await Shop.GetLogAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task What_is_blocked_in_front_of_the_store_is_said()
    {
        await using var firewall = new RawHttpServer(RawAnswer.Status(403));
        await MoveStoreAsync(firewall.Address);
        var admin = await TestAsync();
        Assert.That((await StepAsync(admin)).DocumentElement.TextContent, Does.Contain("Something in front of the store refuses the call"), "already while Mion's call is awaited");

        await EndAsync(admin);

        var step = await StepAsync(admin);
        Assert.That((State(step), IsRunning(step)), Is.EqualTo(("Bad", false)));
        Assert.That(Sentence(step), Does.StartWith("Something in front of the store refuses the call"));
        Assert.That(step.DocumentElement.TextContent, Does.Contain("Mion's call about the test session has not arrived"));
    }

    [Test]
    public async Task That_calls_are_signed_by_another_secret_is_said_and_no_firewall_is_blamed()
    {
        await Shop.SetSettingAsync("mionsettings.callbacksignatureheader", "X-Signature");
        await Shop.SetSettingAsync("mionsettings.callbacksecret", "not-the-secret");
        var admin = await TestAsync();

        await EndAsync(admin);

        var step = await StepAsync(admin);
        Assert.That((State(step), IsRunning(step)), Is.EqualTo(("Bad", false)));
        Assert.That(step.DocumentElement.TextContent, Does.Contain("their signature is not the one that the secret makes").And.Not.Contain("firewall"));
    }

    [Test]
    public async Task What_only_Mion_cannot_reach_is_said()
    {
        var admin = await TestAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });

        await EndAsync(admin);

        var step = await StepAsync(admin);
        Assert.That(State(step), Is.EqualTo("Bad"));
        Assert.That(Sentence(step), Does.StartWith("Mion's call about the test session has not arrived").And.Contain("/mion/webhook/"));
    }

    [Test]
    public async Task A_server_that_cannot_reach_itself_is_no_fault_when_Mion_can()
    {
        await MoveStoreAsync("http://127.0.0.1:1/");
        var admin = await TestAsync();
        using var call = await NewBrowser().PostAsync($"/mion/webhook/{await TokenAsync()}", new StringContent("{}"));
        Assert.That((int)call.StatusCode, Is.EqualTo(200));

        var step = await StepAsync(admin);

        Assert.That(State(step), Is.EqualTo("Good"));
        Assert.That(step.DocumentElement.TextContent, Does.Contain("Nothing answers at the store URL"), "it is told all the same: tasks will not run");
    }

    [Test]
    public async Task A_wrong_store_address_is_said()
    {
        await MoveStoreAsync("http://127.0.0.1:1/");
        var admin = await TestAsync();
        await EndAsync(admin);

        var step = await StepAsync(admin);

        Assert.That(State(step), Is.EqualTo("Bad"));
        Assert.That(Sentence(step), Does.StartWith("Nothing answers at the store URL"));
    }

    [Test]
    public async Task What_is_no_address_is_said_and_Mion_is_not_asked()
    {
        await MoveStoreAsync("shop.example");
        var admin = await TestAsync();

        Assert.That(Sentence(await StepAsync(admin)), Does.StartWith("The store URL is not a complete address"));
        Assert.That(Mion.Sessions, Is.Empty);
    }

    [Test]
    public async Task A_store_address_that_redirects_is_said()
    {
        await using var elsewhere = new RawHttpServer(RawAnswer.Status(301, $"Location: {Shop.BaseAddress}"));
        await MoveStoreAsync(elsewhere.Address);
        var admin = await TestAsync();
        await EndAsync(admin);

        Assert.That(Sentence(await StepAsync(admin)), Does.StartWith("The store URL redirects the call"));
    }

    [Test]
    public async Task Another_website_at_the_store_address_is_said()
    {
        await using var elsewhere = new RawHttpServer(RawAnswer.Json("{}"));
        await MoveStoreAsync(elsewhere.Address);
        var admin = await TestAsync();
        await EndAsync(admin);

        Assert.That(Sentence(await StepAsync(admin)), Does.StartWith("Something answers at the store URL, but the call did not reach this store"));
    }

    [TestCase(422, "It must be a public address that begins with https://")]
    [TestCase(403, "lacks the permission")]
    [TestCase(500, "answers with an error")]
    public async Task That_Mion_refuses_the_webhook_is_said_with_the_reason(int status, string reason)
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = status, Operation = MionOperations.RegisterWebhook });
        var admin = await TestAsync();

        var step = await StepAsync(admin);

        Assert.That((State(step), IsRunning(step)), Is.EqualTo(("Bad", false)));
        Assert.That(Sentence(step), Does.StartWith("Mion did not accept the webhook address.").And.Contain(reason));
    }

    [Test]
    public async Task That_Mion_opens_no_session_is_said_with_the_reason()
    {
        Mion.RotateKey("another-key");
        var admin = await TestAsync();

        var step = await StepAsync(admin);

        Assert.That(State(step), Is.EqualTo("Bad"));
        Assert.That(Sentence(step), Does.StartWith("Mion did not open a test session").And.Contain("does not accept the API key"));
    }

    [Test]
    public async Task Without_a_key_Mion_is_not_asked()
    {
        await Shop.SetSettingAsync("mionsettings.apikey", "");
        var admin = await TestAsync();

        Assert.That(Sentence(await StepAsync(admin)), Does.Contain("There is no API key that can be read"));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.Zero);
    }

    [Test]
    public async Task An_amount_that_is_too_small_for_Mion_is_followed_by_a_euro()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 422, Operation = MionOperations.CreateSession, Count = 1 });
        await TestAsync();

        Assert.That(Mion.Sessions.Single().Amount, Is.EqualTo(100));
    }

    [Test]
    public async Task A_session_that_ended_without_a_change_proves_nothing_and_blames_nobody()
    {
        NeedsAssumedNames();
        var admin = await TestAsync();
        var session = Mion.Sessions.Single();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            StatusCode = 200,
            Operation = MionOperations.GetStatus,
            Body = $"{{\"paymentSessionId\":\"{session.PaymentSessionId}\",\"status\":\"{session.Status}\"}}"
        });
        await EndAsync(admin);

        var step = await StepAsync(admin);

        Assert.That((State(step), IsRunning(step)), Is.EqualTo(("Unknown", false)));
        Assert.That(Sentence(step), Does.StartWith("Mion has accepted the address, and had nothing to call about"));
    }

    [Test]
    public async Task A_test_of_an_earlier_address_is_worth_nothing()
    {
        var admin = await TestAsync();
        Mion.Expire(Mion.Sessions.Single().PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        Assert.That(State(await StepAsync(admin)), Is.EqualTo("Good"));

        await MoveStoreAsync("https://moved.example/");

        Assert.That(Sentence(await StepAsync(admin)), Does.StartWith("No call has arrived yet"));
    }

    [Test]
    public async Task The_step_is_for_admins_only()
    {
        using var answer = await NewBrowser().GetAsync("/Admin/MionConfiguration/WebhookStep");

        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
    }

    [Test]
    public async Task A_token_of_a_test_never_gets_into_the_support_bundle()
    {
        var admin = await TestAsync();
        var token = await TokenAsync();
        Assert.That(SecretToken.IsWellFormed(token), Is.True);

        using var answer = await admin.GetAsync("/Admin/MionPayments/Support");
        using var zip = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());

        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain(token), entry.Name);
        }
    }

    private static string? State(IHtmlDocument step) => step.QuerySelector(".mion-step")?.GetAttribute("data-health");

    private static bool IsRunning(IHtmlDocument step) => step.QuerySelector(".mion-step")?.GetAttribute("data-running") == "true";

    private static string? Sentence(IHtmlDocument step) => step.QuerySelector(".mion-step-text")?.TextContent;

    private static async Task<IHtmlDocument> StepAsync(ShopBrowser admin)
    {
        using var answer = await admin.GetAsync("/Admin/MionConfiguration/WebhookStep");
        answer.EnsureSuccessStatusCode();
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private async Task<ShopBrowser> TestAsync()
    {
        var admin = await AdminAsync();
        using var tested = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("testWebhook", "true"));
        Assert.That((int)tested.StatusCode, Is.EqualTo(302));
        return admin;
    }

    /// <summary>What stands in the address that Mion was given.</summary>
    private Task<string> TokenAsync() => InScopeAsync<HealthStore, string>(async store =>
        (await store.FindAsync(HealthFacts.RoundTrip))!.Value.Token);

    /// <summary>Lets the time of the test end, with all tries of Mion's.</summary>
    private async Task EndAsync(ShopBrowser admin)
    {
        Time.Advance(TimeSpan.FromMinutes(5));
        await StepAsync(admin);
        await Mion.CallbacksSettledAsync();
    }

    private Task MoveStoreAsync(string url) => InScopeAsync<IRepository<Store>, bool>(async stores =>
    {
        foreach (var store in await stores.Table.ToListAsync())
        {
            store.Url = url;
            await stores.UpdateAsync(store);
        }

        return true;
    });
}
