using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>Whatever goes wrong, neither the key nor a token is written where people read.</summary>
[TestFixture]
public sealed class SecretsTests : ShopFixture
{
    protected override bool Webhooks => true;

    [Test]
    public async Task Neither_the_log_nor_a_note_holds_a_key_or_a_token()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        foreach (var fault in new[] { FaultKind.Html, FaultKind.Huge, FaultKind.WrongTypes, FaultKind.Redirect, FaultKind.LostAnswer })
        {
            Mion.Faults.Add(new FaultRule { Kind = fault, Count = 3 });
            await LookAsync(session.Token, session.WebhookToken);
            await PollWhenDueAsync();
            Mion.Faults.Clear();
        }

        Breakages.Database = true;
        await LookAsync(session.Token, session.WebhookToken);
        Breakages.Database = false;
        Mion.RotateKey("another-key");
        await BuyAsync();
        Mion.RotateKey("demo-key");
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromHours(2));
        await RunPollAsync();

        var texts = (await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.FullMessage + line.PageUrl).ToList();
        Assert.That(texts, Has.Count.GreaterThan(5), "a good deal went wrong");
        foreach (var id in new[] { purchase.OrderId, purchase.OrderId + 1 })
            texts.AddRange(await Shop.GetNotesAsync(id));
        var secrets = new List<string> { "demo-key", "another-key" };
        foreach (var row in (await SessionsAsync(purchase.OrderId)).Concat(await SessionsAsync(purchase.OrderId + 1)))
            secrets.AddRange([row.Token, row.WebhookToken]);
        Assert.That(texts.Where(text => secrets.Exists(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public async Task While_the_database_fails_the_pages_say_so_in_plain_words()
    {
        var (_, session) = await BuyWithSessionAsync();
        Breakages.Database = true;

        foreach (var address in new[] { $"/mion/return/{session.Token}", $"/mion/payment/{session.Token}", $"/mion/payment/{session.Token}/status" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept-Language", "de-AT,de;q=0.9");
            using var answer = await NewBrowser().SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(503), address);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("Der Shop kann gerade nicht antworten").And.Not.Contain("Exception"), address);
        }

        Breakages.Database = false;
        Assert.That((await Shop.GetLogAsync()).Where(line => line.PageUrl.Contains(session.Token, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_shoppers_token_opens_no_webhook()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        var asked = Mion.Calls(MionOperations.GetStatus);

        using var answer = await NewBrowser().PostAsync($"/mion/webhook/{session.Token}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(Mion.Calls(MionOperations.GetStatus), Is.EqualTo(asked));
    }

    private async Task LookAsync(string token, string webhookToken)
    {
        Time.Advance(TimeSpan.FromSeconds(3));
        (await NewBrowser().GetAsync($"/mion/return/{token}")).Dispose();
        (await NewBrowser().PostAsync($"/mion/payment/{token}/retry")).Dispose();
        (await NewBrowser().PostAsync($"/mion/webhook/{webhookToken}")).Dispose();
    }
}
