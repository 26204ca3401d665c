using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

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

    // by what each of them begins with; without the values for which another text stands, or none
    private static readonly Dictionary<string, string[]> _builtFromEnums = new()
    {
        ["Advice"] = Ends(ReviewReason.None),
        ["ConnectionTest"] = Ends<ConnectionTestResult>(),
        ["Description"] = Ends(DescriptionProblem.None),
        ["Desk"] = Ends<DeskResult>(),
        ["Event"] = Ends<PaymentEventKind>(),
        ["Failure"] = Ends(MionApiErrorKind.Unreachable, MionApiErrorKind.TimedOut, MionApiErrorKind.Unauthorized, MionApiErrorKind.Forbidden,
            MionApiErrorKind.ServerError, MionApiErrorKind.Redirected, MionApiErrorKind.SomethingInFront, MionApiErrorKind.UnreadableAnswer),
        ["Finding"] = Ends(DoctorFinding.None, DoctorFinding.NeedsPerson),
        ["Health.State"] = Ends<HealthState>(),
        ["LogDetail"] = Ends<LogDetail>(),
        ["Note.NeedsPerson"] = Ends(ReviewReason.None),
        ["Payment.Change"] = Ends<OrderChangeResult>(),
        ["PayLink"] = Ends<PayLinkMailResult>(),
        ["PayLink.Problem"] = [.. new[]
        {
            OpeningProblem.AlreadyPaid, OpeningProblem.PaymentSeen, OpeningProblem.OrderClosed, OpeningProblem.OrderNotFound, OpeningProblem.NoEuroAmount, OpeningProblem.NotConfigured
        }.Select(problem => problem.ToString())],
        ["Panel"] = Ends<PaymentDay>(),
        ["Reason"] = Ends(ReviewReason.None),
        ["Standing"] = Ends<ContractStanding>(),
        ["State"] = Ends<PaymentSessionState>(),
        ["Till.Badge"] = Ends(TillState.Idle, TillState.Tip, TillState.Starting, TillState.Problem, TillState.Waiting, TillState.Seen, TillState.Blocked, TillState.DetailsMissing),
        ["Till.Card"] = Ends<CardResult>(),
        ["Till.Problem"] = Ends(OpeningProblem.None),
        ["Till.Receipt.Mail"] = Ends(ReceiptMailResult.NoReceipt),
        ["Trigger"] = Ends<CheckTrigger>(),
        ["WebhookTest"] = Ends<WebhookTestResult>()
    };

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
    public void Every_text_that_the_code_puts_together_of_an_enumeration_is_there() =>
        Assert.That(_builtFromEnums.SelectMany(each => each.Value.Select(end => $"{each.Key}.{end}")).Where(name => !MionStrings.English.ContainsKey(Prefix + name)), Is.Empty);

    [Test]
    public void No_beginning_of_such_a_text_is_forgotten_above()
    {
        var beginnings = _sources.SelectMany(source => Beginnings().Matches(source)).Select(match => match.Groups["beginning"].Value).Distinct().ToList();

        Assert.That(beginnings, Is.Not.Empty);
        Assert.That(beginnings.Where(beginning => !_builtFromEnums.ContainsKey(beginning) && !_builtFromEnums.ContainsKey($"Note.{beginning}")), Is.Empty);
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
        var texts = MionStrings.English.Where(text => !(text.Key.Contains(".Mail.", StringComparison.Ordinal) && text.Key.EndsWith(".Body", StringComparison.Ordinal)));

        Assert.That(texts.Where(text => text.Value.Contains('<', StringComparison.Ordinal)).Select(text => text.Key), Is.Empty, "a store prints texts as they are");
    }

    private static string[] Ends<T>(params T[] without) where T : struct, Enum => [.. Enum.GetValues<T>().Except(without).Select(value => value.ToString())];

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

    // $"Advice.{…}" in code, "Plugins.Payments.Mion.Advice." + … in a view
    [GeneratedRegex("(?:\\$\"(?<beginning>[A-Za-z.]+)\\.\\{|\"Plugins\\.Payments\\.Mion\\.(?<beginning>[A-Za-z.]+)\\.\" \\+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Beginnings();

    [GeneratedRegex("NopResourceDisplayName\\(\"([^\"]+)\"\\)")]
    private static partial Regex Fields();

    // a whole one, or the end of one that is put together
    [GeneratedRegex("(?:\"|\\}\\.)([A-Za-z0-9.]+)\"")]
    private static partial Regex Literals();
}
