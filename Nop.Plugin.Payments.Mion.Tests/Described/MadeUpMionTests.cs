using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Tests.Till.Integration;

namespace Nop.Plugin.Payments.Mion.Tests.Described;

/// <summary>A shop that has read in the description of a Mion that nobody assumed: it opens, is told, asks, and charges as ever.</summary>
[TestFixture("paths")]
[TestFixture("snake")]
[TestFixture("account")]
public sealed class MadeUpMionTests(string name) : TillFixture
{
    private protected override MadeUpMion? Described => MadeUpMion.Find(name);

    protected override bool Webhooks => true;

    [Test]
    public async Task A_payment_is_brought_home_by_Mions_call()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await RegisteredAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();

        // 0 is an answer that did not come in time, on a machine that has much to do
        Assert.That(Mion.Journal.Where(line => line.Operation == MionOperations.Callback).Select(line => line.StatusCode),
            Is.All.EqualTo(200).Or.EqualTo(0));
        await Soon.Async("it is followed", async () =>
            (await NewestSessionAsync(purchase.OrderId)).State == Nop.Plugin.Payments.Mion.Payments.PaymentSessionState.Paid);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
        // whatever Mion's own word for it
        Assert.That((await NewestSessionAsync(purchase.OrderId)).MionStatus, Is.EqualTo(StandInStatus.FundingReceived));
    }

    [Test]
    public async Task A_webhook_for_the_account_is_registered_once_however_many_sessions_are_opened()
    {
        for (var i = 0; i < 3; i++)
            await RegisteredAsync((await BuyWithSessionAsync()).Purchase.OrderId);
        await PollWhenDueAsync();

        Assert.That(Mion.Calls(MionOperations.RegisterWebhook), Is.EqualTo(name == "account" ? 1 : 3));
    }

    [Test]
    public async Task A_payment_is_brought_home_by_the_scheduled_task()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop });
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_payment_that_is_seen_and_not_confirmed_is_waited_for()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();

        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
        Assert.That((await NewestSessionAsync(purchase.OrderId)).FundsSeen, Is.True);
    }

    [Test]
    public async Task A_session_whose_answer_was_lost_is_found_by_its_reference()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession, Count = 1 });
        var (purchase, session) = await BuyWithSessionAsync();

        Assert.That(Mion.Sessions, Has.Count.EqualTo(1));
        Assert.That(session.PaymentSessionId, Is.EqualTo(Mion.Sessions[0].PaymentSessionId));
        Assert.That(purchase.Redirect, Does.Contain(session.PaymentSessionId));
    }

    [Test]
    public async Task A_session_runs_as_long_as_it_was_asked_to()
    {
        var (_, session) = await BuyWithSessionAsync();

        Assert.That(Mion.Sessions[0].ExpiresAt.UtcDateTime, Is.EqualTo(session.ExpiresOnUtc).Within(TimeSpan.FromSeconds(1)));
        Assert.That(session.ExpiresOnUtc, Is.EqualTo(Time.UtcNow.AddDays(1)).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task The_till_charges()
    {
        var result = await ChargeAmountAsync();
        await InScopeAsync<Nop.Plugin.Payments.Mion.Till.TillAttempts, bool>(async attempts =>
            await attempts.GetCurrentAsync(result.Session!) is { Invoice.Length: > 0, AmountMsat: > 0 } attempt
                && attempt.ExpiresOnUtc > Time.UtcNow
                ? true : throw new AssertionException("no invoice"));

        Assert.That(Mion.Sessions[0].Attempts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_connection_is_tested_and_what_answers_have_used_is_proven()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await RegisteredAsync(purchase.OrderId);
        Mion.PayByLightning(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();
        await PollWhenDueAsync();
        Assert.That(await InScopeAsync<SetupTests, int>(async tests => (await tests.TestConnectionAsync(1)).Item1.Count), Is.Zero);

        string[] used = ["baseUrl", "apiKeyHeader", "create.path", "create.expiresAt", "status.path", "session.paidAt", "answers.times",
            "status=funding-received", "webhook.url"];
        await Soon.Async("it is written behind the caller's back", async () => used.All((await ProvenAsync()).Contains));
        Assert.That(await ProvenAsync(), Has.None.EqualTo("offer.lnInvoice"), "the till was not used");
    }

    private async Task<IReadOnlyList<string>> ProvenAsync() =>
        [.. (await InScopeAsync<ContractStandings, IReadOnlyList<StandingRow>>(standings => standings.GetAsync(1)))
            .Where(row => row.Standing == ContractStanding.Proven).Select(row => row.Key)];

    /// <summary>What is registered right after the opening is noted a moment later; until then the scheduled task would register it too.</summary>
    private Task RegisteredAsync(int orderId) =>
        Soon.Async("the webhook is registered", async () => (await NewestSessionAsync(orderId)).WebhookOnUtc is not null);
}
