using System.Globalization;
using FsCheck;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// Milli-satoshi, satoshi and bitcoin: whole numbers from end to end, shown rounded up.
/// </summary>
public class MilliSatoshiTests
{
    /// <summary>More than all the bitcoin that will ever be: 21 million in milli-satoshi.</summary>
    private static readonly Gen<long> _amounts = Any.Whole(0, 21_000_000L * 100_000_000 * 1_000);

    /// <summary>The cultures of the plugin's ten languages, and none.</summary>
    private static readonly string[] _cultures = ["en-US", "de-DE", "fi-FI", "sv-SE", "nb-NO", "da-DK", "nl-NL", "fr-FR", "it-IT", "es-ES", ""];

    [TestCase(25_000_000, 25_000, "25,000", "0.00025000", TestName = "The guide's own example: 25,000,000 msat are 25,000 sat, 0.00025 bitcoin")]
    [TestCase(24_038_462, 24_039, "24,039", "0.00024039", TestName = "What is not a whole satoshi is shown rounded up")]
    [TestCase(1, 1, "1", "0.00000001", TestName = "A single milli-satoshi is shown as one satoshi")]
    [TestCase(0, 0, "0", "0.00000000", TestName = "Nothing is nothing")]
    [TestCase(2_100_000_000_000_000_000, 2_100_000_000_000_000, "2,100,000,000,000,000", "21000000.00000000", TestName = "All the bitcoin there will be")]
    public void Is_shown_as(long msat, long satoshi, string formattedSatoshi, string formattedBitcoin)
    {
        var amount = new MilliSatoshi(msat);

        Assert.Multiple(() =>
        {
            Assert.That(amount.ToSatoshi(), Is.EqualTo(satoshi));
            Assert.That(amount.FormatSatoshi(CultureInfo.GetCultureInfo("en-US")), Is.EqualTo(formattedSatoshi));
            Assert.That(amount.FormatBitcoin(CultureInfo.GetCultureInfo("en-US")), Is.EqualTo(formattedBitcoin));
        });
    }

    [TestCase("en-US", "25,000", "0.00025000")]
    [TestCase("de-DE", "25.000", "0,00025000")]
    [TestCase("fi-FI", "25\u00A0000", "0,00025000")]
    public void Everybody_reads_their_own_separators(string culture, string satoshi, string bitcoin)
    {
        var amount = new MilliSatoshi(25_000_000);

        Assert.That((amount.FormatSatoshi(CultureInfo.GetCultureInfo(culture)), amount.FormatBitcoin(CultureInfo.GetCultureInfo(culture))),
            Is.EqualTo((satoshi, bitcoin)));
    }

    [Test]
    public void Never_less_is_shown_than_is_asked_for_and_never_a_whole_satoshi_more() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat).ToSatoshi() * 1_000m is var shown && shown >= msat && shown - msat < 1_000m);

    [Test]
    public void More_milli_satoshi_are_never_fewer_satoshi() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat + 1).ToSatoshi() - new MilliSatoshi(msat).ToSatoshi() is 0 or 1);

    [Test]
    public void Satoshi_and_bitcoin_say_the_same() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat) is var amount && amount.ToBitcoin() * 100_000_000m == amount.ToSatoshi()
        && _cultures.All(culture => decimal.Parse(amount.FormatBitcoin(CultureInfo.GetCultureInfo(culture)), NumberStyles.Number, CultureInfo.GetCultureInfo(culture)) == amount.ToBitcoin()));

    [Test]
    public void Bitcoin_always_have_eight_decimals() => Rule.Holds(_amounts, msat => _cultures.All(culture =>
        new MilliSatoshi(msat).FormatBitcoin(CultureInfo.GetCultureInfo(culture)) is var text && text.Length - 9 == text.LastIndexOfAny(['.', ','])));

    [Test]
    public void A_whole_number_of_satoshi_is_shown_as_it_is_and_gives_the_milli_satoshi_back() => Rule.Holds(Any.Whole(0, 21_000_000L * 100_000_000), satoshi =>
        new MilliSatoshi(satoshi * 1_000) is var amount && amount.ToSatoshi() == satoshi && (long)(amount.ToBitcoin() * 100_000_000_000m) == amount.Value);

    [Test]
    public void The_groups_hold_the_digits_of_the_number_in_every_language() => Rule.Holds(_amounts, msat => _cultures.All(culture =>
        new MilliSatoshi(msat) is var amount && long.Parse(string.Concat(amount.FormatSatoshi(CultureInfo.GetCultureInfo(culture)).Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture) == amount.ToSatoshi()));
}
