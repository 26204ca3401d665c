using System.Text;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>What the service of a card may answer.</summary>
public sealed class CardOfferTests
{
    private static readonly string _offer =
        """{"tag":"withdrawRequest","callback":"https://card.example/pay","k1":"key","minWithdrawable":1000,"maxWithdrawable":24039000,"defaultDescription":"Bolt Card"}""";

    [Test]
    public void An_offer_is_read()
    {
        var offer = CardOffer.Read(Encoding.UTF8.GetBytes(_offer));

        Assert.That(offer, Is.EqualTo(new CardOffer(new Uri("https://card.example/pay"), "key", 1000, 24_039_000)));
    }

    [TestCase(999, false)]
    [TestCase(1000, true)]
    [TestCase(24_039_000, true)]
    [TestCase(24_039_001, false)]
    public void An_invoice_is_within_its_limits_to_the_milli_satoshi(long amountMsat, bool allowed) =>
        Assert.That(CardOffer.Read(Encoding.UTF8.GetBytes(_offer)).Allows(amountMsat), Is.EqualTo(allowed));

    [TestCase("1000", "1e3")]
    [TestCase("1000", "1000.0")]
    public void A_number_may_be_written_otherwise(string usual, string other) =>
        Assert.That(CardOffer.Read(Encoding.UTF8.GetBytes(_offer.Replace(usual, other, StringComparison.Ordinal))).LeastMsat, Is.EqualTo(1000));

    [TestCase("withdrawRequest", "payRequest", CardResult.Unusable)]
    [TestCase("\"tag\":\"withdrawRequest\",", "", CardResult.Unusable)]
    [TestCase("\"key\"", "\"\"", CardResult.Unusable)]
    [TestCase("\"key\"", "7", CardResult.Unusable)]
    [TestCase("\"key\"", "\"\\ud800\"", CardResult.Unusable)]
    [TestCase("\"minWithdrawable\":1000,", "", CardResult.Unusable)]
    [TestCase("24039000", "\"much\"", CardResult.Unusable)]
    [TestCase("24039000", "1e99", CardResult.Unusable)]
    [TestCase("24039000", "null", CardResult.Unusable)]
    [TestCase("\"https://card.example/pay\"", "null", CardResult.Unusable)]
    [TestCase("https://card.example/pay", "http://card.example/pay", CardResult.NotAllowed)]
    [TestCase("https://card.example/pay", "https://192.168.0.1/pay", CardResult.NotAllowed)]
    [TestCase("https://card.example/pay", "", CardResult.NotAllowed)]
    [TestCase("\"tag\"", "\"status\":\"ERROR\",\"reason\":\"no\",\"tag\"", CardResult.Refused)]
    public void What_is_no_offer_is_none(string part, string instead, CardResult result) => AssertFails(() => CardOffer.Read(Encoding.UTF8.GetBytes(Replace(part, instead))), result);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"withdrawRequest\"")]
    [TestCase("<html></html>")]
    [TestCase("{\"status\":\"ERROR\"")]
    public void What_is_no_object_is_neither_an_offer_nor_an_answer(string text)
    {
        AssertFails(() => CardOffer.Read(Encoding.UTF8.GetBytes(text)), CardResult.Unusable);
        AssertFails(() => CardOffer.ReadTaken(Encoding.UTF8.GetBytes(text)), CardResult.Unusable);
    }

    [TestCase("""{"status":"OK"}""", null)]
    [TestCase("""{"status":"ok"}""", null)]
    [TestCase("""{"status":"ERROR","reason":"<script>"}""", CardResult.Refused)]
    [TestCase("""{"status":"error"}""", CardResult.Refused)]
    [TestCase("""{"status":"PAID"}""", CardResult.Unusable)]
    [TestCase("""{"status":true}""", CardResult.Unusable)]
    [TestCase("{}", CardResult.Unusable)]
    public void The_invoice_is_taken_where_the_service_says_so(string answer, CardResult? result)
    {
        if (result is { } failure)
            AssertFails(() => CardOffer.ReadTaken(Encoding.UTF8.GetBytes(answer)), failure);
        else
            Assert.That(() => CardOffer.ReadTaken(Encoding.UTF8.GetBytes(answer)), Throws.Nothing);
    }

    [TestCase("https://card.example/pay", "https://card.example/pay?k1=a%26b&pr=lnbc1")]
    [TestCase("https://card.example/pay?user=7", "https://card.example/pay?user=7&k1=a%26b&pr=lnbc1")]
    [TestCase("https://card.example/pay?user=7#top", "https://card.example/pay?user=7&k1=a%26b&pr=lnbc1")]
    [TestCase("https://card.example/pay?", "https://card.example/pay?&k1=a%26b&pr=lnbc1")]
    [TestCase("https://card.example", "https://card.example/?k1=a%26b&pr=lnbc1")]
    public void Key_and_invoice_are_added_to_the_callback(string callback, string address) =>
        Assert.That(new CardOffer(new Uri(callback), "a&b", 1, 2).For("lnbc1").AbsoluteUri, Is.EqualTo(address));

    private static string Replace(string part, string instead)
    {
        Assert.That(_offer, Does.Contain(part));
        return _offer.Replace(part, instead, StringComparison.Ordinal);
    }

    private static void AssertFails(Action read, CardResult result) => Assert.That(read, Throws.TypeOf<CardException>().With.Property(nameof(CardException.Result)).EqualTo(result));
}
