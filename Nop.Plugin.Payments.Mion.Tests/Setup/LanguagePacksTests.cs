using Moq;
using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

/// <summary>A store's texts, by language; what a merchant has edited is the merchant's.</summary>
public class LanguagePacksTests
{
    private const string Title = "plugins.payments.mion.payment.title";

    private readonly Dictionary<int, Dictionary<string, string>> _store = new() { [1] = [], [2] = [], [3] = [] };
    private LanguagePacks _packs = null!;

    [SetUp]
    public void SetUp()
    {
        foreach (var texts in _store.Values)
            texts.Clear();
        var languages = new Mock<ILanguageService>();
        languages.Setup(service => service.GetAllLanguagesAsync(true, 0)).ReturnsAsync(
        [
            new Language { Id = 1, LanguageCulture = "en-GB" }, new Language { Id = 2, LanguageCulture = "de-DE" }, new Language { Id = 3, LanguageCulture = "pl-PL" }
        ]);
        var localization = new Mock<ILocalizationService>();
        localization.Setup(service => service.GetAllResourceValuesAsync(It.IsAny<int>(), null))
            .ReturnsAsync((int id, bool? _) => _store[id].ToDictionary(text => text.Key, text => KeyValuePair.Create(0, text.Value)));
        localization.Setup(service => service.GetResourceAsync(It.IsAny<string>(), It.IsAny<int>(), false, "", true))
            .ReturnsAsync((string key, int id, bool _, string _, bool _) => _store[id].GetValueOrDefault(key.ToLowerInvariant(), ""));
        localization.Setup(service => service.AddOrUpdateLocaleResourceAsync(It.IsAny<IDictionary<string, string>>(), It.IsAny<int?>()))
            .Callback((IDictionary<string, string> texts, int? id) =>
            {
                foreach (var (key, text) in texts)
                    _store[id!.Value][key.ToLowerInvariant()] = text;
            });
        _packs = new LanguagePacks(languages.Object, localization.Object);
    }

    [Test]
    public async Task Each_language_gets_its_own_texts_and_an_unknown_one_English()
    {
        await _packs.InstallAsync();

        Assert.Multiple(() =>
        {
            Assert.That(_store.Values.Select(texts => texts[Title]), Is.EqualTo(new[] { "Your Bitcoin payment", "Ihre Bitcoin-Zahlung", "Your Bitcoin payment" }));
            Assert.That(_store.Values.Select(texts => texts.Count), Has.All.EqualTo(MionStrings.English.Count));
        });
    }

    [Test]
    public async Task A_text_that_the_merchant_has_edited_stays()
    {
        _store[2][Title] = "Deine Zahlung";

        await _packs.InstallAsync();
        await _packs.InstallAsync();

        Assert.That(_store[2][Title], Is.EqualTo("Deine Zahlung"));
    }

    [Test]
    public async Task English_that_an_earlier_version_put_into_every_language_is_translated()
    {
        _store[2][Title] = "Your Bitcoin payment";

        await _packs.InstallAsync();

        Assert.That(_store[2][Title], Is.EqualTo("Ihre Bitcoin-Zahlung"));
    }

    [Test]
    public async Task A_language_that_was_added_later_gets_its_texts_and_the_others_are_left_alone()
    {
        await _packs.InstallAsync();
        _store[1].Remove(Title);
        _store[2].Clear();

        await _packs.InstallMissingAsync();

        Assert.Multiple(() =>
        {
            Assert.That(_store[2], Has.Count.EqualTo(MionStrings.English.Count));
            Assert.That(_store[1], Does.Not.ContainKey(Title), "not a new language: nothing is looked for");
        });
    }
}
