using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>What happened to a payment is written down when it happens, once.</summary>
[TestFixture]
public sealed class HistoryTests : ShopFixture
{
    [Test]
    public async Task A_payment_that_goes_well_is_two_lines_however_often_it_is_looked_at()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        for (var i = 0; i < 3; i++)
            await PollWhenDueAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await PollWhenDueAsync();

        Assert.That(await HistoryAsync(session), Is.EqualTo(new[]
        {
            (PaymentEventKind.Opened, CheckTrigger.Checkout, ""),
            (PaymentEventKind.Paid, CheckTrigger.Poll, "lightning")
        }));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task An_end_without_payment_and_a_late_one_are_told_with_who_saw_them()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await PollWhenDueAsync();
        await PollWhenDueAsync();
        Mion.PayLate(session.PaymentSessionId);
        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");

        Assert.That((await HistoryAsync(session)).Select(line => (line.Kind, line.Trigger)), Is.EqualTo(new[]
        {
            (PaymentEventKind.Opened, CheckTrigger.Checkout),
            (PaymentEventKind.Expired, CheckTrigger.Poll),
            (PaymentEventKind.Paid, CheckTrigger.Webhook)
        }));
    }

    [Test]
    public async Task Why_a_person_is_needed_is_told_once()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        Time.Advance(TimeSpan.FromHours(1));
        await RunPollAsync();

        Assert.That((await HistoryAsync(session)).Last(), Is.EqualTo((PaymentEventKind.NeedsPerson, CheckTrigger.Poll, "OrderCancelled")));
        Assert.That(await HistoryAsync(session), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Old_lines_are_pruned_and_the_payments_are_not()
    {
        var (_, session) = await BuyWithSessionAsync();
        await Shop.SetSettingAsync("mionsettings.historydays", "30");

        Time.Advance(TimeSpan.FromDays(29));
        await RunPollAsync();
        Assert.That(await HistoryAsync(session), Is.Not.Empty, "not old enough");
        Time.Advance(TimeSpan.FromDays(2));
        await RunPollAsync();

        var left = await HistoryAsync(session);
        Assert.That(left.Select(line => line.Kind), Does.Not.Contain(PaymentEventKind.Opened));
        Assert.That(await SessionsAsync(session.OrderId), Has.Count.EqualTo(1));
    }

    private Task<List<(PaymentEventKind Kind, CheckTrigger Trigger, string Detail)>> HistoryAsync(MionPaymentSession session) =>
        InScopeAsync<PaymentEventStore, List<(PaymentEventKind, CheckTrigger, string)>>(async store =>
            [.. (await store.GetBySessionsAsync([session.Id])).Select(line => (line.Kind, (CheckTrigger)line.TriggerId, line.Detail))]);
}
