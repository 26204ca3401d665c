using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>A Mion whose fundingAmountAvailable says what can be paid, and not what has arrived.</summary>
[TestFixture]
public sealed class AvailableAmountTests : ShopFixture
{
    protected override bool AvailableMeansPayable => true;

    [Test]
    public async Task A_payment_that_nobody_has_made_is_not_taken_for_one()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Soon.Async("what the field means is learned", async () => !(await InScopeAsync<StoreSettings, MionSettings>(settings => settings.LoadAsync(1))).FundingAmountMeansArrived);
        await PollWhenDueAsync();
        Assert.That((await NewestSessionAsync(purchase.OrderId)).FundsSeen, Is.False);

        Time.Advance(session.ExpiresOnUtc - Time.UtcNow + TimeSpan.FromHours(7));
        await RunPollAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Expired));
            Assert.That(await InScopeAsync<IRepository<QueuedEmail>, int>(queue => Task.FromResult(queue.Table.Count())), Is.Zero, "nobody is told of an abandoned order");
        }
    }

    [Test]
    public async Task What_is_paid_is_paid()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }
}
