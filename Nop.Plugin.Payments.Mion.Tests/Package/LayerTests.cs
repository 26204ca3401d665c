using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// The layers know only those below them: what decides about money knows nothing of pages, and no two of them
/// know each other.
/// </summary>
public partial class LayerTests
{
    // each may use what stands after it
    private static readonly Dictionary<string, string[]> _layers = new()
    {
        ["Api"] = [],
        ["Localization"] = [],
        ["Domain"] = ["Api"],
        ["Data"] = ["Domain", "Api"],
        ["Models"] = ["Domain"],
        ["Services"] = ["Models", "Data", "Domain", "Api", "Localization"],
        ["Factories"] = ["Services", "Models", "Data", "Domain", "Api", "Localization"]
    };

    private static IEnumerable<TestCaseData> Layers() => _layers.Select(layer => new TestCaseData(layer.Key, layer.Value).SetArgDisplayNames(layer.Key));

    [TestCaseSource(nameof(Layers))]
    public void A_layer_uses_only_those_below_it(string layer, string[] below)
    {
        var folder = Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion", layer);
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories);
        var uses = files.SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Layer: match.Groups["layer"].Value)))
            .Where(use => use.Layer != layer).Distinct().ToList();

        Assert.That(files, Is.Not.Empty);
        Assert.That(uses.Where(use => !below.Contains(use.Layer)), Is.Empty);
    }

    [Test]
    public void Each_of_them_is_known_here()
    {
        var outside = new[] { "Components", "Content", "Controllers", "Infrastructure", "Tasks", "Validators", "Views", "bin", "obj" };
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion")).Select(folder => Path.GetFileName(folder)!);

        Assert.That(folders.Except(outside), Is.EquivalentTo(_layers.Keys));
    }

    [GeneratedRegex(@"^using (static )?Nop\.Plugin\.Payments\.Mion\.(?<layer>[A-Za-z]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Using();
}
