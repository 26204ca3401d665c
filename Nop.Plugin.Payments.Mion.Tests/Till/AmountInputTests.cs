using System.Globalization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// What a shop assistant may type for an amount.
/// </summary>
public class AmountInputTests
{
    [TestCase("12", 1200)]
    [TestCase("12.5", 1250)]
    [TestCase("12,50", 1250)]
    [TestCase("12.05", 1205)]
    [TestCase(" 7 ", 700)]
    [TestCase("0.01", 1)]
    [TestCase("99999.99", 9_999_999)]
    [TestCase("1.234,50", 123_450)]
    [TestCase("1,234.50", 123_450)]
    [TestCase("1 234,5", 123_450)]
    [TestCase("12\u00A0345", 1_234_500)]
    [TestCase("12\u202F345,00", 1_234_500)]
    [TestCase("1'234.50", 123_450)]
    [TestCase("99.999,99", 9_999_999)]
    [TestCase("100000", 10_000_000, Description = "a store may sell in forints")]
    [TestCase("40,000,000", 4_000_000_000)]
    [TestCase("40.000.000", 4_000_000_000)]
    [TestCase("40 000 000,5", 4_000_000_050)]
    [TestCase("9999999999.99", 999_999_999_999)]
    public void Is_the_same_amount_in_every_language(string text, long cents)
    {
        foreach (var culture in _cultures)
            Assert.That((AmountInput.TryParse(text, CultureInfo.GetCultureInfo(culture), out var read), read), Is.EqualTo((true, cents)), culture);
    }

    [TestCase("1.234", "de-DE", 123_400)]
    [TestCase("1,234", "en-US", 123_400)]
    [TestCase("1.234", "en-US", 0)]
    [TestCase("1,234", "de-DE", 0)]
    [TestCase("1.234", "fi-FI", 0)]
    [TestCase("1,234", "fr-FR", 0)]
    public void What_means_two_amounts_is_read_as_the_assistants_language_writes_thousands_or_not_at_all(string text, string culture, long cents) =>
        Assert.That((AmountInput.TryParse(text, CultureInfo.GetCultureInfo(culture), out var read), read), Is.EqualTo((cents > 0, cents)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0")]
    [TestCase("0,00")]
    [TestCase("-5")]
    [TestCase("12.")]
    [TestCase(",5")]
    [TestCase("1e3")]
    [TestCase("10000000000")]
    [TestCase("0.012", Description = "no thousands begin with nothing")]
    [TestCase("1.234,567")]
    [TestCase("1.234,567.50")]
    [TestCase("1.23,50")]
    [TestCase("1.2345")]
    [TestCase("1,234,50")]
    [TestCase("1.234.50")]
    [TestCase("€5")]
    [TestCase("١٢", Description = "digits of another script")]
    public void Is_not_an_amount(string? text)
    {
        foreach (var culture in _cultures)
            Assert.That(AmountInput.TryParse(text, CultureInfo.GetCultureInfo(culture), out _), Is.False, culture);
    }

    [Test]
    public void What_is_shown_can_be_typed([ValueSource(nameof(_cultures))] string culture) => Rule.Holds(Any.Whole(1, TillDefaults.MaxCents), cents =>
        AmountInput.TryParse(EuroAmount.Format(cents, CultureInfo.GetCultureInfo(culture)).Replace("€", "", StringComparison.Ordinal), CultureInfo.GetCultureInfo(culture), out var read)
        && read == cents);

    private static readonly string[] _cultures = ["en-US", "de-DE", "fi-FI", "sv-SE", "nb-NO", "da-DK", "nl-NL", "fr-FR", "it-IT", "es-ES", "de-CH", ""];
}
