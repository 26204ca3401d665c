using System.Net;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Till.Integration;

/// <summary>A charge without an order that waits for a person: who is told, where it is decided.</summary>
[TestFixture]
public sealed class DecisionTests : TillFixture
{
    [TestCase("Two <b>coffees</b>", "Two &lt;b&gt;coffees")]
    [TestCase("", null)]
    public async Task The_mail_names_the_charge_and_leads_to_it(string note, string? named)
    {
        var session = await NeedingPersonAsync(note);

        var mail = await MailAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mail.Subject, Does.Contain("€12.50").And.Contain("at the till").And.Not.Contain("order"));
            Assert.That(mail.Body, Does.Contain("€12.50").And.Contain(named ?? session.Reference).And.Contain(session.PaymentSessionId));
            Assert.That(mail.Body, Does.Contain($"\"{Shop.BaseAddress}Admin/MionPayments/Payment/{session.Id}\""));
            Assert.That(mail.Body, Does.Not.Contain("order").And.Not.Contain("/Admin/Order/"), "there is none");
        }
    }

    [Test]
    public async Task A_charge_that_is_paid_after_its_time_beside_a_later_one_of_the_same_key_is_told()
    {
        var key = NewKey();
        var first = (await ChargeAmountAsync(1250, "Two coffees", key)).Session!;
        Mion.Expire(first.PaymentSessionId);
        Time.Advance(first.ExpiresOnUtc - Time.UtcNow + TimeSpan.FromSeconds(90));
        await RunPollAsync();
        var second = (await ChargeAmountAsync(1250, "Two coffees", key)).Session!;
        Mion.PayByLightning(second.PaymentSessionId);
        Mion.PayLate(first.PaymentSessionId);

        Time.Advance(TimeSpan.FromMinutes(10));
        await RunPollAsync();

        var (late, paid) = (await SessionAsync(first.Id), await SessionAsync(second.Id));
        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That(paid.State, Is.EqualTo(PaymentSessionState.Paid));
        Assert.That((late.State, late.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.LateAtTill)));
        Assert.That((await MailAsync()).Body, Does.Contain("paid twice"));
    }

    [Test]
    public async Task A_charge_that_is_paid_in_time_beside_a_later_one_of_the_same_key_is_told()
    {
        var key = NewKey();
        var first = (await ChargeAmountAsync(1250, "Two coffees", key)).Session!;
        var second = (await ChargeAmountAsync(1500, "Two coffees and a cake", key)).Session!;
        Mion.PayByLightning(second.PaymentSessionId);
        Mion.PayByLightning(first.PaymentSessionId);

        Time.Advance(TimeSpan.FromMinutes(1));
        await RunPollAsync();

        var (replaced, paid) = (await SessionAsync(first.Id), await SessionAsync(second.Id));
        Assert.That(paid.State, Is.EqualTo(PaymentSessionState.Paid));
        Assert.That((replaced.State, replaced.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.LateAtTill)));
    }

    [Test]
    public async Task It_has_a_page_with_the_card_of_an_order()
    {
        var session = await NeedingPersonAsync("Two coffees");
        await ChargeAmountAsync(700, "another charge");
        var admin = await AdminAsync();

        var page = await admin.OpenAsync(PageOf(session));

        var panel = page.QuerySelector("#mion-panel")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(panel.QuerySelectorAll("[data-session]").Select(row => row.GetAttribute("data-session")), Is.EqualTo(new[] { $"{session.Id}" }));
            Assert.That(panel.TextContent, Does.Contain("€12.50").And.Contain("Two coffees").And.Contain("had been cancelled when the payment arrived"));
            Assert.That(panel.TextContent, Does.Not.Contain("(Offline)").And.Not.Contain("the order"), "there is none");
            Assert.That(panel.QuerySelector("[data-mion-handle]"), Is.Not.Null);
            Assert.That(page.QuerySelector("input[name=__RequestVerificationToken]"), Is.Not.Null, "the buttons send it");
            Assert.That(page.QuerySelector("a[href*='/Admin/Order/Edit']"), Is.Null);
        }

        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.None.Contain("Resource string"), "every text is there");
    }

    [Test]
    public async Task It_is_checked_and_marked_as_handled_there()
    {
        var session = await NeedingPersonAsync();
        var admin = await AdminAsync();

        using var check = await admin.SendFormAsync("/Admin/MionPayments/Check", ("id", $"{session.Id}"));
        using var handle = await admin.SendFormAsync("/Admin/MionPayments/Handle", ("id", $"{session.Id}"), ("comment", "gave them the coffee"));

        var handled = await handle.Content.ReadAsStringAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await check.Content.ReadAsStringAsync(), Does.Contain("nothing has changed").And.Contain($"data-session=\"{session.Id}\" data-state=\"NeedsPerson\""));
            Assert.That(handled, Does.Contain("is marked as handled").And.Contain("data-state=\"Handled\"").And.Contain("gave them the coffee"));
            Assert.That((await SessionAsync(session.Id)).State, Is.EqualTo(PaymentSessionState.Handled));
        }
    }

    [Test]
    public async Task A_payment_whose_order_was_deleted_has_such_a_page_too_because_the_orders_page_is_gone()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.Deleted = true);
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        var admin = await AdminAsync();

        var page = await admin.OpenAsync(PageOf(session));

        Assert.That(page.QuerySelector("#mion-panel [data-session]")?.GetAttribute("data-state"), Is.EqualTo("NeedsPerson"));
        Assert.That(page.QuerySelector("a[href*='/Admin/Order/Edit']"), Is.Null);
        Assert.That((await MailAsync()).Body, Does.Contain($"{Shop.BaseAddress}Admin/MionPayments/Payment/{session.Id}\""));
    }

    [Test]
    public async Task The_page_of_a_payment_with_an_order_leads_to_the_order()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        var admin = await AdminAsync();

        var page = await admin.OpenAsync(PageOf(session));

        Assert.That(page.QuerySelector($"a[href='/Admin/Order/Edit/{purchase.OrderId}']"), Is.Not.Null);
    }

    [Test]
    public async Task The_page_of_no_payment_leads_to_the_list()
    {
        var admin = await AdminAsync();

        using var answer = await admin.GetAsync("/Admin/MionPayments/Payment/99");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        Assert.That((await admin.OpenAsync(answer.Headers.Location!.ToString())).QuerySelector("#mion-payments-grid"), Is.Not.Null);
    }

    private static string PageOf(MionPaymentSession session) => $"/Admin/MionPayments/Payment/{session.Id}";

    /// <summary>A charge that its customer paid after the assistant had cancelled it.</summary>
    private async Task<MionPaymentSession> NeedingPersonAsync(string note = "")
    {
        var charge = (await ChargeAmountAsync(1250, note)).Session!;
        await CancelAsync(charge.Id);
        Mion.PayByLightning(charge.PaymentSessionId);
        await PollWhenDueAsync();
        var session = await SessionAsync(charge.Id);
        Assert.That((session.State, session.ReviewReason), Is.EqualTo((PaymentSessionState.NeedsPerson, ReviewReason.CancelledAtTill)));
        return session;
    }

    private Task<QueuedEmail> MailAsync() => InScopeAsync<IRepository<QueuedEmail>, QueuedEmail>(queue =>
        Task.FromResult(queue.Table.AsEnumerable().Single(mail => mail.To == "owner@demo.example" && mail.Subject.Contains("needs you", StringComparison.Ordinal))));
}
