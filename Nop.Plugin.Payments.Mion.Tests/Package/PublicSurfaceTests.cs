using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Webhook;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// What other plugins may build on, see <c>docs/integration.md</c>: each member stands in <c>PublicSurface.txt</c>. A new one is
/// added there; one that goes or changes breaks somebody's plugin.
/// </summary>
public partial class PublicSurfaceTests
{
    private static readonly Type[] _types =
    [
        typeof(IMionPayments), typeof(MionPaymentStatus), typeof(PaymentSessionChangedEvent), typeof(PaymentEventKind), typeof(ReviewReason), typeof(ICallbackVerifier)
    ];

    private static string File => Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Package", "PublicSurface.txt");

    [Test]
    public void It_is_what_stands_in_the_file() => Assert.That(string.Join('\n', _types.SelectMany(Describe)), Is.EqualTo(System.IO.File.ReadAllText(File).TrimEnd()));

    private static IEnumerable<string> Describe(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{type.FullName}.{name} = {(int)Enum.Parse(type, name)}")
        : AssemblyApi.GetMembers(type).Select(member => member[(member.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Where(member => Name().Match(member).Value is var name && !name.StartsWith('<') && type.GetMember(name).Length > 0).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<=::)[^(]+")]
    private static partial Regex Name();
}
