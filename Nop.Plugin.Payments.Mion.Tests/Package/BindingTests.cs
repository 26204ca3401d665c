using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// One binary serves every supported version of nopCommerce: what it refers to stands in each version's listing, which holds
/// what <c>contracts/</c> declares, as far as that version has it. What a listing lacks is a <see cref="MissingMethodException"/> in that
/// version. How a version is added stands in <c>docs/versions.md</c>.
/// </summary>
public sealed class BindingTests
{
    // new in 4.90: names for the routes, which 4.80 has under the same texts, and a type that the plugin does not use
    private static readonly string[] _laterConstants =
        ["Nop.Core Nop.Core.Http.NopRouteNames+", "Nop.Services Nop.Services.Orders.CustomValueDisplayLocation::"];

    private static readonly string _plugin = typeof(MionPaymentMethod).Assembly.Location;

    private static IEnumerable<string> Versions => Repository.ReadPluginJson()["SupportedVersions"]!.Values<string>().OfType<string>();

    [TestCaseSource(nameof(Versions))]
    public void Everything_that_the_plugin_refers_to_is_there(string version)
    {
        var references = AssemblyApi.ReadReferences(_plugin);

        Assert.That(references, Has.Count.GreaterThan(300));
        Assert.That(references.Except(Listing(version)), Is.Empty);
    }

    /// <summary>A store compiles the views itself; compiled against the contracts, they refer to nothing that is not there.</summary>
    [TestCaseSource(nameof(Versions))]
    public void Everything_that_the_views_refer_to_is_there(string version)
    {
        var references = AssemblyApi.ReadReferences(Repository.CompiledViews);

        Assert.That(references, Has.Count.GreaterThan(30));
        Assert.That(references.Except(Listing(version)), Is.Empty);
    }

    /// <summary>A name that a version does not know would be plain HTML there.</summary>
    [TestCaseSource(nameof(Versions))]
    public void The_tags_and_attributes_that_views_write_mean_the_same(string version)
    {
        var names = typeof(Web.Framework.AreaNames).Assembly.GetTypes().SelectMany(AssemblyApi.GetTags).ToList();

        Assert.That(names, Has.Count.GreaterThan(30));
        Assert.That(names.Except(Listing(version)), Is.Empty);
    }

    [TestCaseSource(nameof(Versions))]
    public void The_constants_that_were_compiled_in_have_their_values(string version)
    {
        var constants = Contracts.SelectMany(AssemblyApi.ReadConstants)
            .Where(line => !_laterConstants.Any(later => line.StartsWith(later, StringComparison.Ordinal))).ToList();

        Assert.That(constants, Has.Count.GreaterThan(50));
        Assert.That(constants.Except(Listing(version)), Is.Empty);
    }

    [TestCaseSource(nameof(Versions))]
    public void What_the_plugin_implements_has_no_member_more(string version)
    {
        var implemented = typeof(MionPaymentMethod).Assembly.GetTypes().SelectMany(type => type.GetInterfaces())
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            .Where(type => Contracts.Contains(type.Assembly.Location)).Distinct().ToList();

        var listing = Listing(version);
        Assert.That(implemented, Has.Count.GreaterThan(8));
        foreach (var type in implemented)
        {
            var name = $"{type.Assembly.GetName().Name} {type.FullName}";
            var declared = AssemblyApi.GetMembers(type).ToList();
            var listed = listing.Where(line => line.StartsWith($"{name}::", StringComparison.Ordinal)).ToList();
            Assert.That(listing, Does.Contain(name));
            Assert.That(listed.Count == 0, Is.EqualTo(declared.Count == 0), $"{name} is listed with its members");
            Assert.That(listed.Except(declared), Is.Empty, name);
        }
    }

    private static IEnumerable<string> Contracts =>
        new[] { typeof(Core.BaseEntity), typeof(Data.IRepository<>), typeof(Services.Plugins.IPlugin), typeof(Web.Framework.AreaNames) }
        .Select(type => type.Assembly.Location);

    private static HashSet<string> Listing(string version) =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Package", "NopCommerce", $"{version}.txt"))];
}
