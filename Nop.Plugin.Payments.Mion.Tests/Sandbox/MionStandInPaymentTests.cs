using System.Net;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>What payers, the clock and Mion itself do to a session at the stand-in, as the API tells it.</summary>
[TestFixture]
public sealed class MionStandInPaymentTests : StandInFixture
{
    private static readonly string[] _processing = ["funding-received", "funding-collected", "exchanged", "funded"];

    [Test]
    public async Task Lightning_is_paid_at_once()
    {
        var id = await CreateAsync();
        Clock.Advance(TimeSpan.FromSeconds(30));
        StandIn.PayByLightning(id);
        var status = await StatusAsync(id);

        Assert.That((string?)status["paidAt"], Is.EqualTo("2030-01-31T12:00:30Z"));
        Assert.That((string?)status["status"], Is.EqualTo("funding-received"));
        Assert.That((string?)status["fundingStatus"], Is.EqualTo("well-funded"));
        Assert.That((string?)status["paymentMethod"], Is.EqualTo("lightning"));
    }

    [Test]
    public async Task On_the_blockchain_a_payment_is_seen_before_it_is_paid()
    {
        var id = await CreateAsync();
        StandIn.PayOnChain(id);
        var seen = await StatusAsync(id);
        StandIn.Confirm(id);
        var paid = await StatusAsync(id);

        Assert.That(seen["paidAt"], Is.Null);
        Assert.That((long)seen["fundingAmountAvailable"]!, Is.GreaterThan(0));
        Assert.That((string?)paid["paidAt"], Is.EqualTo("2030-01-31T12:00:00Z"));
        Assert.That((string?)paid["paymentMethod"], Is.EqualTo("on-chain"));
    }

    [Test]
    public async Task Too_little_is_not_paid_and_the_rest_can_follow()
    {
        var id = await CreateAsync();
        StandIn.PayTooLittle(id);
        var little = await StatusAsync(id);
        StandIn.PayByLightning(id);

        Assert.That(little["paidAt"], Is.Null);
        Assert.That((string?)little["fundingStatus"], Is.EqualTo("under-funded"));
        Assert.That((long)little["fundingAmountAvailable"]!, Is.GreaterThan(0));
        Assert.That(StandIn.Find(id)!.IsPaid);
    }

