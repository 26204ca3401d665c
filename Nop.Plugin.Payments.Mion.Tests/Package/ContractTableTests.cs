using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>README's table of what is documented and what is assumed is the plugin's own.</summary>
[TestFixture]
public sealed partial class ContractTableTests
{
    private static readonly (string Keys, string Value, string Standing)[] _rows =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")))
            .Select(row => (row.Groups["keys"].Value, row.Groups["value"].Value, row.Groups["standing"].Value))
                .Where(row => row.Item1.Contains('`', StringComparison.Ordinal))];

    [TestCaseSource(nameof(Terms))]
    public void Everything_that_the_plugin_depends_on_stands_there_with_its_default(ContractTerm term)
    {
        var rows = _rows.Where(row =>
            Keys(row.Keys).Any(key => key == term.Key || key.EndsWith('…') && term.Key.StartsWith(key[..^1], StringComparison.Ordinal)
            && row.Value.Contains($"`{term.Default}`", StringComparison.Ordinal))).ToList();

        Assert.That(rows, Is.Not.Empty, "no row");
        Assert.That(rows.Exists(row => row.Standing.Contains(term.IsDocumented ? "documented" : "assumed", StringComparison.Ordinal)),
            Is.True, rows[0].Standing);
        if (term.Default.Length > 0 && !TimeForm.All.Contains(term.Default))
            Assert.That(rows.Exists(row => row.Value.Contains($"{term.Default}", StringComparison.Ordinal)), Is.True, rows[0].Value);
    }

    [Test]
    public void Nothing_else_stands_there() => Assert.That(_rows.SelectMany(row => Keys(row.Keys))
        .Where(key => !MionContract.Terms.Any(term =>
            term.Key == key || key.EndsWith('…') && term.Key.StartsWith(key[..^1], StringComparison.Ordinal))), Is.Empty);

    private static IEnumerable<TestCaseData> Terms =>
        MionContract.Terms.Select(term => new TestCaseData(term).SetArgDisplayNames(term.Key));

    private static IEnumerable<string> Keys(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    // | what | `key`, `key` | value | standing |
    [GeneratedRegex(@"^\| [^|]*\| (?<keys>[^|]*)\| (?<value>[^|]*)\| (?<standing>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
