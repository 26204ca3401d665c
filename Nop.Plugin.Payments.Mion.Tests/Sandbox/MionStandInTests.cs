using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>The stand-in's API: what Mion's guides word, word for word, and what is assumed where they are silent.</summary>
[TestFixture]
public sealed class MionStandInTests : StandInFixture
{
    private static readonly string[] _statusFields =
    [
        "expiresAt", "feeStatus", "fundingAmountAvailable", "fundingStatus", "paidAt", "paymentMethod", "paymentSessionId",
        "refundSessionIds", "status"
    ];

    private static IEnumerable<TestCaseData> WhatTheGuideDoesNotAllow()
    {
        TestCaseData Case(string name, string field, JsonNode? value) => new TestCaseData(field, value).SetArgDisplayNames(name);

        yield return Case("amount as a text", "amount", "1200");
        yield return Case("amount with a fraction", "amount", 12.5);
        yield return Case("amount with a decimal point", "amount", JsonNode.Parse("1200.0"));
        yield return Case("amount with an exponent", "amount", JsonNode.Parse("12e2"));
        yield return Case("amount zero", "amount", 0);
        yield return Case("amount below zero", "amount", -1);
        yield return Case("amount null", "amount", null);
        yield return Case("another currency", "currencyIso3", "USD");
        yield return Case("currency in lower case", "currencyIso3", "eur");
        yield return Case("retailPos as a text", "retailPos", "false");
        yield return Case("retailPos null", "retailPos", null);
        yield return Case("no way back to the shop", "redirectUrl", null);
        yield return Case("a relative way back", "redirectUrl", "/mion/return");
        yield return Case("a way back by script", "redirectUrl", "javascript:alert(1)");
        yield return Case("reference too long", "reference", new string('r', 101));
        yield return Case("reference empty", "reference", "");
        yield return Case("reference as a number", "reference", 7);
        yield return Case("expiry in the past", "expiresAt", "2030-01-31T12:00:00Z");
        yield return Case("expiry in local time", "expiresAt", "2030-02-01T12:00:00");
        yield return Case("expiry with an offset", "expiresAt", "2030-02-01T12:00:00+02:00");
        yield return Case("expiry without a time", "expiresAt", "2030-02-01");
        yield return Case("expiry as seconds", "expiresAt", 1896177600);
        yield return Case("a field that nobody asked for", "customerEmail", "a@b.example");
    }

