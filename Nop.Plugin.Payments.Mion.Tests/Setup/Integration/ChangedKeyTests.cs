using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup.Integration;

/// <summary>A new API key does not strand the sessions that were opened with the old one.</summary>
[TestFixture]
public sealed class ChangedKeyTests : ShopFixture
{
    private const string Page = "/Admin/Mion/Configure";

    protected override bool SecondStore => true;

    [Test]
    public async Task A_session_that_the_new_key_may_not_see_is_read_with_the_old_one()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await SaveAsync(0, ("ApiKey", "a-key-that-is-not-known"));
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.GetSettingAsync("mionsettings.previousapikey"), Does.StartWith("protected:"), "it is stored like the other");
    }

    [Test]
    public async Task A_key_that_was_mistyped_in_between_does_not_push_it_out()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await SaveAsync(0, ("ApiKey", "a-kye-that-was-mistyped"));
        await SaveAsync(0, ("ApiKey", "a-key-of-another-account"));
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_store_that_gives_its_own_key_up_still_reads_what_was_opened_with_it()
    {
        await SaveAsync(1, ("ApiKey_OverrideForStore", "true"), ("ApiKey", "demo-key"));
        await SaveAsync(0, ("ApiKey", "a-key-of-another-account"));
        var (purchase, session) = await BuyWithSessionAsync();

        await SaveAsync(1, ("ApiKey_OverrideForStore", "false"));
        Assert.That(await Shop.GetSettingAsync("mionsettings.apikey", 1), Is.Null);
        // saved again, it is not forgotten
        await SaveAsync(1, ("ApiKey_OverrideForStore", "false"));
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    private async Task SaveAsync(int storeId, params (string Name, string? Value)[] fields)
    {
        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        var page = await admin.OpenAsync($"/Admin/Setting/ChangeStoreScopeConfiguration?storeid={storeId}&returnUrl={Page}");
        using var saved = await admin.SubmitAsync(page, "#mion-configuration", fields);
        Assert.That((int)saved.StatusCode, Is.EqualTo(302));
    }
}
