using System.Linq.Expressions;
using Moq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Till;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class SettingsTableTests
{
    [TestCase(15, true, true, TestName = "The default that an earlier version saved is deleted")]
    [TestCase(10, true, true, TestName = "A former default is deleted")]
    [TestCase(12, true, false, TestName = "What a merchant chose stays")]
    [TestCase(15, false, false, TestName = "Where nothing is saved there is nothing to delete")]
    public async Task An_update_deletes_saved_defaults(int saved, bool isSaved, bool isDeleted)
    {
        var service = new Mock<ISettingService>();
        service.Setup(settings => settings.LoadSettingAsync<MionTillSettings>(0)).ReturnsAsync(new MionTillSettings { LifetimeMinutes = saved });
        service.Setup(settings => settings.SettingExistsAsync(It.IsAny<MionTillSettings>(), It.IsAny<Expression<Func<MionTillSettings, int>>>(), 0)).ReturnsAsync(isSaved);

        await new SettingsTable<MionTillSettings, TillSettingsModel>().Add(x => x.LifetimeMinutes, 10).DeleteDefaultsAsync(service.Object);

        service.Verify(settings => settings.DeleteSettingAsync(It.IsAny<MionTillSettings>(), It.IsAny<Expression<Func<MionTillSettings, int>>>(), 0), isDeleted ? Times.Once : Times.Never);
    }

    [Test]
    public void A_setting_without_a_field_is_found_at_once() =>
        Assert.That(() => new SettingsTable<MionSettings, TillSettingsModel>().Add(x => x.HistoryDays), Throws.InvalidOperationException);
}
