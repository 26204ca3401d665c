using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>What another plugin is told about the payment of an order; Mion is never asked for it.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MionPaymentsTests : ShopFixture
{
    [Test]
    public async Task A_payment_is_told_from_its_link_to_its_order()
    {
        var order = await PlaceAsync();
        Assert.That(await StatusAsync(order), Is.EqualTo(MionPaymentStatus.None));

        var link = await LinkAsync(order);
        Assert.That(await StatusAsync(order), Is.EqualTo(MionPaymentStatus.Waiting));
        Assert.That(MionOperations.Api.Sum(Mion.Calls), Is.Zero);

        using var pressed = await NewBrowser().PostAsync($"{new Uri(link!).AbsolutePath}/retry");
        var session = await NewestSessionAsync(order);
        Assert.That((await StatusAsync(order), await LinkAsync(order)), Is.EqualTo((MionPaymentStatus.Waiting, link)));

        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        Assert.That((await StatusAsync(order), await LinkAsync(order)), Is.EqualTo((MionPaymentStatus.Seen, (string?)null)));

        Mion.Confirm(session.PaymentSessionId);
        await PollWhenDueAsync();
        Assert.That((await StatusAsync(order), await LinkAsync(order)), Is.EqualTo((MionPaymentStatus.Paid, (string?)null)));
    }

    [Test]
    public async Task Over_is_what_ran_out_and_what_the_order_does_not_want_any_more()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await PollWhenDueAsync();
        Assert.That(await StatusAsync(purchase.OrderId), Is.EqualTo(MionPaymentStatus.Expired));

        var cancelled = await PlaceAsync();
        await LinkAsync(cancelled);
        await ChangeOrderAsync(cancelled, order => order.OrderStatus = OrderStatus.Cancelled);
        Assert.That((await StatusAsync(cancelled), await LinkAsync(cancelled)), Is.EqualTo((MionPaymentStatus.Expired, (string?)null)));
    }

    [Test]
    public async Task What_waits_for_a_person_is_told_and_has_no_link()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That((await StatusAsync(purchase.OrderId), await LinkAsync(purchase.OrderId)), Is.EqualTo((MionPaymentStatus.NeedsPerson, (string?)null)));
    }

    private async Task<MionPaymentStatus> StatusAsync(int orderId)
    {
        var order = await Shop.GetOrderAsync(orderId);
        return await InScopeAsync<IMionPayments, MionPaymentStatus>(payments => payments.GetStatusAsync(order));
    }

    private async Task<string?> LinkAsync(int orderId)
    {
        var order = await Shop.GetOrderAsync(orderId);
        return await InScopeAsync<IMionPayments, string?>(payments => payments.GetPayLinkAsync(order));
    }
}
