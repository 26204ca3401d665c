using System.Text.Json.Nodes;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>The stand-in's callbacks: one for each change, tried again when they fail, and going wrong on command.</summary>
[TestFixture]
public sealed class MionStandInCallbackTests : StandInFixture
{
    private static readonly string[] _processing = ["funding-received", "funding-collected", "exchanged", "funded"];

    private CallbackReceiver _shop = null!;

    protected override MionStandInOptions Options => new()
    {
        TimeProvider = Clock,
        ProcessingStep = TimeSpan.Zero,
        WebhookBackOff = TimeSpan.FromMilliseconds(10),
        WebhookTries = 3
    };

    [SetUp]
    public async Task OpenShop() => _shop = await CallbackReceiver.StartAsync();

    [TearDown]
    public async Task CloseShop() => await _shop.DisposeAsync();

    [Test]
    public async Task Every_change_of_the_status_is_told_in_its_order()
    {
        var id = await RegisteredAsync();
        StandIn.PayByLightning(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(_processing));
        Assert.That(_shop.Bodies[0], Is.EqualTo($$"""{"paymentSessionId":"{{id}}","status":"funding-received"}"""));
        Assert.That(StandIn.Calls(MionOperations.Callback), Is.EqualTo(4));
    }

    [Test]
    public async Task The_way_over_the_blockchain_is_told_step_by_step()
    {
        var id = await RegisteredAsync();
        StandIn.PayTooLittle(id);
        StandIn.PayOnChain(id);
        StandIn.Confirm(id);
        StandIn.Refund(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "funding-insufficient", "funding-pending" }.Concat(_processing).Append("funded")));
    }

    [Test]
    public async Task An_expiry_is_told_without_anybody_asking()
    {
        await RegisteredAsync();
        Clock.Advance(TimeSpan.FromDays(1));
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "expired" }));
    }

    [Test]
    public async Task The_same_webhook_twice_is_one_and_two_are_two()
    {
        var id = await RegisteredAsync();
        await RegisterAsync(id, _shop.Url);
        await using var other = await CallbackReceiver.StartAsync();
        await RegisterAsync(id, other.Url);
        StandIn.Expire(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Bodies, Has.Count.EqualTo(1));
        Assert.That(other.Bodies, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_callback_that_fails_is_tried_again()
    {
        _shop.Answer = number => number < 3 ? 500 : 200;
        StandIn.Expire(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "expired", "expired", "expired" }));
        Assert.That(Callbacks(), Is.EqualTo(new[] { (500, "expired, try 1"), (500, "expired, try 2"), (200, "expired, try 3") }));
    }

    [Test]
    public async Task A_callback_is_given_up_after_its_last_try()
    {
        _shop.Answer = _ => 404;
        StandIn.Expire(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Bodies, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_shop_that_is_not_there_is_given_up()
    {
        var id = await CreateAsync();
        await RegisterAsync(id, new Uri("http://127.0.0.1:1/mion/webhook/token"));
        StandIn.Expire(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(Callbacks(), Is.EqualTo(new[] { (0, "expired, try 1"), (0, "expired, try 2"), (0, "expired, try 3") }));
    }

    [Test]
    public async Task A_dropped_callback_never_comes()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDrop, Count = 1 });
        StandIn.PayByLightning(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(_processing[1..]));
        Assert.That(StandIn.Journal.Select(entry => entry.Detail), Does.Contain("funding-received, dropped"));
    }

    [Test]
    public async Task A_duplicated_callback_comes_so_many_times_more()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDuplicate, Copies = 4, Count = 1 });
        StandIn.Expire(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(Enumerable.Repeat("expired", 5)));
    }

    [Test]
    public async Task A_delayed_callback_holds_up_no_other()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackDelay, Delay = TimeSpan.FromSeconds(1), Count = 1 });
        StandIn.PayByLightning(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(_processing[1..].Append("funding-received")));
    }

    [Test]
    public async Task A_reordered_callback_comes_after_the_one_that_follows_it()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackReorder, Count = 1 });
        var id = await RegisteredAsync();
        StandIn.PayTooLittle(id);
        StandIn.Expire(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "expired", "funding-insufficient" }));
    }

    [Test]
    public async Task A_reordered_callback_that_nothing_follows_comes_all_the_same()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackReorder });
        StandIn.Expire(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "expired" }));
    }

    [Test]
    public async Task Garbage_is_what_was_asked_for_or_something_else_each_time()
    {
        var id = await RegisteredAsync();
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackGarbage, Body = "<xml/>", Count = 1 });
        StandIn.CallWebhooks(id);
        await StandIn.CallbacksSettledAsync();
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.CallbackGarbage });
        for (var i = 0; i < 8; i++)
            StandIn.CallWebhooks(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Bodies[0], Is.EqualTo("<xml/>"));
        Assert.That(_shop.Bodies, Is.Unique);
        Assert.That(_shop.Bodies, Has.None.Contains(id));
    }

    [Test]
    public async Task A_callback_can_be_sent_again()
    {
        var id = await RegisteredAsync();
        StandIn.CallWebhooks(id);
        StandIn.CallWebhooks(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Statuses, Is.EqualTo(new[] { "initiated", "initiated" }));
    }

    [Test]
    public async Task Faults_of_the_api_leave_callbacks_alone()
    {
        var id = await RegisteredAsync();
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Status });
        StandIn.Expire(id);
        await StandIn.CallbacksSettledAsync();

        Assert.That(_shop.Bodies, Has.Count.EqualTo(1));
        Assert.That(StandIn.Faults.Active.Single().Injected, Is.Zero);
    }

    [Test]
    public async Task A_shop_that_does_not_answer_is_given_up()
    {
        await RestartAsync(new MionStandInOptions
        {
            TimeProvider = Clock,
            WebhookTimeout = TimeSpan.FromMilliseconds(100),
            WebhookTries = 2,
            WebhookBackOff = TimeSpan.Zero
        });
        _shop.Hangs = true;
        StandIn.Expire(await RegisteredAsync());
        await StandIn.CallbacksSettledAsync();

        Assert.That(Callbacks(), Is.EqualTo(new[] { (0, "expired, try 1"), (0, "expired, try 2") }));
    }

    [Test]
    public async Task A_stand_in_stops_although_callbacks_are_under_way()
    {
        _shop.Hangs = true;
        StandIn.Expire(await RegisteredAsync());
        await Eventually.Async(() => _shop.Bodies.Count > 0);

        await StandIn.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
    }

    private (int StatusCode, string? Detail)[] Callbacks() =>
        [.. StandIn.Journal.Where(entry => entry.Operation == MionOperations.Callback).Select(entry => (entry.StatusCode, entry.Detail))];

    private async Task<string> RegisteredAsync()
    {
        var id = await CreateAsync();
        await RegisterAsync(id, _shop.Url);
        return id;
    }

    private async Task RegisterAsync(string id, Uri webhook)
    {
        using var answer = await PostAsync($"/payment-sessions/{id}/webhook", new JsonObject { ["url"] = webhook.AbsoluteUri });
        answer.EnsureSuccessStatusCode();
    }
}
