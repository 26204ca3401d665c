using FsCheck;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Unit.Domain.Till;

/// <summary>
/// Milli-satoshi, satoshi and bitcoin: whole numbers from end to end, shown rounded up.
/// </summary>
public class MilliSatoshiTests
{
    /// <summary>More than all the bitcoin that will ever be: 21 million in milli-satoshi.</summary>
    private static readonly Gen<long> _amounts = Any.Whole(0, 21_000_000L * 100_000_000 * 1_000);

    [TestCase(25_000_000, 25_000, "25\u202F000", "0.00025000", TestName = "The guide's own example: 25,000,000 msat are 25,000 sat, 0.00025 bitcoin")]
    [TestCase(24_038_462, 24_039, "24\u202F039", "0.00024039", TestName = "What is not a whole satoshi is shown rounded up")]
    [TestCase(1, 1, "1", "0.00000001", TestName = "A single milli-satoshi is shown as one satoshi")]
    [TestCase(0, 0, "0", "0.00000000", TestName = "Nothing is nothing")]
    [TestCase(2_100_000_000_000_000_000, 2_100_000_000_000_000, "2\u202F100\u202F000\u202F000\u202F000\u202F000", "21000000.00000000", TestName = "All the bitcoin there will be")]
    public void Is_shown_as(long msat, long satoshi, string formattedSatoshi, string formattedBitcoin)
    {
        var amount = new MilliSatoshi(msat);

        Assert.Multiple(() =>
        {
            Assert.That(amount.ToSatoshi(), Is.EqualTo(satoshi));
            Assert.That(amount.FormatSatoshi(), Is.EqualTo(formattedSatoshi));
            Assert.That(amount.FormatBitcoin(), Is.EqualTo(formattedBitcoin));
        });
    }

    [Test]
    public void Never_less_is_shown_than_is_asked_for_and_never_a_whole_satoshi_more() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat).ToSatoshi() * 1_000m is var shown && shown >= msat && shown - msat < 1_000m);

    [Test]
    public void Satoshi_and_bitcoin_say_the_same() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat) is var amount && amount.ToBitcoin() * 100_000_000m == amount.ToSatoshi()
        && decimal.Parse(amount.FormatBitcoin(), System.Globalization.CultureInfo.InvariantCulture) == amount.ToBitcoin());

    [Test]
    public void A_whole_number_of_satoshi_is_shown_as_it_is() => Rule.Holds(Any.Whole(0, 21_000_000L * 100_000_000), satoshi =>
        new MilliSatoshi(satoshi * 1_000).ToSatoshi() == satoshi);

    [Test]
    public void The_groups_hold_the_digits_of_the_number() => Rule.Holds(_amounts, msat =>
        new MilliSatoshi(msat) is var amount && long.Parse(amount.FormatSatoshi().Replace("\u202F", string.Empty)) == amount.ToSatoshi());
}
