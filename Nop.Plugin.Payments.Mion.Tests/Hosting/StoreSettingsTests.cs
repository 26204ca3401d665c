using Microsoft.AspNetCore.DataProtection;
using Moq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class StoreSettingsTests
{
    [Test]
    public async Task Each_store_has_its_own_settings()
    {
        var service = new Mock<ISettingService>();
        service.Setup(settings => settings.LoadSettingAsync<MionSettings>(1)).ReturnsAsync(new MionSettings { BaseUrl = "https://one.example" });
        service.Setup(settings => settings.LoadSettingAsync<MionSettings>(2)).ReturnsAsync(new MionSettings { BaseUrl = "https://two.example" });
        var stores = new StoreSettings(service.Object, new FakeSettings().Protector);

        Assert.Multiple(async () =>
        {
            Assert.That((await stores.LoadAsync(1)).BaseUrl, Is.EqualTo("https://one.example"));
            Assert.That((await stores.LoadApiOptionsAsync(2)).BaseUrl, Is.EqualTo("https://two.example"));
        });
    }

    [Test]
    public async Task What_a_call_to_Mion_needs_comes_from_the_settings_with_the_key_in_plain_text()
    {
        var store = new FakeSettings();
        (store.Values.BaseUrl, store.Values.ApiKeyHeader, store.Values.ApiKeyPrefix) = ("https://a.example", "H", "P");
        (store.Values.CreateSessionPath, store.Values.GetSessionStatusPath) = ("/1", "/2");
        (store.Values.GetSessionByReferencePath, store.Values.CreateWebhookPath) = ("/3", "/4");

        var options = await store.Store.LoadApiOptionsAsync(1);

        Assert.Multiple(() =>
        {
            Assert.That(options.ApiKey, Is.EqualTo(Some.ApiKey));
            Assert.That(options.BaseUrl, Is.EqualTo("https://a.example"));
            Assert.That(options.ApiKeyHeader, Is.EqualTo("H"));
            Assert.That(options.ApiKeyPrefix, Is.EqualTo("P"));
            Assert.That(options.CreateSessionPath, Is.EqualTo("/1"));
            Assert.That(options.GetSessionStatusPath, Is.EqualTo("/2"));
            Assert.That(options.GetSessionByReferencePath, Is.EqualTo("/3"));
            Assert.That(options.CreateWebhookPath, Is.EqualTo("/4"));
        });
    }

    [Test]
    public async Task A_key_that_cannot_be_read_is_no_key()
    {
        var store = new FakeSettings();
        store.Values.ApiKey = new ApiKeyProtector(new EphemeralDataProtectionProvider()).Protect(Some.ApiKey);

        Assert.Multiple(async () =>
        {
            Assert.That((await store.Store.LoadApiOptionsAsync(1)).ApiKey, Is.Empty);
            Assert.That(store.Store.IsConfigured(store.Values), Is.False);
        });
    }

    [Test]
    public void A_key_is_all_that_a_fresh_installation_needs() => Assert.Multiple(() =>
    {
        var store = new FakeSettings();
        Assert.That(store.Store.IsConfigured(store.Values), Is.True);
        store.Values.ApiKey = string.Empty;
        Assert.That(store.Store.IsConfigured(store.Values), Is.False);
    });

    [TestCase("https://api.mion.group", "https://app.mion.group/checkout/{paymentSessionId}", true)]
    [TestCase("http://127.0.0.1:5081", "http://127.0.0.1:5081/checkout/{paymentSessionId}", true)]
    [TestCase("http://api.mion.group", "https://app.mion.group/checkout/{paymentSessionId}", false)]
    [TestCase("", "https://app.mion.group/checkout/{paymentSessionId}", false)]
    [TestCase("https://api.mion.group", "http://app.mion.group/checkout/{paymentSessionId}", false)]
    [TestCase("https://api.mion.group", "https://app.mion.group/checkout", false)]
    [TestCase("https://api.mion.group", "/checkout/{paymentSessionId}", false)]
    [TestCase("https://api.mion.group", "", false)]
    public void Without_addresses_that_may_be_called_the_method_cannot_work(string baseUrl, string checkoutUrlTemplate, bool isConfigured)
    {
        var store = new FakeSettings();
        (store.Values.BaseUrl, store.Values.CheckoutUrlTemplate) = (baseUrl, checkoutUrlTemplate);

        Assert.That(store.Store.IsConfigured(store.Values), Is.EqualTo(isConfigured));
    }

    [Test]
    public void A_shopper_has_a_day_to_pay_and_a_payment_is_looked_for_every_minute_by_default() => Assert.Multiple(() =>
    {
        var settings = new MionSettings();
        Assert.That(settings.SessionLifetimeMinutes, Is.EqualTo(1440));
        Assert.That(settings.PollIntervalSeconds, Is.EqualTo(60));
        Assert.That(settings.LatePaymentDays, Is.EqualTo(7));
        Assert.That(settings.WebhooksEnabled, Is.True);
        Assert.That(settings.DeleteDataOnUninstall, Is.False);
    });
}
