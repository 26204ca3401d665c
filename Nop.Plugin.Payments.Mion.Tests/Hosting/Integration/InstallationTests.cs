using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>Installing, uninstalling and installing again, with the plugin's own migrations on a database.</summary>
[TestFixture]
public sealed class InstallationTests : ShopFixture
{
    [Test]
    public async Task Installing_leaves_what_the_plugin_needs()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TextsAsync(), Has.Count.EqualTo(Nop.Plugin.Payments.Mion.Localization.MionStrings.English.Count).And.Contains("plugins.payments.mion.payment.title"));
            Assert.That(await TaskAsync(), Is.Not.Null);
            Assert.That((await TaskAsync())!.Seconds, Is.EqualTo(60));
            Assert.That((await TaskAsync())!.Enabled, Is.True);
            Assert.That((await TaskAsync())!.StopOnError, Is.False);
            Assert.That(await ActiveMethodsAsync(), Has.One.EqualTo(MionDefaults.SystemName));
            Assert.That(await Shop.GetSettingAsync("mionsettings.sessionlifetimeminutes"), Is.Null, "a default is not saved");
            Assert.That(await RowsAsync(), Is.Empty, "the table is there");
            Assert.That(await Shop.GetLogAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Uninstalling_takes_everything_away_but_the_records_of_payments()
    {
        var (_, session) = await BuyWithSessionAsync();

        await Shop.UninstallPluginAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TextsAsync(), Is.Empty);
            Assert.That(await TaskAsync(), Is.Null);
            Assert.That(await ActiveMethodsAsync(), Has.None.EqualTo(MionDefaults.SystemName));
            Assert.That(await SettingNamesAsync(), Is.Empty, "and no key stays behind");
            Assert.That((await RowsAsync()).Select(row => row.PaymentSessionId), Is.EqualTo(new[] { session.PaymentSessionId }));
        }
    }

    [Test]
    public async Task Installing_again_finds_the_payments_that_are_open()
    {
        NeedsAssumedNames();
        var (purchase, session) = await BuyWithSessionAsync();
        var key = (await Shop.GetSettingAsync("mionsettings.apikey"))!;
        var address = (await Shop.GetSettingAsync("mionsettings.baseurl"))!;
        await Shop.UninstallPluginAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        await Shop.InstallPluginAsync();
        await Shop.SetSettingAsync("mionsettings.apikey", key);
        await Shop.SetSettingAsync("mionsettings.baseurl", address);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        await Installing_leaves_the_same_as_the_first_time();
    }

    [TestCase("False", "keeps the records of all payments (1)", "Payments that can still be paid or wait for a decision: 1.")]
    [TestCase("True", "also deletes the records of all payments (1)", "Payments that can still be paid or wait for a decision: 1.")]
    public async Task Before_it_is_uninstalled_the_merchant_is_told_what_is_kept_and_what_goes(string delete, params string[] words)
    {
        await BuyWithSessionAsync();
        await Shop.SetSettingAsync("mionsettings.deletedataonuninstall", delete);
        var said = await Shop.InScopeAsync(async services =>
        {
            services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { RequestServices = services };
            await services.GetRequiredService<LoadedPlugin>().CreatePaymentMethod(services).PreparePluginToUninstallAsync();
            return services.GetRequiredService<NotificationService>().Take().Select(notification => notification.Message).ToList();
        });

        Assert.That(said, Has.Count.EqualTo(2));
        foreach (var text in words)
            Assert.That(said, Has.Some.Contains(text));
    }

    [Test]
    public async Task A_merchant_can_have_the_records_deleted()
    {
        await BuyWithSessionAsync();
        await Shop.SetSettingAsync("mionsettings.deletedataonuninstall", "True");

        await Shop.UninstallPluginAsync();

        Assert.That(await RowsAsync(), Is.Empty);
    }

    [Test]
    public async Task Uninstalled_it_answers_nothing()
    {
        var (_, session) = await BuyWithSessionAsync();
        await Shop.UninstallPluginAsync();

        using var page = await NewBrowser().GetAsync($"/mion/payment/{session.Token}");

        Assert.That((int)page.StatusCode, Is.EqualTo(404));
    }

    private async Task Installing_leaves_the_same_as_the_first_time()
    {
        Assert.That(await TextsAsync(), Has.Count.EqualTo(Nop.Plugin.Payments.Mion.Localization.MionStrings.English.Count));
        Assert.That(await TaskAsync(), Is.Not.Null);
        Assert.That(await ActiveMethodsAsync(), Has.One.EqualTo(MionDefaults.SystemName));
    }

    private Task<List<string>> TextsAsync() => InScopeAsync<IRepository<LocaleStringResource>, List<string>>(async texts =>
        [.. (await texts.Table.ToListAsync()).Select(text => text.ResourceName).Where(name => name.StartsWith("plugins.payments.mion", StringComparison.Ordinal))]);

    private Task<ScheduleTask?> TaskAsync() => InScopeAsync<IRepository<ScheduleTask>, ScheduleTask?>(async tasks =>
        (await tasks.Table.ToListAsync()).SingleOrDefault(task => task.Type == MionDefaults.PollTaskType));

    private Task<List<string>> ActiveMethodsAsync() => InScopeAsync<ISettingService, List<string>>(async settings =>
        (await settings.LoadSettingAsync<PaymentSettings>()).ActivePaymentMethodSystemNames);

    private Task<List<string>> SettingNamesAsync() => InScopeAsync<IRepository<Setting>, List<string>>(async settings =>
        [.. (await settings.Table.ToListAsync()).Select(setting => setting.Name).Where(name => name.StartsWith("mion", StringComparison.Ordinal))]);

    private Task<List<MionPaymentSession>> RowsAsync() => InScopeAsync<IRepository<MionPaymentSession>, List<MionPaymentSession>>(async rows => [.. await rows.Table.ToListAsync()]);
}
