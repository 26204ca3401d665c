using System.Globalization;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till;

/// <summary>
/// When the next payment attempt is asked for.
/// </summary>
public class MionPaymentAttemptTests
{
    [TestCase(120, 0, false, TestName = "A fresh attempt of two minutes stays")]
    [TestCase(120, 104, false, TestName = "16 seconds before its end it stays")]
    [TestCase(120, 105, true, TestName = "15 seconds before its end it is followed by the next")]
    [TestCase(120, 121, true, TestName = "After its end it is followed by the next")]
    [TestCase(8, 5, false, TestName = "A short one stays for three quarters of its life")]
    [TestCase(8, 6, true, TestName = "A short one is followed in its last quarter")]
    public void Is_followed(int life, int age, bool isDue)
    {
        var attempt = new MionPaymentAttempt { CreatedOnUtc = Some.Now, ExpiresOnUtc = Some.Now.AddSeconds(life) };

        Assert.That(attempt.IsDue(Some.Now.AddSeconds(age)), Is.EqualTo(isDue));
    }

    [TestCase(50, new[] { 0 }, TestName = "Paid while the first was the only one")]
    [TestCase(110, new[] { 105, 0 }, TestName = "Paid while both could be paid: it can be either")]
    [TestCase(130, new[] { 105 }, TestName = "Paid after the first had ended")]
    [TestCase(9000, new[] { 105 }, TestName = "Paid on the blockchain, long after the last")]
    [TestCase(-3, new[] { 0 }, TestName = "Paid a little too early, by another machine's clock")]
    public void Was_paid_by_one_of(int paidAt, int[] created)
    {
        var attempts = new[] { 105, 0 }.Select(age => new MionPaymentAttempt { CreatedOnUtc = Some.Now.AddSeconds(age), ExpiresOnUtc = Some.Now.AddSeconds(age + 120) });

        var paid = MionPaymentAttempt.FindPaid([.. attempts], Some.Now.AddSeconds(paidAt));

        Assert.That(paid.Select(attempt => (attempt.CreatedOnUtc - Some.Now).TotalSeconds), Is.EqualTo(created));
    }

    [TestCase(50, 24038_500, "24,039")]
    [TestCase(110, 24038_500, "24,039 / 24,041", TestName = "Of two that it can be, at two prices, both are named")]
    [TestCase(110, 24041_000, "24,041", TestName = "Of two at one price one is named")]
    public void A_receipt_names_what_was_paid(int paidAt, long firstMsat, string satoshi)
    {
        var attempts = new[] { (Age: 105, Msat: 24041_000L), (Age: 0, Msat: firstMsat) }
            .Select(each => new MionPaymentAttempt { CreatedOnUtc = Some.Now.AddSeconds(each.Age), ExpiresOnUtc = Some.Now.AddSeconds(each.Age + 120), AmountMsat = each.Msat });

        Assert.That(MionPaymentAttempt.FormatPaid([.. attempts], Some.Now.AddSeconds(paidAt), CultureInfo.GetCultureInfo("en-US")).Split(" / ").Order().ToArray(),
            Is.EqualTo(satoshi.Split(" / ")));
    }
}
