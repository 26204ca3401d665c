using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// Every text that is asked for is there, and every text that is there is asked for. A store shows a missing one as its
/// key in lower case.
/// </summary>
[TestFixture]
public sealed partial class TextTests
{
    private const string Prefix = MionDefaults.ResourcePrefix + ".";

    private static readonly string[] _sources = [.. Repository.PluginFiles("*.cs").Concat(Repository.PluginFiles("*.cshtml")).Select(File.ReadAllText)];

    [Test]
    public void Every_text_that_is_asked_for_is_there()
    {
        var asked = _sources.SelectMany(source => Names().Matches(source)).Select(match => match.Groups[1].Value).Distinct();

        Assert.That(asked.Where(name => !MionStrings.English.ContainsKey(name)), Is.Empty);
    }

    [Test]
    public void Every_field_has_a_label_and_a_hint()
    {
        var fields = _sources.SelectMany(source => Fields().Matches(source)).Select(match => match.Groups[1].Value).ToList();

        Assert.That(fields, Is.Not.Empty);
        Assert.That(fields.SelectMany(name => new[] { name, $"{name}.Hint" }).Where(name => !MionStrings.English.ContainsKey(name)), Is.Empty);
    }

    [Test]
    public void Every_result_of_the_connection_test_has_its_words()
    {
        Assert.That(Enum.GetNames<ConnectionTestResult>().Where(name => !MionStrings.English.ContainsKey($"{Prefix}ConnectionTest.{name}")), Is.Empty);
    }

    [Test]
    public void Every_text_that_is_there_is_asked_for()
    {
        var literals = _sources.SelectMany(source => Literals().Matches(source)).Select(match => match.Groups[1].Value)
            .Concat(typeof(MionDefaults).Assembly.GetTypes().Where(type => type.IsEnum).SelectMany(Enum.GetNames))
            .ToHashSet(StringComparer.Ordinal);

        Assert.That(MionStrings.English.Keys.Where(name => !IsAskedFor(name, literals)), Is.Empty);
    }

    [Test]
    public void A_text_for_a_page_holds_no_markup()
    {
        // a message template's body is HTML, and never comes to a page
        var texts = MionStrings.English.Where(text => !text.Key.EndsWith(".Mail.NeedsPerson.Body", StringComparison.Ordinal));

        Assert.That(texts.Where(text => text.Value.Contains('<', StringComparison.Ordinal)).Select(text => text.Key), Is.Empty, "a store prints texts as they are");
    }

    // by its whole name, or put together: of a known beginning and an enumeration's or a literal's end
    private static bool IsAskedFor(string name, HashSet<string> literals)
    {
        var asked = name.EndsWith(".Hint", StringComparison.Ordinal) && literals.Contains(name[..^".Hint".Length]) ? name[..^".Hint".Length] : name;
        if (literals.Contains(asked))
            return true;
        var parts = asked[Prefix.Length..].Split('.');
        return Enumerable.Range(0, parts.Length).Any(i => literals.Contains(string.Join('.', parts[i..])));
    }

    [GeneratedRegex("\"(Plugins\\.Payments\\.Mion\\.[A-Za-z0-9.]*[A-Za-z0-9])\"")]
    private static partial Regex Names();

    [GeneratedRegex("NopResourceDisplayName\\(\"([^\"]+)\"\\)")]
    private static partial Regex Fields();

    // a whole one, or the end of one that is put together
    [GeneratedRegex("(?:\"|\\}\\.)([A-Za-z0-9.]+)\"")]
    private static partial Regex Literals();
}
