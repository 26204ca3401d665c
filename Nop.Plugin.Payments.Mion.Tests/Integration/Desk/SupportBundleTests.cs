using System.IO.Compression;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Desk;

/// <summary>The support bundle helps, and gives nobody away.</summary>
[TestFixture]
public sealed class SupportBundleTests : ShopFixture
{
    [Test]
    public async Task It_tells_what_happened_and_holds_nothing_secret_and_nothing_personal()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var handled = await admin.SendFormAsync("/Admin/MionPayments/Handle", ("id", $"{session.Id}"), ("comment", "called Erika Muster"));
        using var tested = await admin.SubmitAsync(await admin.OpenAsync("/Admin/Mion/Configure"), "#mion-configuration", ("testWebhook", "true"));

        using var answer = await admin.GetAsync("/Admin/MionConfiguration/Support");
        var content = await ReadAsync(await answer.Content.ReadAsByteArrayAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(content.Keys, Is.EquivalentTo(new[] { "about.json", "settings.json", "health.json", "payments.json", "history.json", "log.json" }));
            Assert.That(content["payments.json"], Does.Contain(session.PaymentSessionId));
            Assert.That(content["history.json"], Does.Contain("OrderCancelled").And.Contain("Handled"));
            Assert.That(content["log.json"], Does.Contain("order 1 needs a person"));
            var everything = string.Concat(content.Values);
            foreach (var secret in new[] { session.Token, session.WebhookToken, "demo-key", "protected:", "Erika", "@", "CustomerId" })
                Assert.That(everything, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task It_is_for_admins_only()
    {
        using var answer = await NewBrowser().GetAsync("/Admin/MionConfiguration/Support");

        Assert.That(answer.Headers.Location?.AbsolutePath, Is.EqualTo("/Admin/Login"));
    }

    private static async Task<Dictionary<string, string>> ReadAsync(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        var content = new Dictionary<string, string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            content.Add(entry.Name, await reader.ReadToEndAsync());
        }

        return content;
    }
}
