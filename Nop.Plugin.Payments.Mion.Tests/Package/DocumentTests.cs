using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>What the documents point to is there.</summary>
[TestFixture]
public sealed partial class DocumentTests
{
    private static readonly string _docs = Path.Combine(Repository.Root, "docs");
    private static readonly string[] _documents =
        [.. Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(_docs, "*.md", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    [Test]
    public void Every_picture_and_link_between_documents_leads_somewhere()
    {
        var broken = new List<string>();
        foreach (var (document, target) in Targets())
        {
            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, parts[0]));
            if (!File.Exists(file) || parts.Length == 2 && !Headings(file).Contains(parts[1]))
                broken.Add($"{Path.GetRelativePath(Repository.Root, document)}: {target}");
        }

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Every_document_is_named_in_the_README()
    {
        var readme = Path.Combine(Repository.Root, "README.md");
        var named = Targets().Where(link => link.Document == readme).Select(link => link.Target.Split('#')[0]).ToHashSet();

        Assert.That(Directory.GetFiles(_docs, "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Where(name => !named.Contains(name)), Is.Empty);
    }

    [Test]
    public void Every_picture_is_shown_small_and_made_by_a_browser_test()
    {
        var shown = Targets().Select(link => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link.Document)!, link.Target))).ToHashSet();
        var tests = string.Concat(Directory.GetFiles(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests"), "*.cs", SearchOption.AllDirectories).Where(file => file.Contains("Browser", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var pictures = Directory.GetFiles(Path.Combine(_docs, "pictures"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pictures, Is.Not.Empty);
            Assert.That(pictures.Where(file => !shown.Contains(file)), Is.Empty, "shown by a document");
            Assert.That(pictures.Where(file => !tests.Contains($"\"{Path.GetFileName(file)}\"", StringComparison.Ordinal)), Is.Empty, "made by a test");
            Assert.That(pictures.Where(file => new FileInfo(file).Length > 150 * 1024), Is.Empty, "no more than 150 KB");
        }
    }

    private static IEnumerable<(string Document, string Target)> Targets() => _documents.SelectMany(document =>
        Links().Matches(CodeBlocks().Replace(File.ReadAllText(document), "")).Select(match => (document, match.Groups[1].Value)))
        .Where(link => !link.Item2.Contains("://", StringComparison.Ordinal));

    /// <summary>The names that a heading gets on the usual pages for Markdown: lower case, hyphens for spaces, no other marks.</summary>
    private static HashSet<string> Headings(string file) =>
        [.. HeadingLines().Matches(File.ReadAllText(file)).Select(match => OtherMarks().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingLines();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex OtherMarks();
}
