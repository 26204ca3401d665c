using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// Traps that a store lays for views and that no compiler sees. That the views compile is seen by the build, which has a
/// project for it.
/// </summary>
[TestFixture]
public sealed partial class ViewTests
{
    private static IEnumerable<string> Views => Repository.PluginFiles("*.cshtml").Select(file => Path.GetRelativePath(Repository.Root, file));

    [TestCaseSource(nameof(Views))]
    public void A_card_has_all_that_the_stores_tag_helper_reads(string view)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Match card in Cards().Matches(Read(view)))
            {
                Assert.That(card.Value, Does.Contain("asp-hide-block-attribute-name=\""), "without it the page is an error 500");
                Assert.That(card.Value, Does.Contain("asp-hide=\""), "without it the page is an error 500");
                Assert.That(card.Value, Does.Contain("asp-icon=\""), "without it the card has no title");
            }
        }
    }

    [Test]
    public void A_cards_name_is_no_other_elements_id_because_the_store_makes_it_the_cards_id()
    {
        var markup = Views.Select(Read).ToList();
        var cards = markup.SelectMany(text => CardNames().Matches(text)).Select(match => match.Groups[1].Value).ToList();

        Assert.That(cards, Is.Not.Empty);
        Assert.That(markup.SelectMany(text => Ids().Matches(text)).Select(match => match.Groups[1].Value).Intersect(cards), Is.Empty, "a script would find the card instead");
    }

    [TestCaseSource(nameof(Views))]
    public void A_text_is_given_no_data_because_it_would_not_be_encoded(string view)
    {
        Assert.That(TextsWithData().Matches(Read(view)).Select(match => match.Value), Is.Empty);
    }

    [TestCaseSource(nameof(Views))]
    public void A_layout_is_named_because_a_plugins_folder_has_none(string view)
    {
        if (!Path.GetFileName(view).StartsWith('_'))
            Assert.That(Read(view), Does.Match("Layout = (\"_\\w+\"|null);"));
    }

    [TestCaseSource(nameof(Views))]
    public void A_script_of_its_own_is_kept_out_of_the_bundle(string view)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Match script in OwnScripts().Matches(Read(view)))
                Assert.That(script.Value, Does.Contain("asp-exclude-from-bundle=\"true\""), "the store's minifier breaks what it does not know");
        }
    }

    [TestCaseSource(nameof(Views))]
    public void What_goes_through_the_stores_bundler_is_named_without_a_query_because_it_would_not_be_found(string view) =>
        Assert.That(Bundled().Matches(Read(view)).Select(match => match.Value).Where(src => src.Contains('?', StringComparison.Ordinal)), Is.Empty);

    private static string Read(string view) => File.ReadAllText(Path.Combine(Repository.Root, view));

    [GeneratedRegex("<nop-card\\s[^>]*>")]
    private static partial Regex Cards();

    [GeneratedRegex("<nop-card\\s[^>]*asp-name=\"([^\"]+)\"")]
    private static partial Regex CardNames();

    [GeneratedRegex("\\sid=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("\\bT\\(\"[^\"]*\"\\s*,[^)]*\\)")]
    private static partial Regex TextsWithData();

    // the page of the customer's screen has no layout, and so no bundler: it writes <!script and <!link
    [GeneratedRegex("(?:<script\\s[^>]*src=|CssFileParts\\([$]?)\"~/Plugins/[^\"]*\"")]
    private static partial Regex Bundled();

    [GeneratedRegex("<script\\s[^>]*src=\"~/Plugins/[^>]*>")]
    private static partial Regex OwnScripts();
}
