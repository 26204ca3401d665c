using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Localization;

namespace Nop.Plugin.Payments.Mion.Tests.Localization;

/// <summary>Every language says everything, and nothing besides.</summary>
public class LanguageTests
{
    private static IEnumerable<string> Translations => MionStrings.Languages.Where(language => language != "en");

    [TestCaseSource(nameof(Translations))]
    public void It_has_every_text_and_no_other(string language) =>
        Assert.That(MionStrings.In(language).Keys, Is.EquivalentTo(MionStrings.English.Keys));

    [Test]
    public void No_file_gives_a_text_twice() => Assert.Multiple(() =>
    {
        var assembly = typeof(MionStrings).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var reader = new JsonTextReader(new StreamReader(assembly.GetManifestResourceStream(name)!));
            Assert.That(() => JToken.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error }), Throws.Nothing, name);
        }
    });

    [TestCaseSource(nameof(Translations))]
    public void Every_text_waits_for_the_same_values(string language) => Assert.Multiple(() =>
    {
        foreach (var (key, text) in MionStrings.In(language))
            Assert.That(Placeholders(text), Is.EquivalentTo(Placeholders(MionStrings.English[key])), key);
    });

    [TestCaseSource(nameof(Translations))]
    public void No_text_is_markup_or_empty(string language) =>
        Assert.That(MionStrings.In(language).Where(text => (text.Value.Contains('<') && !IsMail(text.Key)) || string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key), Is.Empty);

    [TestCaseSource(nameof(Translations))]
    public void What_a_person_must_type_or_find_stays_as_it_is(string language) => Assert.Multiple(() =>
    {
        foreach (var (key, text) in MionStrings.In(language))
        {
            foreach (var name in new[] { "https://", "Payments Read & Write", "/mion/webhook/", "Check Bitcoin payments (Mion)" }.Where(MionStrings.English[key].Contains))
                Assert.That(text, Does.Contain(name), key);
        }
    });

    [TestCaseSource(nameof(Translations))]
    public void A_button_or_a_field_is_called_as_it_reads(string language) => Assert.Multiple(() =>
    {
        var texts = MionStrings.In(language);
        foreach (var (key, name) in new[]
        {
            ("Health.Key.Missing", "SaveAndTest"), ("Health.Key.NotTested", "SaveAndTest"), ("Instructions", "SaveAndTest"),
            ("Health.Webhook.NotTested", "SaveAndTestWebhook"), ("Health.Webhook.Missed", "SaveAndTestWebhook"), ("Health.Webhook.Refused", "SaveAndTestWebhook"),
            ("Uninstall.Keeps", "Fields.DeleteDataOnUninstall")
        })
            Assert.That(texts[$"{MionDefaults.ResourcePrefix}.{key}"], Does.Contain(texts[$"{MionDefaults.ResourcePrefix}.{name}"]), key);
    });

    [TestCaseSource(nameof(Translations))]
    public void It_is_a_translation(string language)
    {
        var same = MionStrings.In(language).Where(text => text.Value == MionStrings.English[text.Key] && text.Value.Length > 15).Select(text => text.Key);

        Assert.That(same, Is.Empty);
    }

    [TestCase("de-DE", "de")]
    [TestCase("de-AT", "de")]
    [TestCase("nb-NO", "nb")]
    [TestCase("nn-NO", "nb")]
    [TestCase("no", "nb")]
    [TestCase("FI", "fi")]
    [TestCase("pl-PL", "en")]
    [TestCase("", "en")]
    [TestCase(null, "en")]
    public void A_culture_finds_its_language(string? culture, string language) =>
        Assert.That(MionStrings.For(culture), Is.EquivalentTo(MionStrings.In(language)));

    [Test]
    public void A_delivered_text_is_known_and_an_edited_one_is_not() => Assert.Multiple(() =>
    {
        const string key = "plugins.payments.mion.payment.continue";
        Assert.That(MionStrings.IsDelivered(key, "Continue to Mion"), Is.True);
        Assert.That(MionStrings.IsDelivered(key, "Weiter zu Mion"), Is.True);
        Assert.That(MionStrings.IsDelivered(key, "Pay now!"), Is.False);
        Assert.That(MionStrings.IsDelivered("plugins.payments.mion.gone", "Continue to Mion"), Is.False);
    });

    // a message template's body is HTML
    private static bool IsMail(string key) => key.Contains(".Mail.", StringComparison.Ordinal) && key.EndsWith(".Body", StringComparison.Ordinal);

    private static IEnumerable<string> Placeholders(string text) => Regex.Matches(text, @"\{[^}]*\}").Select(match => match.Value);
}
