using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Unit.Domain.Till;

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
}
