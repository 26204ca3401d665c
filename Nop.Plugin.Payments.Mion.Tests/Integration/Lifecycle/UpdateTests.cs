using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Integration.Lifecycle;

/// <summary>A store that starts with a newer version of the plugin than it has installed.</summary>
[TestFixture]
public sealed class UpdateTests : ShopFixture
{
    [Test]
    public async Task What_the_older_version_did_not_have_is_added_and_the_rest_is_kept()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Shop.SetSettingAsync("mionsettings.descriptiontext", "Ours");
        await ForgetAsync<LocaleStringResource>(text => text.ResourceName == "plugins.payments.mion.payment.title");
        await ForgetAsync<ScheduleTask>(task => task.Type == MionDefaults.PollTaskType);

        await UpdateFromAsync("4.90.0");

        var texts = await InScopeAsync<IRepository<LocaleStringResource>, List<LocaleStringResource>>(async rows => [.. await rows.Table.ToListAsync()]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts.Count(text => text.ResourceName.StartsWith("plugins.payments.mion.", StringComparison.Ordinal)), Is.EqualTo(MionStrings.English.Count));
            Assert.That(await Shop.GetSettingAsync("mionsettings.descriptiontext"), Is.EqualTo("Ours"));
            Assert.That(await Shop.GetSettingAsync("mionsettings.apikey"), Is.EqualTo("demo-key"));
        }

        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    // what a store does at its start, when plugin.json names another version than the one that it has noted
    private async Task UpdateFromAsync(string version)
    {
        await InScopeAsync<IRepository<InstalledPlugin>, bool>(async rows =>
        {
            var row = await rows.Table.FirstOrDefaultAsync(plugin => plugin.SystemName == MionDefaults.SystemName);
            row.Version = version;
            await rows.UpdateAsync(row);
            return true;
        });
        await Shop.Services.GetRequiredService<PluginInstallation>().StartAsync();
    }

    private Task ForgetAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which)
        where T : Nop.Core.BaseEntity => InScopeAsync<IRepository<T>, int>(rows => rows.DeleteAsync(which));
}
