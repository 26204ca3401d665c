using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Tests.Localization;

/// <summary>The texts themselves; that each is there which is asked for is tested with the package.</summary>
public class MionStringsTests
{
    /// <summary>The notes on orders, with how many values each is given.</summary>
    private static IEnumerable<(string Name, int Arguments)> Notes =>
    [
        ("Opened", 5), ("Paid", 3), ("NotOpened.Unreachable", 1), ("NotOpened.Refused", 1), ("Handled", 3),
        ("MarkedHalfway", 2), ("MarkedLate", 2), ("SaysPaid", 2), ("RefundSeen", 2), ("Refunded", 2), ("TillOpened", 2), ("TillCancelled", 2), ("TillMethod", 1), ("TipAdded", 3), ("TipPaid", 3), ("Offered", 1), ("OfferedMethod", 1), ("Changed", 0), ("PayLinkMailed", 1), ("SeenNotPaid", 2),
        .. Enum.GetValues<ReviewReason>().Where(reason => reason != ReviewReason.None).Select(reason => ($"NeedsPerson.{reason}", 2))
    ];

    [Test]
    public void Every_state_of_a_payment_has_words([Values] PaymentPageState state) => Assert.Multiple(() =>
    {
        Assert.That(MionStrings.English, Contains.Key(Key($"Payment.{state}.Title")));
        Assert.That(MionStrings.English, Contains.Key(Key($"Payment.{state}.Text")));
    });

    [Test]
    public void Every_reason_why_a_person_is_needed_has_words_and_an_advice() => Assert.Multiple(() =>
    {
        foreach (var reason in Enum.GetValues<ReviewReason>().Where(reason => reason != ReviewReason.None))
        {
            Assert.That(MionStrings.English, Contains.Key(Key($"Reason.{reason}")));
            Assert.That(MionStrings.English, Contains.Key(Key($"Advice.{reason}")));
        }
    });

    [Test]
    public void Every_line_of_the_history_has_words() => Assert.Multiple(() =>
    {
        foreach (var kind in Enum.GetValues<PaymentEventKind>())
            Assert.That(MionStrings.English, Contains.Key(Key($"Event.{kind}")));
        foreach (var trigger in Enum.GetValues<CheckTrigger>())
            Assert.That(MionStrings.English, Contains.Key(Key($"Trigger.{trigger}")));
    });

    [Test]
    public void Every_note_uses_exactly_the_values_that_it_is_given() => Assert.Multiple(() =>
    {
        // its {3} is there for texts that a merchant has edited while they named UTC
        foreach (var (name, arguments) in Notes)
            Assert.That(Placeholders(MionStrings.English[Key($"Note.{name}")]), Is.EquivalentTo(Enumerable.Range(0, arguments).Except(name == "Opened" ? [3] : [])), name);
    });

    [Test]
    public void No_note_is_missing_above() => Assert.That(MionStrings.English.Keys.Where(key => key.Contains(".Note.", StringComparison.Ordinal)),
        Is.EquivalentTo(Notes.Select(note => Key($"Note.{note.Name}"))));

    [Test]
    public void No_other_text_waits_for_values() => Assert.That(
        MionStrings.English.Where(text => !text.Key.Contains(".Note.", StringComparison.Ordinal) && Placeholders(text.Value).Count > 0)
            .ToDictionary(text => text.Key[(MionDefaults.ResourcePrefix.Length + 1)..], text => Placeholders(text.Value).Count),
        Is.EquivalentTo(new Dictionary<string, int>
        {
            ["Clock.Differs"] = 1,
            ["Description.Changes"] = 1,
            ["Desk.MionFailed"] = 1,
            ["Doctor.Done"] = 1,
            ["Doctor.Left"] = 1,
            ["Doctor.More"] = 2,
            ["Figures.Chart"] = 1,
            ["Figures.Days"] = 1,
            ["Figures.Time.Seconds"] = 1,
            ["Figures.Time.Within"] = 2,
            ["Health.Key.Unanswered"] = 3,
            ["Health.Key.Works"] = 1,
            ["Health.Task.Late"] = 1,
            ["Health.Task.Runs"] = 1,
            ["Health.Webhook.Arrives"] = 1,
            ["Health.Offer.Some"] = 1,
            ["Health.Webhook.Missed"] = 1,
            ["Mail.Receipt.Body"] = 3,
            ["Mail.Receipt.Subject"] = 1,
            ["Panel.RateText"] = 4,
            ["Payment.TimeLeft.Hours"] = 2,
            ["Payment.TimeLeft.Minutes"] = 1,
            ["PaymentInfo.Euro"] = 4,
            ["Receipt.Until"] = 1,
            ["RoundTrip.Arrived"] = 1,
            ["RoundTrip.SessionRefused"] = 1,
            ["RoundTrip.Waiting"] = 1,
            ["RoundTrip.WebhookRefused"] = 1,
            ["Uninstall.Deletes"] = 1,
            ["Uninstall.Discounts"] = 1,
            ["Uninstall.Keeps"] = 1,
            ["Uninstall.Open"] = 1,
            ["Till.Returning"] = 1,
            ["Till.Tip.Problem"] = 1
        }));

    [Test]
    public void Every_text_is_the_plugins_own_and_fits_into_nopCommerces_table() => Assert.Multiple(() =>
    {
        Assert.That(MionStrings.English.Keys, Has.All.StartsWith("Plugins.Payments.Mion."));
        Assert.That(MionStrings.English.Keys.Select(key => key.Length), Has.All.LessThanOrEqualTo(200));
        Assert.That(MionStrings.English.Values, Has.None.Empty);
    });

    [Test]
    public void A_text_is_found_in_any_case() => Assert.That(MionStrings.English, Contains.Key("plugins.payments.mion.payment.title"));

    [TestCase("paid {0} by {1}", "paid €1.00 by lightning")]
    [TestCase("paid {1}, {0}", "paid lightning, €1.00")]
    [TestCase("paid", "paid")]
    [TestCase("paid {2}", "paid {2} [€1.00, lightning]")]
    [TestCase("paid {0", "paid {0 [€1.00, lightning]")]
    [TestCase("", "")]
    public void A_text_that_a_merchant_has_broken_comes_out_as_it_stands(string text, string expected) =>
        Assert.That(MionStrings.Format(text, "€1.00", "lightning"), Is.EqualTo(expected));

    [Test]
    [SetCulture("de-DE")]
    public void Values_are_written_the_same_in_every_culture() => Assert.That(MionStrings.Format("{0} {1}", 1.5m, Some()), Is.EqualTo("1.5 03/04/2026 00:00:00"));

    private static DateTime Some() => new(2026, 3, 4);

    private static string Key(string name) => $"{MionDefaults.ResourcePrefix}.{name}";

    private static IReadOnlyList<int> Placeholders(string text) => [.. Regex.Matches(text, @"\{(\d+)[^}]*\}").Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct()];
}
