using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>A payment that was seen and does not become complete: not paid, and yet not nothing.</summary>
[TestFixture]
public sealed class StalledTests : ShopFixture
{
    private static readonly TimeSpan _untilToldOf = TimeSpan.FromDays(1) + OverdueSessions.MinStall;

    [Test]
    public async Task A_person_is_told_once_hours_after_its_end_and_the_shopper_is_asked_not_to_pay_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayTooLittle(session.PaymentSessionId);
        await PollWhenDueAsync();

        Time.Advance(_untilToldOf - TimeSpan.FromHours(1));
        await RunPollAsync();
        Assert.That(await MailsAsync(session), Is.Empty, "it may be on its way into a block");
        for (var i = 0; i < 4; i++)
        {
            Time.Advance(TimeSpan.FromHours(2));
            await RunPollAsync();
        }

        var page = await NewBrowser().OpenAsync($"/mion/payment/{session.Token}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await MailsAsync(session), Has.Count.EqualTo(1));
            Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("it is not complete"));
            Assert.That(page.Body!.TextContent, Does.Contain("Please do not pay again"));
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
        }
    }

    [Test]
    public async Task Two_machines_that_find_it_at_once_tell_of_it_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayTooLittle(session.PaymentSessionId);
        await PollWhenDueAsync();
        Time.Advance(_untilToldOf);
        var read = new[] { await NewestSessionAsync(purchase.OrderId), await NewestSessionAsync(purchase.OrderId) };

        foreach (var copy in read)
            await InScopeAsync<PaymentConfirmation, bool>(confirmation => confirmation.CheckAsync(copy, CheckTrigger.Poll));

        Assert.That(await MailsAsync(session), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task One_that_becomes_complete_after_all_pays_its_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        Time.Advance(_untilToldOf);
        await RunPollAsync();
        Assert.That(await MailsAsync(session), Has.Count.EqualTo(1));

        Mion.Confirm(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromHours(2));
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        Assert.That(await MailsAsync(session), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_nobody_has_paid_is_nobodys_business()
    {
        var (_, session) = await BuyWithSessionAsync();

        Time.Advance(_untilToldOf);
        await RunPollAsync();

        Assert.That(await MailsAsync(session), Is.Empty);
    }

    private Task<List<QueuedEmail>> MailsAsync(MionPaymentSession session) => InScopeAsync<IRepository<QueuedEmail>, List<QueuedEmail>>(
        queue => Task.FromResult(queue.Table.Where(mail => mail.Body.Contains(session.PaymentSessionId)).ToList()));
}
