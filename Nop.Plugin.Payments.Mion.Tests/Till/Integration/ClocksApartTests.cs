using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>The shop's clock and Mion's are minutes apart: a code lives for two minutes all the same.</summary>
[TestFixture(-210)]
[TestFixture(210)]
public sealed class ClocksApartTests(int seconds) : TillFixture
{
    protected override TimeSpan MionAhead => TimeSpan.FromSeconds(seconds);

    [Test]
    public async Task A_code_is_renewed_as_often_as_Mion_ends_one()
    {
        var charge = (await ChargeAmountAsync()).Session!;
        for (var look = 0; look < 13; look++)
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            var status = await LookAsync(charge.Id);
            Assert.That(status.State, Is.EqualTo(TillState.Waiting));
            Assert.That(status.Attempt!.ExpiresOnUtc, Is.GreaterThan(Time.UtcNow), "the code on the screen can be paid");
        }

        Assert.That(Mion.Sessions.Single().Attempts, Has.Count.EqualTo(2), "in 130 seconds");
    }

    [Test]
    public async Task What_is_paid_in_the_last_minute_is_in_time_and_what_is_paid_after_the_end_is_not()
    {
        // the first answer of all tells of the clocks
        await ChargeAmountAsync();
        var inTime = (await ChargeAmountAsync()).Session!;
        var late = (await ChargeAmountAsync()).Session!;
        Time.Advance(inTime.ExpiresOnUtc - Time.UtcNow - TimeSpan.FromMinutes(1));
        await LookAsync(inTime.Id);
        Mion.PayByLightning(inTime.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(2));
        Mion.PayLate(late.PaymentSessionId);
        await PollWhenDueAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SessionAsync(inTime.Id)).State, Is.EqualTo(PaymentSessionState.Paid));
            Assert.That((await SessionAsync(late.Id)).ReviewReason, Is.EqualTo(ReviewReason.LateAtTill));
        }
    }

    [Test]
    public async Task The_merchant_reads_of_it()
    {
        await ChargeAmountAsync();

        var admin = NewBrowser();
        await admin.EnterAdminAsync();
        var notice = (await admin.OpenAsync("/Admin/Mion/Configure")).QuerySelector("#mion-clock-notice");

        Assert.That(notice?.TextContent, Does.Match("2[01][0-9] seconds apart"), "as long as an answer takes, it is less");
    }
}
