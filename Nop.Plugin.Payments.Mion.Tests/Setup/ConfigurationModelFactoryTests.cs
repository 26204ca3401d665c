using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.DataProtection;
using Moq;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

public class ConfigurationModelFactoryTests
{
    private static IEnumerable<string> Companions =>
        typeof(ConfigurationModel).GetProperties().Select(property => property.Name).Where(name => name.EndsWith("_OverrideForStore", StringComparison.Ordinal));

    private FakeSettings _settings = null!;
    private Currency[] _currencies = null!;
    private List<Store> _stores = null!;

    [SetUp]
    public void SetUp()
    {
        _settings = new FakeSettings(storeId: 0);
        _settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(1)).ReturnsAsync(_settings.Values);
        _settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(2)).ReturnsAsync(_settings.Values);
        _currencies = [FakeCurrencies.Currency("EUR", 1m)];
        _stores = [new Store { Id = 1, Url = "http://one.example/", SslEnabled = true }, new Store { Id = 2, Url = "https://two.example/shop/" }];
    }

    [Test]
    public async Task The_page_shows_every_setting_but_the_key()
    {
        _settings.Values.DescriptionText = "Pay with sats";
        _settings.Values.AdditionalFee = 1.5m;
        _settings.Values.DeleteDataOnUninstall = true;

        var model = await PrepareAsync();

        Assert.Multiple(() =>
        {
            foreach (var setting in typeof(MionSettings).GetProperties().Where(property =>
                property.Name is not (nameof(MionSettings.ApiKey) or nameof(MionSettings.PreviousApiKey) or nameof(MionSettings.LogDetail)
                or nameof(MionSettings.CallbackSecret) or nameof(MionSettings.ApiContract) or nameof(MionSettings.HealthKeyHash))))
                Assert.That(typeof(ConfigurationModel).GetProperty(setting.Name)!.GetValue(model), Is.EqualTo(setting.GetValue(_settings.Values)), setting.Name);
        });
    }

    [Test]
    public async Task The_key_is_never_put_on_the_page()
    {
        var shown = await PrepareAsync();
        var shownAgain = await PrepareAsync(posted: new ConfigurationModel { ApiKey = Some.ApiKey });

        Assert.Multiple(() =>
        {
            Assert.That(shown.ApiKey, Is.Null);
            Assert.That(shownAgain.ApiKey, Is.Null);
            Assert.That(shown.ToString(), Does.Not.Contain(Some.ApiKey));
            Assert.That((shown.HasApiKey, shown.IsApiKeyReadable), Is.EqualTo((true, true)));
        });
    }

    [Test]
    public async Task A_missing_key_is_told()
    {
        _settings.Values.ApiKey = string.Empty;

        Assert.That((await PrepareAsync()).HasApiKey, Is.False);
    }

    [Test]
    public async Task A_key_that_cannot_be_read_any_more_is_told()
    {
        _settings.Values.ApiKey = new ApiKeyProtector(new EphemeralDataProtectionProvider()).Protect(Some.ApiKey);
        var model = await PrepareAsync();

        Assert.That((model.HasApiKey, model.IsApiKeyReadable), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_form_that_was_not_valid_keeps_what_was_typed()
    {
        var posted = new ConfigurationModel { BaseUrl = "typo", PollIntervalSeconds = 5, BaseUrl_OverrideForStore = true, ActiveStoreScopeConfiguration = 2 };

        var model = await PrepareAsync(storeId: 2, posted);

        Assert.Multiple(() =>
        {
            Assert.That(model, Is.SameAs(posted));
            Assert.That((model.BaseUrl, model.PollIntervalSeconds, model.BaseUrl_OverrideForStore), Is.EqualTo(("typo", 5, true)));
            Assert.That(model.WebhookUrl, Is.Not.Empty);
            Assert.That(model.HasApiKey, Is.True);
        });
    }

    [Test]
    public async Task In_a_stores_scope_each_setting_says_whether_it_is_the_stores_own([ValueSource(nameof(Companions))] string companion)
    {
        var setting = companion[..^"_OverrideForStore".Length];
        Own(setting);

        var model = await PrepareAsync(storeId: 2);

        Assert.Multiple(() =>
        {
            Assert.That(model.ActiveStoreScopeConfiguration, Is.EqualTo(2));
            Assert.That(Companions.Where(name => (bool)typeof(ConfigurationModel).GetProperty(name)!.GetValue(model)!), Is.EqualTo(new[] { companion }));
        });
    }

    [Test]
    public async Task For_all_stores_nothing_is_a_stores_own()
    {
        _settings.Service.SetReturnsDefault(Task.FromResult(true));

        var model = await PrepareAsync();

        Assert.That(Companions.Where(name => (bool)typeof(ConfigurationModel).GetProperty(name)!.GetValue(model)!), Is.Empty);
    }

    [Test]
    public void Every_setting_of_a_store_has_its_companion() => Assert.That(Companions.Select(name => name[..^"_OverrideForStore".Length]),
        Is.EquivalentTo(typeof(MionSettings).GetProperties().Select(property => property.Name)
            .Where(name => name is not (nameof(MionSettings.DeleteDataOnUninstall) or nameof(MionSettings.LogDetail) or nameof(MionSettings.HistoryDays) or nameof(MionSettings.PreviousApiKey) or nameof(MionSettings.ApiContract) or nameof(MionSettings.HealthKeyHash)))));

    private static IEnumerable<TestCaseData> Currencies() =>
    [
        new TestCaseData(new[] { FakeCurrencies.Currency("EUR", 1m) }, CurrencyNotice.None, "EUR").SetArgDisplayNames("euro"),
        new TestCaseData(new[] { FakeCurrencies.Currency("USD", 1m), FakeCurrencies.Currency("EUR", 0.9m) }, CurrencyNotice.Converted, "USD").SetArgDisplayNames("dollar and euro"),
        new TestCaseData(new[] { FakeCurrencies.Currency("USD", 1m) }, CurrencyNotice.NoEuro, "").SetArgDisplayNames("dollar alone")
    ];

    [TestCaseSource(nameof(Currencies))]
    public async Task The_page_says_how_the_stores_currency_gets_to_the_euro(Currency[] currencies, CurrencyNotice notice, string code)
    {
        _currencies = currencies;
        var model = await PrepareAsync();

        Assert.That((model.CurrencyNotice, model.PrimaryCurrencyCode), Is.EqualTo((notice, code)));
    }

    [TestCase(0, "https://one.example/mion/webhook/…")]
    [TestCase(2, "https://two.example/shop/mion/webhook/…")]
    [TestCase(9, "https://one.example/mion/webhook/…")]
    public async Task The_page_shows_where_Mion_calls_the_store(int storeId, string url)
    {
        _settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(storeId)).ReturnsAsync(_settings.Values);

        Assert.That((await PrepareAsync(storeId)).WebhookUrl, Is.EqualTo(url));
    }

    [Test]
    public async Task Without_a_store_there_is_no_address()
    {
        _stores = [];

        Assert.That((await PrepareAsync()).WebhookUrl, Is.Empty);
    }

    private Task<ConfigurationModel> PrepareAsync(int storeId = 0, ConfigurationModel? posted = null)
    {
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetAllStoresAsync()).ReturnsAsync(_stores);
        var desk = new FakeDesk(_settings, stores.Object);
        return new ConfigurationModelFactory(new ConfigurationSettings(_settings.Protector, _settings.Service.Object,
            Mock.Of<Nop.Services.Stores.IStoreService>(), Some.OwnText(_settings.Service.Object), desk.Log,
            new PollTaskSchedule(Mock.Of<IScheduleTaskService>(), _settings.Store, TimeProvider.System)), desk.Description,
                new FakeCurrencies(_currencies).Conversion, desk.Health, stores.Object, new MionClock(TimeProvider.System), desk.Texts,
                _settings.Store).PrepareAsync(storeId, posted);
    }

    /// <summary>Says that store 2 has a value of its own for a setting; the question is asked with the setting's type.</summary>
    private void Own(string setting) => typeof(ConfigurationModelFactoryTests)
        .GetMethod(nameof(OwnOfType), BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(typeof(MionSettings).GetProperty(setting)!.PropertyType)
        .Invoke(this, [setting]);

    private void OwnOfType<T>(string setting) => _settings.Service
        .Setup(service => service.SettingExistsAsync(_settings.Values, It.Is<Expression<Func<MionSettings, T>>>(key => ((MemberExpression)key.Body).Member.Name == setting), 2))
        .ReturnsAsync(true);
}
