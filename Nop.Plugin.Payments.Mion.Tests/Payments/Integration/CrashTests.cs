using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>Work that dies on the way: nothing is lost, nothing is done twice.</summary>
[TestFixture]
public sealed class CrashTests : ShopFixture
{
    [Test]
    public async Task A_failure_before_the_order_was_saved_is_made_good_by_the_next_look()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.BeforeMarkAsPaid = Breakages.Die;
        await PollWhenDueAsync();
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).ClaimToken, Is.Null, "the claim was given back");
        Breakages.BeforeMarkAsPaid = null;

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_failure_after_the_order_was_saved_does_not_pay_it_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.AfterMarkAsPaid = Breakages.Die;
        await PollWhenDueAsync();
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
        Breakages.AfterMarkAsPaid = null;

        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Someone_who_died_with_the_work_in_hand_is_replaced_when_his_time_is_over()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryClaimAsync(session.Id, Guid.NewGuid(), MionDefaults.ApplyLease));

        await PollWhenDueAsync();
        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending), "it is in other hands");

        Time.Advance(MionDefaults.ApplyLease);
        await RunPollAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task The_shopper_sees_nothing_of_it()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        Breakages.BeforeMarkAsPaid = Breakages.Die;

        using var returned = await purchase.Browser.GetAsync($"/mion/return/{session.Token}");
        using var news = await purchase.Browser.GetAsync($"/mion/payment/{session.Token}/status");

        Assert.That(returned.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(await news.Content.ReadAsStringAsync(), Does.Contain("Waiting").And.Not.Contain(Breakages.Secret));
    }

    [Test]
    public async Task A_reload_while_the_payment_is_being_applied_does_not_apply_it_again()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        var entered = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        Breakages.BeforeMarkAsPaid = _ =>
        {
            entered.TrySetResult();
            return goOn.Task;
        };

        var first = NewBrowser().GetAsync($"/mion/return/{session.Token}");
        await entered.Task;
        var second = NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
        goOn.SetResult();
        (await first).Dispose();
        using var hook = await second;

        Assert.That((int)hook.StatusCode, Is.EqualTo(200));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }
}
