using System.Linq.Expressions;
using System.Reflection;
using Moq;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

public class ConfigurationSettingsTests
{
    private FakeSettings _shared = null!;
    private Mock<IScheduleTaskService> _tasks = null!;
    private ScheduleTask _task = null!;

    /// <summary>Every setting of the form that a store can have of its own.</summary>
    private static IEnumerable<string> Overridable =>
        typeof(MionSettings).GetProperties().Select(property => property.Name)
            .Where(name => name is not (nameof(MionSettings.DeleteDataOnUninstall) or nameof(MionSettings.LogDetail) or nameof(MionSettings.HistoryDays) or nameof(MionSettings.PreviousApiKey) or nameof(MionSettings.ApiContract)
                or nameof(MionSettings.HealthKeyHash)));

    [SetUp]
    public void SetUp()
    {
        _shared = new FakeSettings(storeId: 0);
        _task = new ScheduleTask { Seconds = 60 };
        _tasks = new Mock<IScheduleTaskService>();
        _tasks.Setup(service => service.GetTaskByTypeAsync(MionDefaults.PollTaskType)).ReturnsAsync(_task);
    }

    [Test]
    public async Task Every_setting_is_taken_from_the_form_and_saved([ValueSource(nameof(Overridable))] string setting)
    {
        var model = Form();

        await SaveAsync(model);

        Assert.Multiple(() =>
        {
            Assert.That(Saved(setting), Is.EqualTo((Setting(setting), false, 0)), "a default is deleted instead, but the form differs from all of them");
            if (setting is not (nameof(MionSettings.ApiKey) or nameof(MionSettings.CallbackSecret)))
                Assert.That(Setting(setting), Is.EqualTo(typeof(ConfigurationModel).GetProperty(setting)!.GetValue(model)));
        });
    }

    [Test]
    public void The_form_of_these_tests_differs_from_the_defaults_everywhere() => Assert.Multiple(() =>
    {
        foreach (var setting in Overridable)
            Assert.That(typeof(ConfigurationModel).GetProperty(setting)!.GetValue(Form()), Is.Not.EqualTo(typeof(MionSettings).GetProperty(setting)!.GetValue(new MionSettings())), setting);
    });

    [Test]
    public async Task In_a_stores_scope_each_setting_follows_its_own_companion([ValueSource(nameof(Overridable))] string setting)
    {
        var store = new FakeSettings(storeId: 2);
        var model = Form();
        typeof(ConfigurationModel).GetProperty(setting + "_OverrideForStore")!.SetValue(model, true);

        await SaveAsync(model, store, storeId: 2);

        Assert.Multiple(() =>
        {
            foreach (var other in Overridable)
            {
                var (_, isOwn, storeId) = Saved(other, store);
                Assert.That((isOwn, storeId), Is.EqualTo((other == setting, 2)), other);
            }
        });
    }

    [Test]
    public async Task What_equals_a_default_is_not_saved_for_all_stores_but_deleted()
    {
        await SaveAsync(Form() with { PollIntervalSeconds = 60, CreateSessionPath = " /payment-sessions " });

        var deleted = Calls(_shared, nameof(ISettingService.DeleteSettingAsync)).Select(Property);
        Assert.That(deleted, Is.SupersetOf(new[] { nameof(MionSettings.PollIntervalSeconds), nameof(MionSettings.CreateSessionPath) }).And.None.EqualTo(nameof(MionSettings.LatePaymentDays)));
        Assert.That(Calls(_shared, nameof(ISettingService.SaveSettingAsync)).Select(Property), Has.None.EqualTo(nameof(MionSettings.PollIntervalSeconds)));
    }

    [Test]
    public async Task A_stores_own_value_is_saved_though_it_equals_a_default()
    {
        var store = new FakeSettings(storeId: 2);

        await SaveAsync(Form() with { PollIntervalSeconds = 60, PollIntervalSeconds_OverrideForStore = true }, store, storeId: 2);

        Assert.That(Saved(nameof(MionSettings.PollIntervalSeconds), store), Is.EqualTo(((object)60, true, 2)));
        Assert.That(Calls(store, nameof(ISettingService.DeleteSettingAsync)), Is.Empty);
    }

