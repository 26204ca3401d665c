using Nop.Core.Domain.Localization;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting.Integration;

/// <summary>A store that has version 4.90.1, with its schema, and starts with this one.</summary>
[TestFixture]
public sealed class UpdateTests : ShopFixture
{
    // an older version knows no other names
    private protected override MadeUpMion? Described => null;

    [Test]
    public async Task The_payments_are_kept_and_an_open_one_is_still_paid_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ProofWrittenAsync();
        await OlderVersion.RestoreAsync(Shop);

        await OlderVersion.UpdateAsync(Shop);

        var kept = await NewestSessionAsync(purchase.OrderId);
        Assert.That((kept.PaymentSessionId, kept.Token, kept.AmountCents, kept.ExpiresOnUtc), Is.EqualTo((session.PaymentSessionId, session.Token, session.AmountCents, session.ExpiresOnUtc)));
        Assert.That((kept.TillName, kept.AssistantId), Is.EqualTo((string.Empty, (int?)null)), "tills had no names");
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await Shop.GetLogAsync(), Is.Empty);
    }

    [Test]
    public async Task The_settings_are_kept_and_new_ones_have_their_defaults()
    {
        await Shop.SetSettingAsync("mionsettings.descriptiontext", "Ours");
        await Shop.SetSettingAsync("mionsettings.sessionlifetimeminutes", "90");
        await OlderVersion.RestoreAsync(Shop);

        await OlderVersion.UpdateAsync(Shop);

        var settings = await InScopeAsync<StoreSettings, MionSettings>(store => store.LoadAsync(storeId: 0));
        Assert.That((settings.DescriptionText, settings.SessionLifetimeMinutes, settings.ApiKey), Is.EqualTo(("Ours", 90, "demo-key")));
        Assert.That((settings.HistoryDays, settings.LogDetail), Is.EqualTo((new MionSettings().HistoryDays, new MionSettings().LogDetail)));
        Assert.That(await TaskAsync(), Is.Not.Null);
    }

    [Test]
    public async Task Texts_are_brought_to_this_version_in_each_language_but_for_those_that_were_edited()
    {
        var german = await AddGermanAsync();
        await OlderVersion.RestoreAsync(Shop);
        await EditAsync(languageId: 1, "payment.title", "Ours");
        await EditAsync(german, "payment.continue", "Nochmal!");

        await OlderVersion.UpdateAsync(Shop);

        var (english, translated) = (await TextsAsync(languageId: 1), await TextsAsync(german));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(english["payment.title"], Is.EqualTo("Ours"), "edited");
            Assert.That(translated["payment.continue"], Is.EqualTo("Nochmal!"), "edited");
            Assert.That(translated["payment.title"], Is.EqualTo("Ihre Bitcoin-Zahlung"), "English that 4.90.1 had put there");
            foreach (var (name, text) in MionStrings.English.Select(each => (each.Key[(MionDefaults.ResourcePrefix.Length + 1)..].ToLowerInvariant(), each.Value)).Where(each => each.Item1 != "payment.title"))
                Assert.That(english[name], Is.EqualTo(text), name);
        }
    }

    [Test]
    public async Task Since_when_the_plugin_notes_how_it_is_doing_is_noted_once_and_never_moved()
    {
        var installed = await InstalledOnAsync() ?? throw new InvalidOperationException("Installing notes it.");
        Time.Advance(TimeSpan.FromHours(1));
        await InScopeAsync<Installation, bool>(UpdateAgainAsync);
        Assert.That(await InstalledOnAsync(), Is.EqualTo(installed), "an update from a version that had noted it");

        await OlderVersion.RestoreAsync(Shop);
        // the shop of a test is the copy of one that was installed before
        var before = Time.UtcNow.AddSeconds(-1);
        await OlderVersion.UpdateAsync(Shop);
        Assert.That(await InstalledOnAsync(), Is.InRange(before, Time.UtcNow), "an update from one that had not");

        static async Task<bool> UpdateAgainAsync(Installation installation)
        {
            await installation.UpdateAsync();
            return true;
        }
    }

    [Test]
    public async Task The_older_schema_lacks_what_the_update_adds()
    {
        await BuyWithSessionAsync();
        await ProofWrittenAsync();
        await OlderVersion.RestoreAsync(Shop);

        Assert.That(async () => await RunPollAsync(), Throws.Nothing, "the task says in the log what is wrong");
        Assert.That(await NewBrowser().GetAsync("/").ContinueWith(answer => (int)answer.Result.StatusCode), Is.EqualTo(200));
        await OlderVersion.UpdateAsync(Shop);
        var admin = NewBrowser();
        await admin.EnterAdminAsync();

        using var page = await admin.GetAsync("/Admin/Mion/Configure");

        Assert.That((int)page.StatusCode, Is.EqualTo(200));
    }

    private Task<int> AddGermanAsync() => InScopeAsync<IRepository<Language>, int>(async languages =>
    {
        var german = new Language { Name = "Deutsch", LanguageCulture = "de-DE", UniqueSeoCode = "de", Published = true, DisplayOrder = 2 };
        await languages.InsertAsync(german);
        return german.Id;
    });

    private Task EditAsync(int languageId, string name, string text) => InScopeAsync<IRepository<LocaleStringResource>, bool>(async rows =>
    {
        var row = await rows.Table.FirstOrDefaultAsync(candidate => candidate.LanguageId == languageId && candidate.ResourceName == $"plugins.payments.mion.{name}");
        row.ResourceValue = text;
        await rows.UpdateAsync(row);
        return true;
    });

    private Task<Dictionary<string, string>> TextsAsync(int languageId) => InScopeAsync<IRepository<LocaleStringResource>, Dictionary<string, string>>(async rows =>
        (await rows.Table.Where(row => row.LanguageId == languageId && row.ResourceName.StartsWith("plugins.payments.mion.")).ToListAsync())
            .ToDictionary(row => row.ResourceName["plugins.payments.mion.".Length..], row => row.ResourceValue));

    private Task<DateTime?> InstalledOnAsync() =>
        InScopeAsync<HealthStore, DateTime?>(async health => (await health.FindAsync(HealthFacts.Installed))?.OnUtc);

    private Task<ScheduleTask?> TaskAsync() => InScopeAsync<IRepository<ScheduleTask>, ScheduleTask?>(async tasks =>
        (await tasks.Table.ToListAsync()).SingleOrDefault(task => task.Type == MionDefaults.PollTaskType));
}
