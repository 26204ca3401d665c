using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Desk;

/// <summary>A new API key does not strand the sessions that were opened with the old one.</summary>
[TestFixture]
public sealed class ChangedKeyTests : ShopFixture
{
    [Test]
    public async Task A_session_that_the_new_key_may_not_see_is_read_with_the_old_one()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        using var saved = await admin.SubmitAsync(await admin.OpenAsync("/Admin/Mion/Configure"), "#mion-configuration", ("ApiKey", "a-key-that-is-not-known"));
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.GetSettingAsync("mionsettings.previousapikey"), Does.StartWith("protected:"), "it is stored like the other");
    }
}
