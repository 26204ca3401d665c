using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// A folder of the plugin is a feature. Features know the payments, Mion's API and the hosting, and never each other.
/// </summary>
public partial class RoomTests
{
    private static readonly string[] _foundation = ["Payments", "Api", "Hosting", "Localization"];

    // each may use what stands after it
    private static readonly Dictionary<string, string[]> _rooms = new()
    {
        ["Localization"] = [],
        ["Api"] = [],
        ["Hosting"] = ["Api", "Localization"],
        ["Payments"] = ["Api", "Hosting", "Localization"],
        ["Checkout"] = _foundation,
        ["Webhook"] = _foundation,
        ["Till"] = _foundation,
        ["Desk"] = _foundation,
        ["Setup"] = _foundation
    };

    // what puts the house together knows all of it
    private static readonly string[] _composition = ["NopStartup.cs", "Installation.cs", "StoredRecords.cs"];

    private static IEnumerable<TestCaseData> Rooms() => _rooms.Select(room => new TestCaseData(room.Key, room.Value).SetArgDisplayNames(room.Key));

    [TestCaseSource(nameof(Rooms))]
    public void A_room_uses_only_those_that_it_may_know(string room, string[] known)
    {
        var folder = Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion", room);
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !_composition.Contains(Path.GetFileName(file))).ToList();
        var uses = files.SelectMany(file => Using().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Room: match.Groups["room"].Value)))
            .Where(use => use.Room != room).Distinct().ToList();

        Assert.That(files, Is.Not.Empty);
        Assert.That(uses.Where(use => !known.Contains(use.Room)), Is.Empty);
    }

    [Test]
    public void Each_room_is_known_here()
    {
        // the task starts what is due in any room; what else lies there is no code
        var outside = new[] { "Tasks", "Views", "Content", "bin", "obj" };
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion")).Select(folder => Path.GetFileName(folder)!);

        Assert.That(folders.Except(outside), Is.EquivalentTo(_rooms.Keys));
    }

    [Test]
    public void Nothing_takes_more_than_eight_things_to_make()
    {
        var constructors = typeof(MionPaymentMethod).Assembly.GetTypes().Where(type => !type.Name.Contains('<', StringComparison.Ordinal) && !IsData(type))
            .SelectMany(type => type.GetConstructors().Select(constructor => (type.Name, constructor.GetParameters().Length)));

        Assert.That(constructors.Where(constructor => constructor.Length > 8), Is.Empty);
    }

    private static bool IsData(Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>NUnit ends it after the tests of its own namespace: in one without tests, never.</summary>
    [Test]
    public void What_the_tests_share_stands_above_them_all() =>
        Assert.That(typeof(RoomTests).Assembly.GetTypes().Where(type => type.IsDefined(typeof(SetUpFixtureAttribute), inherit: true)).Select(type => type.Namespace),
            Is.All.EqualTo("Nop.Plugin.Payments.Mion.Tests").And.Not.Empty);

    [GeneratedRegex(@"(?:^using (static )?|(?<![\w.]))Nop\.Plugin\.Payments\.Mion\.(?<room>[A-Z][A-Za-z]+)(?=[.;])", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Using();
}
