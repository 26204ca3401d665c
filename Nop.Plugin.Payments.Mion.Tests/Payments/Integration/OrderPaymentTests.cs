using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>What whoever brings a payment to its order is told, and what is left behind.</summary>
[TestFixture]
public sealed class OrderPaymentTests : ShopFixture
{
    [Test]
    public async Task Work_in_other_hands_is_left_alone()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await InScopeAsync<PaymentSessionStore, bool>(store => store.TryClaimAsync(session.Id, Guid.NewGuid(), MionDefaults.ApplyLease));

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.InOtherHands));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Open));
    }

    [Test]
    public async Task What_is_settled_is_settled_for_whoever_comes_later()
    {
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));
        Assert.That(await ApplyAsync(session), Is.EqualTo(ApplyResult.Settled));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Afterwards_nobody_holds_the_order_whichever_of_its_sessions_was_paid()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var second = await NewestSessionAsync(purchase.OrderId);
        Assert.That(second.Attempt, Is.EqualTo(2));

        Assert.That(await ApplyAsync(second), Is.EqualTo(ApplyResult.Settled));

        var left = await InScopeAsync<PaymentSessionStore, MionPaymentSession?>(store => store.GetByIdAsync(first.Id));
        Assert.That((left!.OrderClaimToken, left.OrderClaimedUntilUtc), Is.EqualTo(((Guid?)null, (DateTime?)null)));
        await AssertPaidOnceAsync(purchase.OrderId, second.PaymentSessionId);
    }

    private Task<ApplyResult> ApplyAsync(MionPaymentSession session) => InScopeAsync<OrderPayment, ApplyResult>(payment =>
        payment.ApplyAsync(session.Id, Some.PaidAnswer() with { PaymentSessionId = session.PaymentSessionId }, CheckTrigger.Poll));
}
