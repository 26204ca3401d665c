using AngleSharp.Html.Dom;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Admin;

/// <summary>Two stores on one site: each with its own key, address and limits where it wants them.</summary>
[TestFixture]
public sealed class TwoStoresTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";
    private const string Form = "#mion-configuration";

    protected override bool SecondStore => true;

    [Test]
    public async Task A_store_overrides_what_is_marked_as_its_own_and_nothing_else()
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        var page = await admin.OpenAsync($"/Admin/Setting/ChangeStoreScopeConfiguration?storeid=2&returnUrl={Page}");
        using var saved = await admin.SubmitAsync(page, Form, ("SessionLifetimeMinutes_OverrideForStore", "true"), ("SessionLifetimeMinutes", "30"),
            ("PollIntervalSeconds", "999"), ("WebhooksEnabled_OverrideForStore", "true"), ("WebhooksEnabled", "true"));
        Assert.That((int)saved.StatusCode, Is.EqualTo(302));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes", 2), Is.EqualTo("30"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.EqualTo("1440"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.webhooksenabled", 2), Is.EqualTo("True"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.webhooksenabled"), Is.EqualTo("False"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.pollintervalseconds", 2), Is.Null);
            Assert.That(await Shop.GetSettingAsync("mionsettings.apikey", 2), Is.Null);
        }

        var again = await admin.OpenAsync(Page);
        Assert.That(again.QuerySelector("#mion-webhook-url")?.TextContent, Does.StartWith("http://localhost:"));
        Assert.That(((IHtmlInputElement)again.QuerySelector("#SessionLifetimeMinutes_OverrideForStore")!).IsChecked, Is.True);
        Assert.That(((IHtmlInputElement)again.QuerySelector("#PollIntervalSeconds_OverrideForStore")!).IsChecked, Is.False);
    }

    [Test]
    public async Task An_order_is_paid_and_checked_with_its_own_stores_key()
    {
        Mion.AddKey("second-key");
        await Shop.SetSettingAsync("mionsettings.apikey", "second-key", 2);
        var (first, firstSession) = await BuyWithSessionAsync();
        var (second, secondSession) = await BuyWithSessionAsync(NewBrowser(new Uri($"http://localhost:{Shop.BaseAddress.Port}/")));
        Assert.That(Mion.Sessions.Select(session => session.Merchant), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(Mion.Sessions[1].RedirectUrl, Does.StartWith("http://localhost:"));
        Assert.That((firstSession.StoreId, secondSession.StoreId), Is.EqualTo((1, 2)));

        foreach (var session in Mion.Sessions)
            Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        // the task runs in the first store's request; the stand-in shows a session to its own merchant only
        Assert.That(Shop.PaidOrders, Is.EquivalentTo(new[] { first.OrderId, second.OrderId }));
        Assert.That(Mion.Journal.Where(entry => entry.Operation == MionOperations.GetStatus).Select(entry => entry.StatusCode), Is.All.EqualTo(200));
    }
}