    [Test]
    public async Task A_new_session_is_answered_with_201_and_what_was_asked_for()
    {
        using var answer = await PostAsync("/payment-sessions", Order("order-1"));
        var session = await JsonAsync(answer);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Names(session), Is.EquivalentTo(new[]
            { "paymentSessionId", "reference", "amount", "currencyIso3", "expiresAt", "fundingAmountAvailable", "redirectUrl", "retailPos", "status" }));
        Assert.That(Guid.TryParse((string?)session["paymentSessionId"], out _));
        Assert.That((string?)session["expiresAt"], Is.EqualTo("2030-02-01T12:00:00Z"));
        Assert.That((string?)session["status"], Is.EqualTo("initiated"));
    }

    [TestCaseSource(nameof(WhatTheGuideDoesNotAllow))]
    public async Task A_session_that_the_guide_does_not_allow_is_refused_and_the_field_is_named(string field, JsonNode? value)
    {
        var order = Order();
        order[field] = value?.DeepClone();
        using var answer = await PostAsync("/payment-sessions", order);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(body["errors"]!.AsArray().Select(error => (string?)error!["field"]), Is.EqualTo(new[] { field }));
        Assert.That(StandIn.Sessions, Is.Empty);
    }

    [TestCase("amount")]
    [TestCase("currencyIso3")]
    [TestCase("retailPos")]
    [TestCase("redirectUrl")]
    [TestCase("expiresAt")]
    public async Task A_session_without_a_field_is_refused(string field)
    {
        var order = Order();
        order.Remove(field);
        using var answer = await PostAsync("/payment-sessions", order);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(field));
    }

    [Test]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        using var answer = await PostAsync("/payment-sessions", new JsonObject());

        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!.AsArray();
        Assert.That(errors.Select(error => (string?)error!["field"]),
            Is.EquivalentTo(new[] { "amount", "currencyIso3", "retailPos", "redirectUrl", "expiresAt" }));
    }

    [Test]
    public async Task A_reference_is_optional_and_a_till_needs_no_way_back()
    {
        using var answer = await PostAsync("/payment-sessions", Till());
        var session = await JsonAsync(answer);

        Assert.That(session["reference"], Is.Null);
        Assert.That(session["redirectUrl"], Is.Null);
        Assert.That((bool)session["retailPos"]!);
    }

    [TestCase("{\"amount\":", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("[]", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("null", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("{\"amount\":1,\"amount\":2}", "application/json", HttpStatusCode.UnprocessableEntity)]
    [TestCase("amount=1200", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task Only_a_json_object_is_read(string body, string type, HttpStatusCode expected)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var answer = await Client.PostAsync("/payment-sessions", content);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_long_body_is_not_read()
    {
        using var answer = await PostAsync("/payment-sessions", new JsonObject { ["reference"] = new string('x', 100_000) });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
    }

    [Test]
    public async Task The_status_has_the_documented_fields_and_no_other()
    {
        var status = await StatusAsync(await CreateAsync());

        Assert.That(Names(status), Is.EqualTo(_statusFields));
        Assert.That(status["paidAt"], Is.Null);
        Assert.That((long)status["fundingAmountAvailable"]!, Is.Zero);
    }

    [Test]
    public async Task A_session_is_found_by_its_id_and_by_its_reference()
    {
        var id = await CreateAsync(Order("a b/c%d"));
        using var byId = await Client.GetAsync($"/payment-sessions/{id}");
        using var byReference = await Client.GetAsync($"/payment-sessions/reference/{Uri.EscapeDataString("a b/c%d")}");
        var session = await JsonAsync(byId);

        Assert.That(Names(session), Is.EquivalentTo(_statusFields.Concat(["amount", "currencyIso3", "reference"])));
        Assert.That((long)session["amount"]!, Is.EqualTo(1200));
        Assert.That((await JsonAsync(byReference)).ToJsonString(), Is.EqualTo(session.ToJsonString()));
    }

    [Test]
    public async Task A_second_session_of_the_same_reference_is_taken_and_counted_and_found_first()
    {
        await CreateAsync(Order("twice"));
        var newest = await CreateAsync(Order("twice"));
        using var answer = await Client.GetAsync("/payment-sessions/reference/twice");

        Assert.That((string?)(await JsonAsync(answer))["paymentSessionId"], Is.EqualTo(newest));
        Assert.That(StandIn.DuplicateReferences, Is.EqualTo(1));
    }

    [TestCase("/payment-sessions/75099bcf-22d5-43f9-8976-b7c5692eaa85")]
    [TestCase("/payment-sessions/75099bcf-22d5-43f9-8976-b7c5692eaa85/status")]
    [TestCase("/payment-sessions/reference/never-seen")]
    [TestCase("/payment-session")]
    public async Task What_is_not_there_is_404_with_a_reason(string path)
    {
        using var answer = await Client.GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"], Is.Not.Null);
    }

    [TestCase("https://shop.example/mion/webhook/token", HttpStatusCode.Created)]
    [TestCase("http://127.0.0.1:9/mion/webhook/token", HttpStatusCode.Created)]
    [TestCase("http://localhost:9/mion/webhook/token", HttpStatusCode.Created)]
    [TestCase("http://shop.example/mion/webhook/token", HttpStatusCode.UnprocessableEntity)]
    [TestCase("ftp://shop.example/", HttpStatusCode.UnprocessableEntity)]
    [TestCase("/mion/webhook/token", HttpStatusCode.UnprocessableEntity)]
    public async Task A_webhook_must_be_https_unless_it_is_on_this_machine(string url, HttpStatusCode expected)
    {
        var id = await CreateAsync();
        using var answer = await PostAsync($"/payment-sessions/{id}/webhook", new JsonObject { ["url"] = url });

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        Assert.That(StandIn.Find(id)!.Webhooks, Is.EqualTo(expected == HttpStatusCode.Created ? 1 : 0));
    }

    [Test]
    public async Task Calls_are_counted_and_the_journal_remembers_only_the_latest()
    {
        await RestartAsync(new MionStandInOptions { JournalLength = 2, TimeProvider = Clock });
        for (var i = 0; i < 3; i++)
            (await Client.GetAsync("/payment-sessions/x/status")).Dispose();
        (await Client.GetAsync("/nothing")).Dispose();

        Assert.That(StandIn.Calls(MionOperations.GetStatus), Is.EqualTo(3));
        Assert.That(StandIn.Calls(MionOperations.Unknown), Is.EqualTo(1));
        Assert.That(StandIn.Journal, Is.EqualTo(new[]
        {
            new JournalEntry(Start, MionOperations.GetStatus, 404, null),
            new JournalEntry(Start, MionOperations.Unknown, 404, null)
        }));
    }

    [Test]
    public async Task A_taken_port_is_an_error_at_the_start()
    {
        var port = StandIn.BaseAddress.Port;

        await Assert.ThatAsync(() => MionStandIn.StartAsync(new MionStandInOptions { Port = port }), Throws.InstanceOf<IOException>());
        Assert.That(await CreateAsync(), Is.Not.Empty);
    }
}