    [Test]
    public async Task A_session_expires_by_the_clock()
    {
        var id = await CreateAsync();
        Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        var before = (string?)(await StatusAsync(id))["status"];
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = (string?)(await StatusAsync(id))["status"];

        Assert.That(before, Is.EqualTo("initiated"));
        Assert.That(after, Is.EqualTo("expired"));
        Assert.That(() => StandIn.PayByLightning(id), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_session_of_months_expires_by_the_clock_too()
    {
        var order = Order();
        order["expiresAt"] = "2030-06-30T12:00:00Z";
        var id = await CreateAsync(order);
        for (var day = 0; day < 149; day++)
            Clock.Advance(TimeSpan.FromDays(1));
        var before = StandIn.Find(id)!.Status;
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.That(before, Is.EqualTo("initiated"));
        Assert.That(StandIn.Find(id)!.Status, Is.EqualTo("expired"));
    }

    [Test]
    public async Task A_payment_that_was_seen_in_time_may_be_confirmed_after_the_expiry()
    {
        var id = await CreateAsync();
        StandIn.PayOnChain(id);
        Clock.Advance(TimeSpan.FromDays(2));
        var between = await StatusAsync(id);
        var paid = StandIn.Confirm(id);

        Assert.That((string?)between["status"], Is.EqualTo("funding-pending"));
        Assert.That(paid.PaidAt, Is.GreaterThan(paid.ExpiresAt));
    }

    [Test]
    public async Task Expired_by_hand_and_paid_all_the_same()
    {
        var id = await CreateAsync();
        StandIn.Expire(id);
        var expired = await StatusAsync(id);
        Clock.Advance(TimeSpan.FromMinutes(1));
        var paid = StandIn.PayLate(id);

        Assert.That((string?)expired["status"], Is.EqualTo("expired"));
        Assert.That((string?)expired["expiresAt"], Is.EqualTo("2030-01-31T12:00:00Z"));
        Assert.That(paid.PaidAt, Is.EqualTo(Start.AddMinutes(1)));
        Assert.That(paid.PaidAt, Is.GreaterThan(paid.ExpiresAt));
    }

    [Test]
    public async Task A_late_payment_brings_the_expiry_about_where_it_has_not_come()
    {
        var paid = StandIn.PayLate(await CreateAsync());

        Assert.That(paid.IsPaid);
        Assert.That(paid.ExpiresAt, Is.EqualTo(Start));
    }

    [Test]
    public async Task A_refund_leaves_the_session_paid_and_adds_an_id()
    {
        var id = await CreateAsync();
        StandIn.PayByLightning(id);
        StandIn.Refund(id);
        StandIn.Refund(id);
        var status = await StatusAsync(id);

        Assert.That(status["paidAt"], Is.Not.Null);
        Assert.That(status["refundSessionIds"]!.AsArray().Select(item => (string?)item).ToArray(), Is.Unique.And.Length.EqualTo(2));
    }

    [Test]
    public async Task Nothing_paid_is_nothing_to_give_back()
    {
        var id = await CreateAsync();

        Assert.That(() => StandIn.Refund(id), Throws.InvalidOperationException);
    }

    [Test]
    public async Task After_a_payment_the_status_goes_on_without_changing_what_was_paid()
    {
        await RestartAsync(new MionStandInOptions { TimeProvider = Clock, ProcessingStep = TimeSpan.FromSeconds(1) });
        var id = await CreateAsync();
        StandIn.PayByLightning(id);
        var seen = new List<StandInSession>();
        for (var second = 0; second < 5; second++)
        {
            seen.Add(StandIn.Find(id)!);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(seen.Select(session => session.Status), Is.EqualTo(_processing.Append("funded")));
        Assert.That(seen.Select(session => session.PaidAt), Is.All.EqualTo(Start));
        Assert.That(seen[^1].FundingAmountAvailable, Is.Zero, "as in the guide's own example");
    }

    [Test]
    public async Task Nobody_pays_twice_into_one_session()
    {
        var id = await CreateAsync();
        StandIn.PayByLightning(id);

        Assert.That(() => StandIn.PayByLightning(id), Throws.InvalidOperationException);
        Assert.That(() => StandIn.PayOnChain(id), Throws.InvalidOperationException);
        Assert.That(() => StandIn.PayLate(id), Throws.InvalidOperationException);
        Assert.That(() => StandIn.Expire(id), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Of_many_payers_at_once_one_pays()
    {
        var id = await CreateAsync();
        var paid = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
        {
            try
            {
                StandIn.PayByLightning(id);
                return 1;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        })));

        Assert.That(paid.Sum(), Is.EqualTo(1));
    }

    [TestCase("pay-lightning", "funding-received")]
    [TestCase("pay-on-chain", "funding-pending")]
    [TestCase("pay-too-little", "funding-insufficient")]
    [TestCase("pay-late", "funding-received")]
    [TestCase("expire", "expired")]
    public async Task Payers_can_be_played_over_http(string act, string status)
    {
        var id = await CreateAsync();
        using var answer = await PostAsync($"/_sessions/{id}/{act}", null);

        Assert.That((string?)(await JsonAsync(answer))["status"], Is.EqualTo(status));
        Assert.That((string?)(await StatusAsync(id))["status"], Is.EqualTo(status));
    }

    [Test]
    public async Task What_follows_a_payment_can_be_played_over_http()
    {
        var id = await CreateAsync();
        foreach (var act in new[] { "pay-on-chain", "confirm", "advance", "refund", "call-webhooks" })
        {
            using var answer = await PostAsync($"/_sessions/{id}/{act}", null);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), act);
        }

        Assert.That(StandIn.Find(id)!.Status, Is.EqualTo("funding-collected"));
        Assert.That(StandIn.Find(id)!.RefundSessionIds, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_cannot_be_done_now_is_409_and_what_is_unknown_404()
    {
        var id = await CreateAsync();
        using var notNow = await PostAsync($"/_sessions/{id}/confirm", null);
        using var noSession = await PostAsync("/_sessions/x/confirm", null);
        using var noAct = await PostAsync($"/_sessions/{id}/dance", null);

        Assert.That(notNow.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(noSession.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(noAct.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
