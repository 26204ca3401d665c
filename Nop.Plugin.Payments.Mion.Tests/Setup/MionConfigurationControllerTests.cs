using Microsoft.AspNetCore.Mvc;
using Moq;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

public class MionConfigurationControllerTests
{
    private FakeSettings _settings = null!;
    private Mock<INotificationService> _notifications = null!;
    private MionClient _mion = null!;
    private MionConfigurationController _controller = null!;

    [SetUp]
    public void SetUp()
    {
        _settings = new FakeSettings(storeId: 0);
        _settings.Service.Setup(service => service.LoadSettingAsync<MionSettings>(2)).ReturnsAsync(_settings.Values);
        _notifications = new Mock<INotificationService>();
        _mion = new MionClient();
        var texts = new Mock<ILocalizationService>();
        texts.Setup(service => service.GetResourceAsync(It.IsAny<string>())).ReturnsAsync((string name) => name);
        var stores = new Mock<IStoreService>();
        stores.Setup(service => service.GetAllStoresAsync()).ReturnsAsync([new Nop.Core.Domain.Stores.Store { Id = 2, Name = "Second", Url = "https://shop.example/" }]);
        var storeContext = new Mock<IStoreContext>();
        storeContext.Setup(context => context.GetActiveStoreScopeConfigurationAsync()).ReturnsAsync(2);
        var desk = new FakeDesk(_settings, stores.Object);
        var configuration = new ConfigurationSettings(_settings.Protector, _settings.Service.Object, stores.Object, Some.OwnText(_settings.Service.Object), desk.Log, new PollTaskSchedule(Mock.Of<IScheduleTaskService>(), _settings.Store, TimeProvider.System));
        _controller = new MionConfigurationController(configuration,
            new ConfigurationModelFactory(configuration, desk.Description, new FakeCurrencies(FakeCurrencies.Currency("EUR", 1m))
                .Conversion, desk.Health, stores.Object, new MionClock(TimeProvider.System), desk.Texts, _settings.Store),
            texts.Object, _notifications.Object, storeContext.Object,
            desk.Steps, desk.SetupTests(_mion.Api), desk.RoundTrip(_mion.Api));
    }

    [TearDown]
    public void TearDown()
    {
        _controller.Dispose();
        _mion.Dispose();
    }

    [Test]
    public async Task The_page_is_that_of_the_chosen_store()
    {
        var page = await _controller.Configure();

        Assert.Multiple(() =>
        {
            Assert.That((page as ViewResult)?.ViewName, Is.EqualTo("~/Plugins/Payments.Mion/Views/Setup/Configure.cshtml"));
            Assert.That(((page as ViewResult)?.Model as ConfigurationModel)?.ActiveStoreScopeConfiguration, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_valid_form_is_saved()
    {
        var result = await _controller.Configure(Form());

        Assert.That((result as RedirectToRouteResult)?.RouteName, Is.EqualTo(MionDefaults.Route.Configure));
        _settings.Service.Verify(service => service.ClearCacheAsync(), Times.Once);
        _notifications.Verify(service => service.SuccessNotification("Admin.Plugins.Saved", true, 0), Times.Once);
        _notifications.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_form_that_is_not_valid_is_shown_again_and_not_saved()
    {
        _controller.ModelState.AddModelError("BaseUrl", "not an address");

        var result = await _controller.Configure(Form());

        Assert.That(((result as ViewResult)?.Model as ConfigurationModel)?.BaseUrl, Is.EqualTo(Form().BaseUrl));
        _settings.Service.Verify(service => service.ClearCacheAsync(), Times.Never);
        _notifications.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_form_of_another_store_than_the_one_chosen_by_now_is_not_saved()
    {
        var result = await _controller.Configure(Form() with { ActiveStoreScopeConfiguration = 0 });

        Assert.That((result as RedirectToRouteResult)?.RouteName, Is.EqualTo(MionDefaults.Route.Configure));
        _settings.Service.Verify(service => service.ClearCacheAsync(), Times.Never);
        _notifications.Verify(service => service.ErrorNotification("Plugins.Payments.Mion.Validation.OtherStore", true, 0), Times.Once);
    }

    [TestCase(401, true)]
    [TestCase(404, false)]
    public async Task The_connection_is_tested_with_what_was_saved(int answerToAWrongKey, bool works)
    {
        await using var server = new RawHttpServer(RawAnswer.Status(404), RawAnswer.Status(answerToAWrongKey));

        await _controller.Configure(Form() with { BaseUrl = server.Address, ApiKey = "a-new-key" }, test: "");

        Assert.That(server.Requests[0].Headers["Authorization"], Is.EqualTo("a-new-key"));
        _notifications.Verify(service => service.SuccessNotification("Plugins.Payments.Mion.ConnectionTest.Works", true, 0), Times.Exactly(works ? 1 : 0));
        _notifications.Verify(service => service.ErrorNotification("Plugins.Payments.Mion.ConnectionTest.KeyNotChecked", true, 0), Times.Exactly(works ? 0 : 1));
        _notifications.Verify(service => service.SuccessNotification("Admin.Plugins.Saved", true, 0), Times.Exactly(works ? 1 : 0), "nothing green above a failure");
    }

    private static ConfigurationModel Form() => new()
    {
        ActiveStoreScopeConfiguration = 2,
        BaseUrl = "https://api.example",
        ApiKeyHeader = "Authorization",
        GetSessionByReferencePath = "/{reference}"
    };
}
