using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Webhook.Integration;

/// <summary>Mion is asked to report changes, and does.</summary>
[TestFixture]
public sealed class RegistrationTests : ShopFixture
{
    protected override bool Webhooks => true;

    [Test]
    public async Task Mions_call_pays_the_order_of_a_shopper_who_is_gone()
    {
        var (purchase, session) = await BuyRegisteredAsync();

        Mion.PayByLightning(session.PaymentSessionId);

        await Soon.Async("the order is paid", async () => Shop.PaidOrders.Contains(purchase.OrderId)
            && (await NewestSessionAsync(purchase.OrderId)).SettledOnUtc is not null);
        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_webhook_that_Mion_has_already_is_registered()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 409, Operation = MionOperations.RegisterWebhook });

        var (purchase, _) = await BuyWithSessionAsync();

        await Soon.Async("it is recorded", async () => (await NewestSessionAsync(purchase.OrderId)).WebhookOnUtc is not null);
    }

    [TestCase(FaultKind.CallbackDuplicate)]
    [TestCase(FaultKind.CallbackGarbage)]
    [TestCase(FaultKind.CallbackReorder)]
    public async Task Calls_that_come_twice_out_of_order_or_as_nonsense_do_no_harm(FaultKind fault)
    {
        if (fault == FaultKind.CallbackGarbage && Described is { Name: "account" })
            Assert.Ignore("Where one address is called for all, nonsense names no session.");
        var (purchase, session) = await BuyRegisteredAsync();
        Mion.Faults.Add(new FaultRule { Kind = fault, Copies = 5 });

        Mion.PayOnChain(session.PaymentSessionId);
        Mion.Confirm(session.PaymentSessionId);
        Mion.Advance(session.PaymentSessionId);
        Mion.Advance(session.PaymentSessionId);
        await Mion.CallbacksSettledAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_call_that_the_store_could_not_handle_comes_again()
    {
        var (purchase, session) = await BuyRegisteredAsync();
        Breakages.Database = true;
        Mion.PayByLightning(session.PaymentSessionId);
        await Soon.Async("a call has failed", () => Mion.Journal.Any(entry => entry is { Operation: MionOperations.Callback, StatusCode: 500 }));
        Breakages.Database = false;

        await Mion.CallbacksSettledAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task The_shopper_does_not_wait_for_the_registration()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.NoAnswer, Operation = MionOperations.RegisterWebhook });

        var purchase = await BuyAsync().WaitAsync(TimeSpan.FromSeconds(8));

        Assert.That(purchase.Redirect, Does.StartWith(Mion.BaseAddress.ToString()));
    }

    [Test]
    public async Task A_registration_that_failed_is_made_good_by_the_scheduled_task()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.RegisterWebhook, Count = 1 });
        var (purchase, _) = await BuyWithSessionAsync();
        await Soon.Async("the registration has failed", async () => (await NewestSessionAsync(purchase.OrderId)).WebhookFailures == 1);

        await PollWhenDueAsync();

        Assert.That((await NewestSessionAsync(purchase.OrderId)).WebhookOnUtc, Is.Not.Null);
        Assert.That(Mion.Journal.Count(line => line is { Operation: MionOperations.RegisterWebhook, StatusCode: 201 }), Is.EqualTo(1));
    }

    [Test]
    public async Task A_registration_that_keeps_failing_is_given_up_and_the_payment_seen_all_the_same()
    {
        Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.RegisterWebhook });
        var (purchase, session) = await BuyWithSessionAsync();
        await Soon.Async("the registration has failed", async () => (await NewestSessionAsync(purchase.OrderId)).WebhookFailures == 1);
        for (var i = 0; i < 4; i++)
            await PollWhenDueAsync();
        Assert.That(Mion.Calls(MionOperations.RegisterWebhook), Is.EqualTo(WebhookRegistration.MaxFailures));
        Assert.That((await Shop.GetLogAsync()).Select(line => line.ShortMessage), Has.One.Contain("did not accept the webhook"));

        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();

        await AssertPaidOnceAsync(purchase.OrderId, session.PaymentSessionId);
    }

    [Test]
    public async Task A_merchant_who_wants_none_has_none()
    {
        await Shop.SetSettingAsync("mionsettings.webhooksenabled", "False");
        var (purchase, _) = await BuyWithSessionAsync();

        await PollWhenDueAsync();

        Assert.That(Mion.Calls(MionOperations.RegisterWebhook), Is.Zero);
        Assert.That(await PaymentStatusAsync(purchase.OrderId), Is.EqualTo(PaymentStatus.Pending));
    }

    private async Task<(Purchase Purchase, MionPaymentSession Session)> BuyRegisteredAsync()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        await Soon.Async("the webhook is registered", async () => (await NewestSessionAsync(purchase.OrderId)).WebhookOnUtc is not null);
        return (purchase, session);
    }
}
