using System.Text;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>
/// Which answers to <em>New payment attempt</em> are believed.
/// </summary>
public class MionAttemptReaderTests
{
    private const string Good = $$"""
        { "amountMsat": 25000000, "blockedByCompliance": false, "expiry": "2026-03-04T12:02:00Z", "lnInvoice": "lnbc1abc", "missingComplianceCustomerFields": [],
          "onChainAddress": "bc1q", "paymentMethod": "lightning", "paymentSessionId": "{{Some.PaymentSessionId}}", "suggestedFeeRate": 3 }
        """;

    [Test]
    public void The_guides_example_is_read()
    {
        var attempt = Read(Good);

        Assert.That(attempt, Is.EqualTo(new MionAttempt
        {
            AmountMsat = 25_000_000,
            ExpiresOnUtc = Some.Now.AddMinutes(2),
            LightningInvoice = "lnbc1abc",
            OnChainAddress = "bc1q",
            SuggestedFeeRate = 3,
            MissingCustomerFields = attempt.MissingCustomerFields
        }));
        Assert.That(attempt.MissingCustomerFields, Is.Empty);
    }

    [TestCase("25000000", "0", "amountMsat")]
    [TestCase("25000000", "-1", "amountMsat")]
    [TestCase("25000000", "1.5", "amountMsat")]
    [TestCase("25000000", "\"25000000\"", "amountMsat")]
    [TestCase("25000000", "9223372036854775807", "amountMsat")]
    [TestCase("25000000", "99999999999999999999", "amountMsat")]
    [TestCase("\"2026-03-04T12:02:00Z\"", "null", "expiry")]
    [TestCase("\"2026-03-04T12:02:00Z\"", "\"soon\"", "expiry")]
    [TestCase("\"lnbc1abc\"", "null", "lnInvoice")]
    [TestCase("\"lnbc1abc\"", "\"\"", "lnInvoice")]
    [TestCase(Some.PaymentSessionId, Some.OtherPaymentSessionId, "another session")]
    public void An_answer_that_is_not_what_the_guide_describes_is_refused(string what, string with, string named) =>
        Assert.That(() => Read(Good.Replace(what, with, StringComparison.Ordinal)), Throws.InstanceOf<FormatException>().With.Message.Contains(named));

    [Test]
    public void Without_an_invoice_it_is_believed_where_compliance_says_why() => Assert.Multiple(() =>
    {
        Assert.That(Read(Good.Replace("\"lnbc1abc\"", "null").Replace("false", "true")).BlockedByCompliance, Is.True);
        Assert.That(Read(Good.Replace("\"lnbc1abc\"", "null").Replace("[]", "[\"firstName\"]")).MissingCustomerFields, Is.EqualTo(new[] { "firstName" }));
    });

    [Test]
    public void It_is_read_by_the_names_that_Mion_has() =>
        Assert.That(MionSessionReader.ReadAttempt(Encoding.UTF8.GetBytes(Good.Replace("lnInvoice", "bolt11", StringComparison.Ordinal)), Some.PaymentSessionId,
            MionContract.Of(new Dictionary<string, string> { ["offer.lnInvoice"] = "bolt11" })).LightningInvoice, Is.EqualTo("lnbc1abc"));

    private static MionAttempt Read(string json) => MionSessionReader.ReadAttempt(Encoding.UTF8.GetBytes(json), Some.PaymentSessionId);
}
