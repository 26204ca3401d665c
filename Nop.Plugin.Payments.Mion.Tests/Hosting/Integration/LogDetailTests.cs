using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>The log says as much as the merchant wants, and never a key, a token or anything about a customer.</summary>
[TestFixture]
public sealed class LogDetailTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";

    /// <inheritdoc />
    protected override bool Webhooks => true;

    [Test]
    public async Task A_payment_without_trouble_leaves_nothing_in_the_log_of_a_new_store()
    {
        await PayAsync();

        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task What_happens_to_payments_is_written_where_the_merchant_wants_it()
    {
        await ChooseAsync("1");
        await PayAsync();

        var lines = (await Shop.GetLogAsync()).Select(line => line.ShortMessage).ToList();
        Assert.That(lines, Has.Some.StartsWith("Payments.Mion: Opened (Checkout)").And.Some.StartsWith("Payments.Mion: Paid ("));
        Assert.That(lines, Has.None.Contains("[debug]"));
    }

    [Test]
    public async Task Every_detail_names_each_call_and_no_secret()
    {
        await ChooseAsync("2");
        var tokens = await PayAsync();
        Mion.RotateKey("another-key");
        await BuyAsync();

        var log = await Shop.GetLogAsync();
        Assert.That(log.Select(line => line.ShortMessage),
            Has.Some.Contains($"[debug]: {Described?.Contract["create.path"] ?? "POST /payment-sessions"} was answered with 201")
            .And.Some.Contains("[debug]: Mion called about payment session"));
        Assert.That(log.Select(line => line.LogLevelId), Has.None.EqualTo((int)Nop.Core.Domain.Logging.LogLevel.Debug));
        var everything = string.Join('\n', log.Select(line => $"{line.ShortMessage} {line.FullMessage} {line.PageUrl}"));
        foreach (var secret in tokens.Concat(["demo-key", "another-key", "@"]))
            Assert.That(everything, Does.Not.Contain(secret));
    }

    private async Task ChooseAsync(string detail)
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync(Page), "#mion-configuration", ("LogDetail", detail));
        Assert.That((int)saved.StatusCode, Is.EqualTo(302));
    }

    private async Task<string[]> PayAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Soon.Async("Mion has the webhook", async () => (await NewestSessionAsync(purchase.OrderId)).WebhookOnUtc is not null);
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        using var back = await purchase.Browser.GetAsync($"/mion/return/{session.Token}");
        return [session.Token, session.WebhookToken];
    }
}
