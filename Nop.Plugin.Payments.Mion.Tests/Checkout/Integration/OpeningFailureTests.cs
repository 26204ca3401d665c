using System.Diagnostics;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Checkout.Integration;

/// <summary>
/// What a shopper meets when the payment cannot be started: a page in plain words, in any case and in time, and never an
/// exception, since nopCommerce would print its text.
/// </summary>
[TestFixture]
public sealed class OpeningFailureTests : ShopFixture
{
    protected override bool OnePageCheckout => true;

    [Test]
    public async Task A_session_whose_answer_was_lost_is_found_by_its_reference()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession, Count = 1 });

        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(purchase.Redirect, Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}"));
        Assert.That(session.State, Is.EqualTo(PaymentSessionState.Open));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_could_not_be_found_at_once_is_found_when_the_shopper_tries_again()
    {
        var (purchase, session) = await BuyWithLostAnswerAsync();

        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}"));
        Assert.That(Mion.Calls(MionOperations.CreateSession), Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_could_not_be_found_at_once_is_found_by_the_scheduled_task_and_its_payment_seen()
    {
        var (purchase, _) = await BuyWithLostAnswerAsync();
        var atMion = Mion.Sessions.Single();
        Mion.PayByLightning(atMion.PaymentSessionId);

        await PollWhenDueAsync();
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, atMion.PaymentSessionId);
    }

    [Test]
    public async Task Where_the_time_of_payment_is_read_from_a_wrong_field_no_order_is_marked()
    {
        NeedsAssumedNames();
        await Shop.SetSettingAsync("mionsettings.apicontract", MionContract.Of(new Dictionary<string, string> { ["session.paidAt"] = "expiresAt" }).ToText());

        var purchase = await BuyAsync();
        var session = await NewestSessionAsync(purchase.OrderId);
        Time.Advance(TimeSpan.FromMinutes(1));
        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");
        Time.Advance(TimeSpan.FromMinutes(30));
        await RunPollAsync();

        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).PaymentStatus, Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).LastError, Does.Contain("paid before anybody was shown it"));
    }

    [Test]
    public async Task A_session_that_could_not_be_looked_up_for_days_is_found_as_soon_as_Mion_answers()
    {
        var (purchase, _) = await BuyWithLostAnswerAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });
        for (var day = 0; day < 3; day++)
        {
            Time.Advance(TimeSpan.FromDays(1));
            await RunPollAsync();
        }

        Mion.Faults.Clear();
        Time.Advance(TimeSpan.FromDays(1));
        await RunPollAsync();

        Assert.That((await NewestSessionAsync(purchase.OrderId)).PaymentSessionId, Is.EqualTo(Mion.Sessions.Single().PaymentSessionId));
    }

    [Test]
    public async Task Looks_at_a_payment_that_was_not_begun_ask_Mion_nothing_before_its_time()
    {
        var (purchase, session) = await BuyWithLostAnswerAsync();
        var asked = Mion.Calls(MionOperations.GetByReference);

        for (var i = 0; i < 5; i++)
            (await purchase.Browser.GetAsync($"/mion/payment/{session.Token}/status")).Dispose();

        Assert.That(Mion.Calls(MionOperations.GetByReference), Is.EqualTo(asked));
    }

    [Test]
    public async Task A_run_that_Mion_asks_to_wait_looks_for_no_more_lost_answers()
    {
        for (var i = 0; i < 4; i++)
            await BuyWithLostAnswerAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 429, RetryAfter = "600", Operation = MionOperations.GetByReference });
        Time.Advance(TimeSpan.FromMinutes(11));

        var (looked, _) = await InScopeAsync<PaymentPollService, (int, int)>(poll => poll.RunAsync());

        Assert.That(looked, Is.EqualTo(3), "one that Mion answered so, and two that were not sent any more");
    }

    [TestCase(401)]
    [TestCase(429)]
    public async Task A_session_that_could_not_be_looked_up_when_the_shopper_tried_again_is_still_found_by_the_scheduled_task(int status)
    {
        var (purchase, session) = await BuyWithLostAnswerAsync();
        var atMion = Mion.Sessions.Single();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = status, RetryAfter = "60", Operation = MionOperations.GetByReference });
        (await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry")).Dispose();
        Mion.Faults.Clear();
        Mion.PayByLightning(atMion.PaymentSessionId);

        // a refusal is looked behind once in a while only
        Time.Advance(TimeSpan.FromMinutes(11));
        await RunPollAsync();
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, atMion.PaymentSessionId);
    }

    [Test]
    public async Task A_session_that_was_found_with_the_old_total_is_followed_by_one_with_the_new()
    {
        var (purchase, session) = await BuyWithLostAnswerAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 20m);

        using var retried = await purchase.Browser.PostAsync($"/mion/payment/{session.Token}/retry");
        // the first keeps its own amount, and is found by the scheduled task
        await PollWhenDueAsync();

        var sessions = await SessionsAsync(purchase.OrderId);
        Assert.That(sessions.Select(row => (row.Attempt, row.AmountCents, row.State)),
            Is.EqualTo(new[] { (2, 2000L, PaymentSessionState.Open), (1, 1290L, PaymentSessionState.Open) }));
        Assert.That(retried.Headers.Location?.ToString(), Does.EndWith(sessions[0].PaymentSessionId));
        Assert.That(Mion.Sessions.Select(atMion => atMion.Amount), Is.EqualTo(new[] { 1290L, 2000L }));
    }

    [Test]
    public async Task A_refused_key_leads_to_the_payment_page_and_tells_the_merchant()
    {
        Mion.RotateKey("another-key");

        var purchase = await BuyAsync();

        var session = await NewestSessionAsync(purchase.OrderId);
        Assert.That(purchase.Redirect, Is.EqualTo($"/mion/payment/{session.Token}"));
        Assert.That(session.State, Is.EqualTo(PaymentSessionState.Opening));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contain("Please check the plugin's configuration").And.One.Contains("the API key is not accepted"));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.One.Contain("the API key is not accepted"));
    }

    [Test]
    public async Task The_same_attempt_is_opened_when_Mion_works_again()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 503 });
        var purchase = await BuyAsync();
        Assert.That(purchase.Redirect, Does.StartWith("/mion/payment/"));
        Assert.That(await MionNotesAsync(purchase.OrderId), Has.One.Contain("because Mion could not be reached"));
        Mion.Faults.Clear();

        using var retried = await purchase.Browser.PostAsync($"{purchase.Redirect}/retry");

        Assert.That(retried.Headers.Location?.ToString(), Is.EqualTo($"{Mion.BaseAddress}checkout/{Mion.Sessions.Single().PaymentSessionId}"));
        Assert.That(await SessionsAsync(purchase.OrderId), Has.One.Items);
    }

    [Test]
    public async Task Mion_that_is_gone_leads_to_the_payment_page()
    {
        await Mion.DisposeAsync();

        var purchase = await BuyAsync();

        Assert.That(purchase.Redirect, Is.EqualTo($"/mion/payment/{(await NewestSessionAsync(purchase.OrderId)).Token}"));
    }

    [Test]
    public async Task Mion_that_does_not_answer_keeps_the_shopper_waiting_for_ten_seconds_at_most()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.NoAnswer });
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        var address = await browser.ConfirmOnePageAsync();

        var watch = Stopwatch.StartNew();
        using var response = await browser.GetAsync(address);

        Assert.That(watch.Elapsed, Is.LessThan(MionDefaults.OpenBudget + TimeSpan.FromSeconds(3)));
        Assert.That(response.Headers.Location?.ToString(), Does.StartWith("/mion/payment/"));
    }

    [Test]
    public async Task A_database_that_fails_leads_to_the_order_and_shows_nothing_of_it()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        var address = await browser.ConfirmOnePageAsync();
        Breakages.Database = true;

        using var response = await browser.GetAsync(address);

        Assert.That((int)response.StatusCode, Is.EqualTo(302));
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/orderdetails/{(await NewestOrderAsync()).Id}"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain(Breakages.Secret));
        // where it happened is in the log; what a foreign exception says is not, since nobody knows what stands in it
        var log = (await Shop.GetLogAsync()).Select(line => line.FullMessage).ToList();
        Assert.That(log, Has.One.Contain(nameof(PaymentSessionStore.GetByOrderAsync)));
        Assert.That(log, Has.None.Contain(Breakages.Secret));
    }

    [Test]
    public async Task An_order_whose_store_has_lost_its_key_is_not_lost()
    {
        var browser = NewBrowser();
        await browser.AddToCartAsync();
        var address = await browser.ConfirmOnePageAsync();
        await Shop.SetSettingAsync("mionsettings.apikey", "");

        using var response = await browser.GetAsync(address);

        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo($"/orderdetails/{(await NewestOrderAsync()).Id}"));
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> BuyWithLostAnswerAsync()
    {
        Mion.Faults.Add(
            new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession },
            new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetByReference });
        var purchase = await BuyAsync();
        Mion.Faults.Clear();
        var session = await NewestSessionAsync(purchase.OrderId);
        Assert.That(session.State, Is.EqualTo(PaymentSessionState.Opening));
        Assert.That(purchase.Redirect, Is.EqualTo($"/mion/payment/{session.Token}"));
        return (purchase, session);
    }
}
