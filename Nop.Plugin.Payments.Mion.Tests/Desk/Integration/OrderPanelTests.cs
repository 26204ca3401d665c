using System.Net;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Desk.Integration;

/// <summary>The payments on an order's page in the admin area, and its buttons, over HTTP.</summary>
[TestFixture]
public sealed class OrderPanelTests : ShopFixture
{
    private const string CheckAction = "/Admin/MionPayments/Check";
    private const string HandleAction = "/Admin/MionPayments/Handle";

    [Test]
    public async Task It_shows_every_session_of_the_order()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{first.Token}/retry");
        var admin = await AdminAsync();

        var panel = (await admin.OpenAsync($"/Admin/Order/Edit/{purchase.OrderId}")).QuerySelector("#mion-panel");

        Assert.That(panel?.QuerySelectorAll("[data-session]").Select(session => session.GetAttribute("data-state")), Is.EqualTo(new[] { "Open", "Expired" }));
        Assert.That(panel?.TextContent, Does.Contain(first.PaymentSessionId).And.Contain("€12.90").And.Contain("Time to pay ended"));
        Assert.That(await Shop.GetLogAsync(), Is.Empty, "every text is there");
    }

    [TestCase(PaymentSessionState.Expired, ReviewReason.None, "Payment seen, being confirmed")]
    [TestCase(PaymentSessionState.NeedsPerson, ReviewReason.UnknownAtMion, "Unknown at Mion")]
    public async Task It_says_in_the_words_of_the_list_how_far_a_payment_has_come(PaymentSessionState state, ReviewReason reason, string words)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await InScopeAsync<IRepository<MionPaymentSession>, bool>(async rows =>
        {
            var row = await rows.GetByIdAsync(session.Id);
            (row.State, row.ReviewReason, row.FundsSeen) = (state, reason, true);
            await rows.UpdateAsync(row);
            return true;
        });

        var panel = (await (await AdminAsync()).OpenAsync($"/Admin/Order/Edit/{purchase.OrderId}")).QuerySelector("#mion-panel .badge");

        Assert.That(panel?.TextContent, Is.EqualTo(words));
    }

    [Test]
    public async Task Check_now_finds_a_payment()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var admin = await AdminAsync();
        using var before = await admin.SendFormAsync(CheckAction, ("id", $"{session.Id}"));
        Mion.PayByLightning(session.PaymentSessionId);

        using var after = await admin.SendFormAsync(CheckAction, ("id", $"{session.Id}"));

        Assert.That(await before.Content.ReadAsStringAsync(), Does.Contain("nothing has changed"));
        Assert.That(await after.Content.ReadAsStringAsync(), Does.Contain("stands otherwise now").And.Contain("data-state=\"Paid\""));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_payment_of_a_cancelled_order_is_handled_with_a_comment_and_left_alone_from_then_on()
    {
        var (purchase, session) = await NeedingPersonAsync();
        var admin = await AdminAsync();

        using var without = await admin.SendFormAsync(HandleAction, ("id", $"{session.Id}"), ("comment", " "));
        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("Please write what you did"));
        using var handled = await admin.SendFormAsync(HandleAction, ("id", $"{session.Id}"), ("comment", "refunded <b>today</b>"));
        using var again = await admin.SendFormAsync(HandleAction, ("id", $"{session.Id}"), ("comment", "once more"));
        // the cause is gone, but a person has said that it is dealt with
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Pending);
        Time.Advance(TimeSpan.FromHours(2));
        await RunPollAsync();
        using var hook = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");

        var answer = await handled.Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.Contain("data-state=\"Handled\"").And.Contain("refunded &lt;b&gt;today"), "what a person writes is text");
            Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("does not wait for a decision any more"));
            Assert.That((int)hook.StatusCode, Is.EqualTo(200));
            Assert.That((await NewestSessionAsync(purchase.OrderId)).State, Is.EqualTo(PaymentSessionState.Handled));
            Assert.That(Shop.PaidOrders, Is.Empty);
            Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contains("was marked as handled. refunded"));
        }
    }

    [Test]
    public async Task Check_now_applies_a_payment_once_the_cause_is_gone()
    {
        var (purchase, session) = await NeedingPersonAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Pending);
        var admin = await AdminAsync();

        using var answer = await admin.SendFormAsync(CheckAction, ("id", $"{session.Id}"));

        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("data-state=\"Paid\""));
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task Only_admins_may_press_its_buttons()
    {
        var (_, session) = await NeedingPersonAsync();

        using var handled = await NewBrowser().SendFormAsync(HandleAction, ("id", $"{session.Id}"), ("comment", "mine"));

        Assert.That(handled.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await NewestSessionAsync(session.OrderId)).State, Is.EqualTo(PaymentSessionState.NeedsPerson));
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> NeedingPersonAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderStatus = OrderStatus.Cancelled);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        return (purchase, await NewestSessionAsync(purchase.OrderId));
    }
}