    [Test]
    public async Task The_key_is_stored_protected()
    {
        await SaveAsync(Form() with { ApiKey = $" {Some.ApiKey}2 " });

        Assert.Multiple(() =>
        {
            Assert.That(_shared.Values.ApiKey, Does.StartWith("protected:"));
            Assert.That(_shared.Protector.TryUnprotect(_shared.Values.ApiKey, out var key), Is.True);
            Assert.That(key, Is.EqualTo(Some.ApiKey + "2"));
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public async Task An_empty_field_keeps_the_stored_key(string? key)
    {
        var before = _shared.Values.ApiKey;

        await SaveAsync(Form() with { ApiKey = key });

        Assert.That(Saved(nameof(MionSettings.ApiKey)).Value, Is.EqualTo(before));
    }

    [Test]
    public async Task Blanks_and_a_slash_at_the_end_of_the_address_are_dropped()
    {
        await SaveAsync(Form() with { BaseUrl = " https://api.example/v2/ ", ApiKeyHeader = " X ", ApiKeyPrefix = null, DescriptionText = null, CreateSessionPath = " /s " });

        Assert.Multiple(() =>
        {
            Assert.That(_shared.Values.BaseUrl, Is.EqualTo("https://api.example/v2"));
            Assert.That(_shared.Values.ApiKeyHeader, Is.EqualTo("X"));
            Assert.That(_shared.Values.ApiKeyPrefix, Is.Empty);
            Assert.That(_shared.Values.DescriptionText, Is.Empty);
            Assert.That(_shared.Values.CreateSessionPath, Is.EqualTo("/s"));
        });
    }

    [Test]
    public async Task What_is_kept_and_for_how_long_is_the_same_for_all_stores()
    {
        var store = new FakeSettings(storeId: 2);

        await SaveAsync(Form() with { DeleteDataOnUninstall = true, HistoryDays = 90, LogDetail = (int)LogDetail.Debug });
        await SaveAsync(Form() with { DeleteDataOnUninstall = true, HistoryDays = 90, LogDetail = (int)LogDetail.Debug }, store, storeId: 2);

        Assert.Multiple(() =>
        {
            Assert.That((_shared.Values.DeleteDataOnUninstall, _shared.Values.HistoryDays, _shared.Values.LogDetail), Is.EqualTo((true, 90, LogDetail.Debug)));
            Assert.That(Calls(_shared, nameof(ISettingService.SaveSettingAsync)).Select(Property), Is.SupersetOf(new[] { nameof(MionSettings.DeleteDataOnUninstall), nameof(MionSettings.HistoryDays), nameof(MionSettings.LogDetail) }));
            Assert.That(store.Service.Invocations.Where(call => call.Method.Name.StartsWith("SaveSetting", StringComparison.Ordinal)).Select(Property),
                Has.None.EqualTo(nameof(MionSettings.DeleteDataOnUninstall)).And.None.EqualTo(nameof(MionSettings.HistoryDays)).And.None.EqualTo(nameof(MionSettings.LogDetail)));
        });
    }

    [Test]
    public async Task The_shared_interval_is_the_tasks_period()
    {
        await SaveAsync(Form() with { PollIntervalSeconds = 120 });

        Assert.That(_task.Seconds, Is.EqualTo(120));
        _tasks.Verify(service => service.UpdateTaskAsync(_task), Times.Once);
    }

    [Test]
    public async Task An_interval_that_is_the_same_changes_no_task()
    {
        await SaveAsync(Form() with { PollIntervalSeconds = 60 });

        _tasks.Verify(service => service.UpdateTaskAsync(It.IsAny<ScheduleTask>()), Times.Never);
    }

    [Test]
    public async Task A_stores_own_interval_changes_no_task()
    {
        await SaveAsync(Form() with { PollIntervalSeconds = 120 }, new FakeSettings(storeId: 2), storeId: 2);

        _tasks.VerifyNoOtherCalls();
    }

    [Test]
    public void A_task_that_the_merchant_has_deleted_is_no_obstacle()
    {
        _tasks.Setup(service => service.GetTaskByTypeAsync(MionDefaults.PollTaskType)).ReturnsAsync((ScheduleTask)null!);

        Assert.That(async () => await SaveAsync(Form()), Throws.Nothing);
    }

    [Test]
    public async Task The_cache_is_cleared_once_and_at_the_end()
    {
        await SaveAsync(Form());

        Assert.Multiple(() =>
        {
            Assert.That(Calls(_shared, nameof(ISettingService.ClearCacheAsync)), Has.Exactly(1).Items);
            Assert.That(_shared.Service.Invocations[^1].Method.Name, Is.EqualTo(nameof(ISettingService.ClearCacheAsync)));
            Assert.That(_shared.Service.Invocations.Where(call => call.Method.Name.StartsWith("SaveSetting", StringComparison.Ordinal)).Select(call => call.Arguments[^1]), Has.All.False);
        });
    }

    private Task SaveAsync(ConfigurationModel model, FakeSettings? settings = null, int storeId = 0) =>
        new ConfigurationSettings((settings ?? _shared).Protector, (settings ?? _shared).Service.Object, Mock.Of<Nop.Services.Stores.IStoreService>(service => service.GetAllStoresAsync() == Task.FromResult<IList<Nop.Core.Domain.Stores.Store>>(new List<Nop.Core.Domain.Stores.Store>())), Some.OwnText((settings ?? _shared).Service.Object), FakeLog.Silent(),
            new PollTaskSchedule(_tasks.Object, _shared.Store, TimeProvider.System)).SaveAsync(model, storeId);

    private object? Setting(string name) => typeof(MionSettings).GetProperty(name)!.GetValue(_shared.Values);

    /// <summary>What was saved of a setting: its value, whether it is the store's own, and the store.</summary>
    private (object? Value, bool IsOwn, int StoreId) Saved(string name, FakeSettings? settings = null)
    {
        var call = (settings ?? _shared).Service.Invocations.Single(call => call.Method.Name.StartsWith("SaveSetting", StringComparison.Ordinal) && Property(call) == name);
        var value = typeof(MionSettings).GetProperty(name)!.GetValue(call.Arguments[0]);
        return call.Arguments.Count == 4 ? (value, false, (int)call.Arguments[2]!) : (value, (bool)call.Arguments[2]!, (int)call.Arguments[3]!);
    }

    private static IEnumerable<IInvocation> Calls(FakeSettings settings, string method) => settings.Service.Invocations.Where(call => call.Method.Name == method);

    private static string Property(IInvocation call) => ((MemberExpression)((LambdaExpression)call.Arguments[1]!).Body).Member is PropertyInfo property ? property.Name : "";

    private static ConfigurationModel Form() => new()
    {
        ApiKey = "another-key",
        SessionLifetimeMinutes = 30,
        WebhooksEnabled = false,
        PollIntervalSeconds = 90,
        LatePaymentDays = 3,
        AdditionalFee = 1.5m,
        AdditionalFeePercentage = true,
        MinimumOrderTotal = 2m,
        MaximumOrderTotal = 3m,
        AllowOrderChange = false,
        DescriptionText = "Pay with sats",
        BaseUrl = "https://api.example",
        CheckoutUrlTemplate = "https://pay.example/{paymentSessionId}",
        ApiKeyHeader = "Authorization",
        ApiKeyPrefix = "Bearer",
        CreateSessionPath = "/1",
        GetSessionStatusPath = "/2/{paymentSessionId}",
        GetSessionByReferencePath = "/3/{reference}",
        CreateWebhookPath = "/4/{paymentSessionId}",
        CreatePaymentAttemptPath = "/5/{paymentSessionId}",
        CallbackSignatureHeader = "X-Signature",
        CallbackSecret = "a-secret"
    };
}
