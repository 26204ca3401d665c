using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// What a shop assistant may type for an amount.
/// </summary>
public class EuroInputTests
{
    [TestCase("12", 1200)]
    [TestCase("12.5", 1250)]
    [TestCase("12,50", 1250)]
    [TestCase("12.05", 1205)]
    [TestCase(" 7 ", 700)]
    [TestCase("0.01", 1)]
    [TestCase("99999.99", 9_999_999)]
    public void Is_an_amount(string text, long cents) => Assert.Multiple(() =>
    {
        Assert.That(EuroInput.TryParse(text, out var read), Is.True);
        Assert.That(read, Is.EqualTo(cents));
    });

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0")]
    [TestCase("0,00")]
    [TestCase("-5")]
    [TestCase("1.234,56", Description = "means two amounts in two countries")]
    [TestCase("1.234")]
    [TestCase("1 234")]
    [TestCase("12.")]
    [TestCase(",5")]
    [TestCase("1e3")]
    [TestCase("100000")]
    [TestCase("€5")]
    [TestCase("١٢", Description = "digits of another script")]
    public void Is_not_an_amount(string? text) => Assert.That(EuroInput.TryParse(text, out _), Is.False);

    [Test]
    public void What_is_shown_can_be_typed() => Rule.Holds(Any.Whole(1, EuroInput.MaxCents), cents =>
        EuroInput.TryParse(EuroAmount.ToEuro(cents).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), out var read) && read == cents);
}
