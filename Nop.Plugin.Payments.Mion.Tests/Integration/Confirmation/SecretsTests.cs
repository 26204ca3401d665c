using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Confirmation;

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

        var texts = (await Shop.GetLogAsync()).Select(line => line.ShortMessage + line.FullMessage).ToList();
        Assert.That(texts, Has.Count.GreaterThan(5), "a good deal went wrong");
        foreach (var id in new[] { purchase.OrderId, purchase.OrderId + 1 })
            texts.AddRange(await Shop.GetNotesAsync(id));
        var secrets = new List<string> { "demo-key", "another-key" };
        foreach (var row in (await SessionsAsync(purchase.OrderId)).Concat(await SessionsAsync(purchase.OrderId + 1)))
            secrets.AddRange([row.Token, row.WebhookToken]);
        Assert.That(texts.Where(text => secrets.Exists(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    private async Task LookAsync(string token, string webhookToken)
    {
        Time.Advance(TimeSpan.FromSeconds(3));
        (await NewBrowser().GetAsync($"/mion/return/{token}")).Dispose();
        (await NewBrowser().PostAsync($"/mion/payment/{token}/retry")).Dispose();
        (await NewBrowser().PostAsync($"/mion/webhook/{webhookToken}")).Dispose();
    }
}
