using Microsoft.Extensions.Time.Testing;
using Moq;
using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tasks;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class InstallationTests
{
    private FakeSettings _settings = null!;
    private PaymentSettings _payments = null!;
    private WidgetSettings _widgets = null!;
    private Mock<ILocalizationService> _texts = null!;
    private Mock<IPermissionService> _permissions = null!;
    private Mock<IRepository<MionPaymentEvent>> _history = null!;
    private Mock<IRepository<MionPaymentSession>> _sessions = null!;
    private Mock<IScheduleTaskService> _tasks = null!;
    private Mock<IMessageTemplateService> _templates = null!;
    private Installation _installation = null!;

    [SetUp]
    public void SetUp()
    {
        _settings = new FakeSettings(storeId: 0);
        _payments = new PaymentSettings { ActivePaymentMethodSystemNames = ["Payments.CheckMoneyOrder"] };
        _settings.Service.Setup(service => service.LoadSettingAsync<PaymentSettings>(0)).ReturnsAsync(_payments);
        _widgets = new WidgetSettings { ActiveWidgetSystemNames = ["Widgets.Swiper"] };
        _settings.Service.Setup(service => service.LoadSettingAsync<WidgetSettings>(0)).ReturnsAsync(_widgets);
        _texts = new Mock<ILocalizationService>();
        _texts.Setup(service => service.GetAllResourceValuesAsync(3, null)).ReturnsAsync([]);
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetAllLanguagesAsync(true, 0)).ReturnsAsync([new Language { Id = 3, LanguageCulture = "en-US" }]);
        _permissions = new Mock<IPermissionService>();
        _history = new Mock<IRepository<MionPaymentEvent>>();
        _sessions = new Mock<IRepository<MionPaymentSession>>();
        _tasks = new Mock<IScheduleTaskService>();
        _templates = new Mock<IMessageTemplateService>();
        _templates.Setup(service => service.GetMessageTemplatesByNameAsync(It.IsAny<string>(), It.IsAny<int?>())).ReturnsAsync([]);
        _settings.Service.Setup(service => service.LoadSettingAsync<MionTillSettings>(0)).ReturnsAsync(new MionTillSettings());
        _installation = new Installation(
            new AlertTemplate(new EmailAccountSettings(), languages.Object, _templates.Object, new LocalizationSettings { DefaultAdminLanguageId = 3 }),
            new FakeDesk(_settings).Record, _permissions.Object, _settings.Service.Object, new LanguagePacks(languages.Object, _texts.Object),
            new PluginActivation(_settings.Service.Object), new PollTaskSchedule(_tasks.Object, _settings.Store, new FakeTimeProvider(new DateTimeOffset(Some.Now))),
            new StoredRecords(new DayCloseStore(Mock.Of<IRepository<MionTillClose>>(), _sessions.Object), new HealthStore(Mock.Of<IRepository<MionHealthEntry>>()), Some.OwnText(_settings.Service.Object), new PaymentAttemptStore(Mock.Of<IRepository<MionPaymentAttempt>>(), _sessions.Object),
                new PaymentEventStore(_history.Object), new PaymentSessionStore(_sessions.Object, Mock.Of<IRepository<Order>>())));
    }

    [Test]
    public async Task Installing_adds_texts_and_the_task_and_makes_the_method_active()
    {
        ScheduleTask? task = null;
        _tasks.Setup(service => service.InsertTaskAsync(It.IsAny<ScheduleTask>())).Callback<ScheduleTask>(inserted => task = inserted);

        await _installation.InstallAsync();

        _settings.Service.Verify(service => service.SaveSettingAsync(It.IsAny<MionSettings>(), It.IsAny<int>()), Times.Never, "defaults are not saved");
        _settings.Service.Verify(service => service.SaveSettingAsync(_payments, 0), Times.Once);
        foreach (var name in new[] { AlertTemplate.Name, AlertTemplate.ChargeName, AlertTemplate.UnansweredName, AlertTemplate.PayLinkName })
            _templates.Verify(service => service.InsertMessageTemplateAsync(It.Is<MessageTemplate>(template => template.Name == name && template.IsActive)), Times.Once);
        _texts.Verify(service => service.AddOrUpdateLocaleResourceAsync(It.Is<IDictionary<string, string>>(texts => texts.Count == MionStrings.English.Count), 3), Times.Once);
        Assert.Multiple(() =>
        {
            Assert.That(_payments.ActivePaymentMethodSystemNames, Is.EqualTo(new[] { "Payments.CheckMoneyOrder", "Payments.Mion" }));
            Assert.That(_widgets.ActiveWidgetSystemNames, Is.EqualTo(new[] { "Widgets.Swiper", "Payments.Mion" }), "or nothing of the plugin is shown in the admin area");
            Assert.That(task, Is.Not.Null);
            Assert.That((task?.Seconds, task?.Enabled, task?.StopOnError, task?.LastEnabledUtc), Is.EqualTo(((int?)60, (bool?)true, (bool?)false, (DateTime?)Some.Now)));
            Assert.That(typeof(PaymentPollTask).Assembly.GetType(task?.Type ?? ""), Is.EqualTo(typeof(PaymentPollTask)), "nopCommerce finds the task by this name");
        });
    }

    [Test]
    public async Task Installing_over_what_was_left_keeps_it_and_doubles_nothing()
    {
        _payments.ActivePaymentMethodSystemNames.Add("payments.mion");
        _tasks.Setup(service => service.GetTaskByTypeAsync(MionDefaults.PollTaskType)).ReturnsAsync(new ScheduleTask { Seconds = 300 });
        var key = _settings.Values.ApiKey;

        await _installation.InstallAsync();

        _tasks.Verify(service => service.InsertTaskAsync(It.IsAny<ScheduleTask>()), Times.Never);
        Assert.Multiple(() =>
        {
            Assert.That(_settings.Values.ApiKey, Is.EqualTo(key));
            Assert.That(_payments.ActivePaymentMethodSystemNames, Is.EqualTo(new[] { "Payments.CheckMoneyOrder", "Payments.Mion" }));
        });
    }

    [Test]
    public async Task The_task_runs_as_often_as_the_settings_say()
    {
        _settings.Values.PollIntervalSeconds = 120;

        await _installation.InstallAsync();

        _tasks.Verify(service => service.InsertTaskAsync(It.Is<ScheduleTask>(task => task.Seconds == 120)), Times.Once);
    }

    [Test]
    public async Task An_update_brings_new_texts_and_a_missing_task_and_touches_no_settings()
    {
        await _installation.UpdateAsync();

        _texts.Verify(service => service.AddOrUpdateLocaleResourceAsync(It.IsAny<IDictionary<string, string>>(), 3), Times.Once);
        Assert.That(_widgets.ActiveWidgetSystemNames, Does.Contain("Payments.Mion"));
        _tasks.Verify(service => service.InsertTaskAsync(It.IsAny<ScheduleTask>()), Times.Once);
        _settings.Service.Verify(service => service.SaveSettingAsync(It.IsAny<MionSettings>(), It.IsAny<int>()), Times.Never);
        _settings.Service.Verify(service => service.SaveSettingAsync(It.IsAny<PaymentSettings>(), It.IsAny<int>()), Times.Never);
    }

    [Test]
    public async Task Uninstalling_removes_everything_but_the_records_of_payments()
    {
        var task = new ScheduleTask();
        _tasks.Setup(service => service.GetTaskByTypeAsync(MionDefaults.PollTaskType)).ReturnsAsync(task);
        _payments.ActivePaymentMethodSystemNames.Add("Payments.Mion");
        _widgets.ActiveWidgetSystemNames.Add("Payments.Mion");

        await _installation.UninstallAsync();

        _tasks.Verify(service => service.DeleteTaskAsync(task), Times.Once);
        _texts.Verify(service => service.DeleteLocaleResourcesAsync("Plugins.Payments.Mion", null), Times.Once);
        _settings.Service.Verify(service => service.DeleteSettingAsync<MionSettings>(), Times.Once);
        _permissions.Verify(service => service.DeletePermissionAsync(MionPermissions.View), Times.Once);
        _permissions.Verify(service => service.DeletePermissionAsync(MionPermissions.Decide), Times.Once);
        _sessions.VerifyNoOtherCalls();
        _history.VerifyNoOtherCalls();
        Assert.That(_widgets.ActiveWidgetSystemNames, Is.EqualTo(new[] { "Widgets.Swiper" }));
        Assert.That(_payments.ActivePaymentMethodSystemNames, Is.EqualTo(new[] { "Payments.CheckMoneyOrder" }));
    }

    [Test]
    public async Task The_records_of_payments_go_when_the_merchant_has_said_so()
    {
        _settings.Values.DeleteDataOnUninstall = true;

        await _installation.UninstallAsync();

        Assert.That(_history.Invocations.Select(call => call.Method.Name), Is.EqualTo(new[] { "DeleteAsync" }));
        Assert.That(_sessions.Invocations.Select(call => call.Method.Name), Is.EqualTo(new[] { "DeleteAsync" }));
    }

    [Test]
    public void A_task_that_is_gone_already_is_no_obstacle() => Assert.That(async () => await _installation.UninstallAsync(), Throws.Nothing);
}
