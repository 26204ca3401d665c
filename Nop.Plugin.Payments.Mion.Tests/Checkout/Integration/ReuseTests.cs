using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>One order, many clicks: the same session for as long as it is good, and a new one when it is not.</summary>
[TestFixture]
public sealed class ReuseTests : ShopFixture
{
    protected override bool OnePageCheckout => true;

    [Test]
    public async Task Loading_the_redirect_of_one_page_checkout_again_leads_to_the_same_session()
    {
        var (purchase, _) = await BuyWithSessionAsync();

        using var again = await purchase.Browser.GetAsync("/checkout/OpcCompleteRedirectionPayment");

        Assert.That(again.Headers.Location?.ToString(), Is.EqualTo(purchase.Redirect));
        AssertOneSession();
    }

    [Test]
    public async Task Retry_payment_leads_to_the_same_session()
    {
        var (purchase, _) = await BuyWithSessionAsync();

        Assert.That(await RetryPaymentAsync(purchase), Is.EqualTo(purchase.Redirect));
        AssertOneSession();
    }

    [Test]
    public async Task Any_number_of_clicks_at_once_make_one_session()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromMilliseconds(300) });
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        var address = await browser.ConfirmOnePageAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.GetAsync(address)));

        var session = Mion.Sessions.Single();
        Assert.That(answers.Select(answer => answer.Headers.Location?.ToString()),
            Is.All.EqualTo($"{Mion.BaseAddress}checkout/{session.PaymentSessionId}"));
        AssertOneSession();
        Assert.That(await SessionsAsync((await NewestOrderAsync()).Id), Has.One.Items);
    }

    [Test]
    public async Task A_changed_total_makes_a_new_attempt()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 20m);

        var redirect = await RetryPaymentAsync(purchase);

        var second = await NewestSessionAsync(purchase.OrderId);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(redirect, Does.EndWith(second.PaymentSessionId));
            Assert.That(second.PaymentSessionId, Is.Not.EqualTo(first.PaymentSessionId));
            Assert.That(second.Attempt, Is.EqualTo(2));
            Assert.That(second.AmountCents, Is.EqualTo(2000));
            Assert.That(second.Reference, Does.EndWith("-2"));
            Assert.That(Mion.DuplicateReferences, Is.Zero);
        }
    }

    [TestCase(24 * 60 - 6, false)]
    [TestCase(24 * 60 - 4, true)]
    [TestCase(24 * 60 + 1, true)]
    public async Task A_session_is_used_again_until_five_minutes_before_its_end(int minutes, bool isNew)
    {
        var (purchase, _) = await BuyWithSessionAsync();
        Time.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That(await RetryPaymentAsync(purchase), isNew ? Is.Not.EqualTo(purchase.Redirect) : Is.EqualTo(purchase.Redirect));
        Assert.That(await SessionsAsync(purchase.OrderId), Has.Count.EqualTo(isNew ? 2 : 1));
    }

    [Test]
    public async Task An_expired_session_is_followed_by_a_new_one_and_kept()
    {
        var (purchase, first) = await BuyWithSessionAsync();
        Mion.Expire(first.PaymentSessionId);
        await PollWhenDueAsync();

        await RetryPaymentAsync(purchase);

        var sessions = await SessionsAsync(purchase.OrderId);
        Assert.That(sessions.Select(session => (session.Attempt, session.State)),
            Is.EqualTo(new[] { (2, PaymentSessionState.Open), (1, PaymentSessionState.Expired) }));
    }

    [Test]
    public async Task Once_it_is_paid_nothing_is_opened_any_more()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        // the shop does not know it yet: the shopper pressed the back button instead of returning
        await RetryPaymentAsync(purchase);
        await PollWhenDueAsync();
        await RetryPaymentAsync(purchase);
        using var retried = await NewBrowser().PostAsync($"/mion/payment/{session.Token}/retry");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        AssertOneSession();
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [TestCase(0)]
    [TestCase(24 * 60 - 4)]
    public async Task While_a_payment_is_on_its_way_nobody_is_sent_to_pay_another_one(int minutes)
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal += 1);
        Time.Advance(TimeSpan.FromMinutes(minutes));

        using var retried = await NewBrowser().PostAsync($"/mion/payment/{session.Token}/retry");
        using var details = await purchase.Browser.GetAsync($"/orderdetails/{purchase.OrderId}");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(await details.Content.ReadAsStringAsync(), Does.Not.Contain("Retry payment"));
        AssertOneSession();
    }

    private void AssertOneSession()
    {
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
        Assert.That(Mion.DuplicateReferences, Is.Zero);
    }

    private static async Task<string> RetryPaymentAsync(Purchase purchase)
    {
        using var response = await purchase.Browser.SendFormAsync($"/orderdetails/{purchase.OrderId}");
        return response.Headers.Location!.ToString();
    }
}
