using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Misc.Coffee;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.Mion.Tests.Payments.Integration;

/// <summary>Other plugins are told of a payment's way, once each, after the row says so; what they do wrong keeps no payment from its order.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ChangedEventTests : ShopFixture
{
    private readonly Heard _heard = new();

    private protected override void Register(IServiceCollection services)
    {
        services.AddSingleton(_heard);
        services.AddScoped<IConsumer<PaymentSessionChangedEvent>, Listener>();
        services.AddScoped<IConsumer<PaymentSessionChangedEvent>, CoffeeConsumer>();
    }

    [Test]
    public async Task Opened_seen_and_paid_are_told_once_each_however_often_Mion_calls()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayOnChain(session.PaymentSessionId);
        await PollWhenDueAsync();
        Mion.Confirm(session.PaymentSessionId);
        for (var i = 0; i < 3; i++)
        {
            using var response = await NewBrowser().PostAsync($"/mion/webhook/{session.WebhookToken}");
            Assert.That((int)response.StatusCode, Is.EqualTo(200));
        }

        Assert.That(_heard.Events.Select(change => change.Kind), Is.EqualTo(new[] { PaymentEventKind.Opened, PaymentEventKind.Seen, PaymentEventKind.Paid }));
        Assert.That(_heard.Events, Is.All.Matches<PaymentSessionChangedEvent>(change => change.OrderId == purchase.OrderId && change.SessionId == session.Id
            && change.PaymentSessionId == session.PaymentSessionId && change.AmountCents == session.AmountCents && change.StoreId == 1));
        Assert.That(_heard.StatesOfRows, Is.EqualTo(new[] { PaymentSessionState.Open, PaymentSessionState.Open, PaymentSessionState.Paid }), "the row says so before");
    }

    [Test]
    public async Task Expired_and_what_needs_a_person_are_told()
    {
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.Expire(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChangeOrderAsync(purchase.OrderId, order => order.OrderTotal = 99m);
        Mion.PayLate(session.PaymentSessionId);
        Time.Advance(TimeSpan.FromMinutes(61));
        await RunPollAsync();

        Assert.That(_heard.Events.Select(change => (change.Kind, change.ReviewReason)), Is.EqualTo(new[]
        {
            (PaymentEventKind.Opened, ReviewReason.None), (PaymentEventKind.Expired, ReviewReason.None), (PaymentEventKind.NeedsPerson, ReviewReason.AmountChanged)
        }));
    }

    [Test]
    public async Task A_consumer_that_fails_keeps_no_payment_from_its_order_and_the_others_hear_of_it()
    {
        _heard.Fails = true;
        var (purchase, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);

        await PollWhenDueAsync();

        Assert.That((await Shop.GetOrderAsync(purchase.OrderId)).PaymentStatus, Is.EqualTo(PaymentStatus.Paid));
        Assert.That((await Shop.GetNotesAsync(purchase.OrderId)).Count(note => note == "Roast the coffee."), Is.EqualTo(1));
    }

    [Test]
    public void The_example_in_the_documents_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion.Tests", "Payments", "CoffeeConsumer.cs"));

        Assert.That(File.ReadAllText(Path.Combine(Repository.Root, "docs", "integration.md")), Does.Contain("```csharp\n" + source + "```"));
    }

    private sealed class Heard
    {
        private readonly ConcurrentQueue<PaymentSessionChangedEvent> _events = new();
        private readonly ConcurrentQueue<PaymentSessionState> _states = new();

        public bool Fails { get; set; }

        public IReadOnlyList<PaymentSessionChangedEvent> Events => [.. _events];

        public IReadOnlyList<PaymentSessionState> StatesOfRows => [.. _states];

        public void Add(PaymentSessionChangedEvent change, PaymentSessionState state)
        {
            _events.Enqueue(change);
            _states.Enqueue(state);
        }
    }

    private sealed class Listener(Heard heard, PaymentSessionStore store) : IConsumer<PaymentSessionChangedEvent>
    {
        public async Task HandleEventAsync(PaymentSessionChangedEvent eventMessage)
        {
            if (heard.Fails)
                throw new InvalidOperationException("a fault of another plugin");
            heard.Add(eventMessage, (await store.GetByIdAsync(eventMessage.SessionId))!.State);
        }
    }
}
