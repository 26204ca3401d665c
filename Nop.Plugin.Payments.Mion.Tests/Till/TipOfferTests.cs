using System.Globalization;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>What a tip comes to, and which is taken.</summary>
public class TipOfferTests
{
    private static readonly CultureInfo _german = CultureInfo.GetCultureInfo("de-DE");
    private static readonly ReaderFormat _format = new(_german, TimeZoneInfo.Utc);

    [TestCase(10_00, 10, 1_00)]
    [TestCase(12_90, 5, 65, TestName = "Half a cent is rounded up")]
    [TestCase(12_89, 5, 64)]
    [TestCase(9, 5, 0)]
    [TestCase(10, 5, 1)]
    [TestCase(1, 100, 1)]
    public void A_percentage_is_in_cents(long amount, int percent, long expected) => Assert.That(TipOffer.GetTip(amount, percent), Is.EqualTo(expected));

    [Test]
    public void Nothing_is_offered_at_first() => Assert.That(TipOffer.Of(new MionTillSettings()).IsOn, Is.False);

    [Test]
    public void What_is_set_to_nothing_or_twice_or_to_what_cannot_be_is_not_offered() =>
        Assert.That(TipOffer.Of(new MionTillSettings { TipPercent1 = 10, TipPercent2 = 0, TipPercent3 = 10 }).Percentages
            .Concat(TipOffer.Of(new MionTillSettings { TipPercent1 = -5, TipPercent2 = 101, TipPercent3 = 15 }).Percentages), Is.EqualTo(new[] { 10, 15 }));

    [TestCase(0, null, 0)]
    [TestCase(10, null, 1_00)]
    [TestCase(15, null, null, TestName = "A percentage that is not offered")]
    [TestCase(-10, null, null)]
    [TestCase(null, "1,50", 1_50)]
    [TestCase(null, "10", 10_00, TestName = "As much as the amount")]
    [TestCase(null, "10,01", null, TestName = "More than the amount")]
    [TestCase(null, "-1", null)]
    [TestCase(null, "0", null)]
    [TestCase(null, "", null)]
    [TestCase(null, null, null)]
    [TestCase(null, "a lot", null)]
    public void Of_ten_euro(int? percent, string? text, int? expected) =>
        Assert.That(new TipOffer([10], AllowsFree: true).Read(Charge(10_00), percent, text, _german)?.Cents, Is.EqualTo((long?)expected));

    [Test]
    public void Nothing_may_be_typed_where_that_is_off() => Assert.That(new TipOffer([10], AllowsFree: false).Read(Charge(10_00), null, "1", _german), Is.Null);

    [TestCase(60_000_00, "39999,99", 39_999_99)]
    [TestCase(60_000_00, "40000", null)]
    [TestCase(TillDefaults.MaxCents, "0,01", null)]
    public void No_more_in_all_than_a_till_charges(long amount, string text, int? expected) =>
        Assert.That(new TipOffer([90], AllowsFree: true).Read(Charge(amount), null, text, _german)?.Cents, Is.EqualTo((long?)expected));

    [Test]
    public void A_button_that_would_be_refused_is_not_shown() =>
        Assert.That(TipButton.Make(new TipOffer([1, 90], AllowsFree: false), Charge(60_000_00), _format).Select(button => button.Value), Is.EqualTo(new[] { 1 }));

    [Test]
    public void A_button_names_percentage_and_amount_as_the_reader_writes_them() =>
        Assert.That(TipButton.Make(new TipOffer([5], AllowsFree: false), Charge(12_90), _format), Is.EqualTo(new[] { new TipButton(5, 0.05m.ToString("P0", _german), EuroAmount.Format(65, _german)) }));

    [Test]
    public void In_another_currency_percentage_limit_and_typed_tip_are_of_that()
    {
        var crowns = new MionPaymentSession { AmountCents = 10_00, OrderTotal = 250m, CurrencyCode = "CZK", ExchangeRate = 0.04m };
        var offer = new TipOffer([10], AllowsFree: true);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(offer.Read(crowns, 10, null, _german), Is.EqualTo(new Tip(1_00, 25m)));
            Assert.That(offer.Read(crowns, null, "30", _german), Is.EqualTo(new Tip(1_20, 30m)));
            Assert.That(offer.Read(crowns, null, "250,01", _german), Is.Null, "more than the amount");
            Assert.That(TipOffer.GetLargest(2_000_000_00, 0.04m), Is.EqualTo(499_999_75), "no more in all than a till charges");
            Assert.That(TipButton.Make(offer, crowns, _format).Single().Amount, Is.EqualTo("25,00 CZK"));
        }
    }

    private static MionPaymentSession Charge(long cents) => new() { AmountCents = cents, OrderTotal = EuroAmount.ToEuro(cents), CurrencyCode = "EUR", ExchangeRate = 1m };
}
