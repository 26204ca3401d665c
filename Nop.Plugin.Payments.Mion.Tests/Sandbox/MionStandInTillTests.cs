using System.Net;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>The stand-in at a till: payment attempts, their short life, and compliance.</summary>
[TestFixture]
public sealed class MionStandInTillTests : StandInFixture
{
    private static JsonObject Request => new() { ["retailPos"] = true };

    [Test]
    public async Task An_attempt_has_the_documented_fields()
    {
        var id = await CreateAsync(Till());
        using var answer = await PostAsync($"/payment-sessions/{id}/payment-attempts", Request);
        var attempt = await JsonAsync(answer);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Names(attempt), Is.EqualTo(new[]
        {
            "amountMsat", "blockedByCompliance", "expiry", "lnInvoice", "missingComplianceCustomerFields", "onChainAddress",
            "paymentMethod", "paymentSessionId", "suggestedFeeRate"
        }));
        Assert.That((string?)attempt["expiry"], Is.EqualTo("2030-01-31T12:02:00Z"));
        Assert.That((long)attempt["amountMsat"]!, Is.EqualTo(23_076_924), "12 EUR at 52,000 EUR, rounded up");
        Assert.That((string?)attempt["lnInvoice"], Does.StartWith("lnbcrt230769240p1"));
        Assert.That((string?)attempt["paymentSessionId"], Is.EqualTo(id));
    }

    [Test]
    public async Task The_life_of_an_attempt_is_an_option_and_ends_with_the_session()
    {
        await RestartAsync(new MionStandInOptions { TimeProvider = Clock, AttemptLifetime = TimeSpan.FromMilliseconds(1500) });
        var till = Till();
        till["expiresAt"] = "2030-01-31T12:00:01Z";
        var own = (string?)(await AttemptAsync(await CreateAsync(Till())))["expiry"];
        var shorter = (string?)(await AttemptAsync(await CreateAsync(till)))["expiry"];

        Assert.That(own, Is.EqualTo("2030-01-31T12:00:01.5Z"));
        Assert.That(shorter, Is.EqualTo("2030-01-31T12:00:01Z"));
    }

    [Test]
    public async Task A_renewed_attempt_is_another_and_the_old_one_can_be_paid_in_its_last_second()
    {
        var id = await CreateAsync(Till());
        var first = await AttemptAsync(id);
        Clock.Advance(TimeSpan.FromSeconds(110));
        var second = await AttemptAsync(id);
        Clock.Advance(TimeSpan.FromSeconds(9.9));
        StandIn.PayByLightning(id, (string?)first["lnInvoice"]);

        Assert.That((string?)second["lnInvoice"], Is.Not.EqualTo((string?)first["lnInvoice"]));
        Assert.That((string?)second["expiry"], Is.EqualTo("2030-01-31T12:03:50Z"));
        Assert.That((await StatusAsync(id))["paidAt"], Is.Not.Null);
        Assert.That(StandIn.Find(id)!.Attempts, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_attempt_that_is_over_cannot_be_paid_and_the_next_one_can()
    {
        var id = await CreateAsync(Till());
        var first = await AttemptAsync(id);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await AttemptAsync(id);

        Assert.That(() => StandIn.PayByLightning(id, (string?)first["lnInvoice"]), Throws.InvalidOperationException);
        using var paid = await PostAsync($"/_sessions/{id}/pay-lightning?lnInvoice={StandIn.Find(id)!.Attempts[1].LnInvoice}", null);
        Assert.That(paid.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_an_attempt_there_is_nothing_to_scan()
    {
        var id = await CreateAsync(Till());

        Assert.That(() => StandIn.PayByLightning(id), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_blocked_attempt_has_nothing_to_pay()
    {
        var id = await CreateAsync(Till());
        StandIn.Compliance = new StandInCompliance(true, []);
        var blocked = await AttemptAsync(id);

        Assert.That((bool)blocked["blockedByCompliance"]!);
        Assert.That(blocked["lnInvoice"], Is.Null);
        Assert.That(() => StandIn.PayByLightning(id), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Missing_customer_details_are_named_and_can_be_asked_for_over_http()
    {
        var id = await CreateAsync(Till());
        using var set = await PostAsync("/_compliance", JsonNode.Parse("""
            { "blockedByCompliance": false, "missingComplianceCustomerFields": ["firstName", "lastName"] }
            """));
        var attempt = await AttemptAsync(id);
        StandIn.Compliance = StandInCompliance.Clear;
        var cleared = await AttemptAsync(id);

        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(attempt["missingComplianceCustomerFields"]!.ToJsonString(), Is.EqualTo("""["firstName","lastName"]"""));
        Assert.That((string?)cleared["lnInvoice"], Is.Not.Null);
    }

    [TestCase("""{ "blockedByCompliance": true }""")]
    [TestCase("""{ "blockedByCompliance": true, "missingComplianceCustomerFields": null }""")]
    public async Task A_half_answer_for_compliance_is_refused(string body)
    {
        using var set = await PostAsync("/_compliance", JsonNode.Parse(body));

        Assert.That(set.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(StandIn.Compliance, Is.EqualTo(StandInCompliance.Clear));
    }

    [Test]
    public async Task Only_a_till_gets_an_attempt_and_it_must_say_that_it_is_one()
    {
        var online = await CreateAsync();
        var till = await CreateAsync(Till());

        Assert.That(await AnswerAsync(online, Request), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await AnswerAsync(till, new JsonObject()), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await AnswerAsync(till, new JsonObject { ["retailPos"] = false }), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await AnswerAsync(till, new JsonObject { ["retailPos"] = true, ["paymentSessionId"] = online }), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await AnswerAsync(till, new JsonObject { ["retailPos"] = true, ["paymentSessionId"] = till }), Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task A_session_that_is_paid_or_over_gets_no_attempt()
    {
        var paid = await CreateAsync(Till());
        await AttemptAsync(paid);
        StandIn.PayByLightning(paid);
        var over = await CreateAsync(Till());
        StandIn.Expire(over);

        Assert.That(await AnswerAsync(paid, Request), Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await AnswerAsync(over, Request), Is.EqualTo(HttpStatusCode.Conflict));
    }

    private async Task<HttpStatusCode> AnswerAsync(string id, JsonObject request)
    {
        using var answer = await PostAsync($"/payment-sessions/{id}/payment-attempts", request);
        return answer.StatusCode;
    }

    private async Task<JsonObject> AttemptAsync(string id)
    {
        using var answer = await PostAsync($"/payment-sessions/{id}/payment-attempts", Request);
        return await JsonAsync(answer);
    }
}
