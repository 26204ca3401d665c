using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>The stand-in's API going wrong on command.</summary>
[TestFixture]
public sealed class MionStandInFaultTests : StandInFixture
{
    private static IEnumerable<TestCaseData> Nonsense()
    {
        static TestCaseData Case(string name, FaultRule rule) => new TestCaseData(rule).SetArgDisplayNames(name);

        yield return Case("operation", new FaultRule { Kind = FaultKind.Html, Operation = "GET statuses" });
        yield return Case("count", new FaultRule { Kind = FaultKind.Html, Count = 0 });
        yield return Case("probability", new FaultRule { Kind = FaultKind.Html, Probability = 1.5 });
        yield return Case("delay", new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromSeconds(-1) });
        yield return Case("status code", new FaultRule { Kind = FaultKind.Status, StatusCode = 99 });
        yield return Case("copies", new FaultRule { Kind = FaultKind.CallbackDuplicate, Copies = 0 });
    }

    [Test]
    public async Task A_status_code_is_answered_as_often_as_asked_for_with_its_header_and_body()
    {
        var id = await CreateAsync();
        StandIn.Faults.Add(new FaultRule
        {
            Kind = FaultKind.Status,
            Operation = MionOperations.GetStatus,
            Count = 2,
            StatusCode = 429,
            RetryAfter = "7",
            Body = "slow down"
        });

        for (var i = 0; i < 2; i++)
        {
            using var answer = await Client.GetAsync($"/payment-sessions/{id}/status");
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(answer.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("slow down"));
        }
        Assert.That(await StatusAsync(id), Is.Not.Null);
        Assert.That(StandIn.Faults.Active, Is.Empty);
        Assert.That(StandIn.Faults.Injected[FaultKind.Status], Is.EqualTo(2));
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public async Task Behind_an_error_the_session_was_created_or_not_as_asked_for(bool performed, int sessions)
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 502, Performed = performed, Count = 1 });
        using var answer = await PostAsync("/payment-sessions", Order());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(StandIn.Sessions, Has.Count.EqualTo(sessions));
    }

    [Test]
    public async Task An_answer_is_lost_after_the_session_was_created()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.LostAnswer, Operation = MionOperations.CreateSession, Count = 1 });

        await Assert.ThatAsync(() => PostAsync("/payment-sessions", Order("lost")), Throws.InstanceOf<HttpRequestException>());
        using var found = await Client.GetAsync("/payment-sessions/reference/lost");
        Assert.That((string?)(await JsonAsync(found))["paymentSessionId"], Is.EqualTo(StandIn.Sessions.Single().PaymentSessionId));
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public async Task Nothing_is_answered_until_the_client_hangs_up(bool performed, int sessions)
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.NoAnswer, Performed = performed, Count = 1 });
        using var patience = new CancellationTokenSource();
        var call = Client.PostAsync("/payment-sessions", new StringContent(Order().ToJsonString(), null, "application/json"), patience.Token);
        await Eventually.Async(() => StandIn.Calls(MionOperations.CreateSession) == 1 && StandIn.Sessions.Count == sessions);
        await patience.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.Async(() => StandIn.Journal.Any(entry => entry is { StatusCode: 0, Detail: "NoAnswer" }));
    }

    [Test]
    public async Task A_stand_in_stops_although_somebody_waits_for_an_answer()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.NoAnswer });
        var call = Client.GetAsync("/payment-sessions/x");
        await Eventually.Async(() => StandIn.Calls(MionOperations.GetSession) == 1);

        await StandIn.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.ThatAsync(() => call, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Truncated_json_is_half_of_the_answer()
    {
        var body = await DistortedAsync(FaultKind.TruncatedJson);

        Assert.That(body, Does.StartWith("{"));
        Assert.That(() => JsonNode.Parse(body), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public async Task A_web_page_comes_in_place_of_json() => Assert.That(await DistortedAsync(FaultKind.Html), Does.StartWith("<!DOCTYPE html>"));

    [Test]
    public async Task Nothing_comes_in_place_of_json() => Assert.That(await DistortedAsync(FaultKind.Empty), Is.Empty);

    [Test]
    public async Task A_huge_answer_is_right_but_for_its_size()
    {
        var body = await DistortedAsync(FaultKind.Huge);

        Assert.That(body, Has.Length.GreaterThan(1024 * 1024));
        Assert.That((string?)JsonNode.Parse(body)!["status"], Is.EqualTo("initiated"));
    }

    [Test]
    public async Task Wrong_types_leave_the_names_and_change_every_value()
    {
        var body = JsonNode.Parse(await DistortedAsync(FaultKind.WrongTypes))!;

        Assert.That(body["status"]!.GetValueKind(), Is.EqualTo(JsonValueKind.Number));
        Assert.That(body["fundingAmountAvailable"]!.GetValueKind(), Is.EqualTo(JsonValueKind.String));
        Assert.That(body["paidAt"]!.GetValueKind(), Is.EqualTo(JsonValueKind.Object));
        Assert.That(body["refundSessionIds"]!.GetValueKind(), Is.EqualTo(JsonValueKind.Object));
    }

    [Test]
    public async Task A_redirect_leads_to_another_host_name_and_who_follows_is_seen()
    {
        var id = await CreateAsync();
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Redirect, Count = 1 });
        using var answer = await Client.GetAsync($"/payment-sessions/{id}/status?a=b");
        var location = answer.Headers.Location!;
        (await Client.GetAsync(location)).Dispose();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.TemporaryRedirect));
        Assert.That(location.AbsoluteUri, Is.EqualTo($"http://localhost:{StandIn.BaseAddress.Port}/payment-sessions/{id}/status?a=b"));
        Assert.That(StandIn.Calls(MionOperations.GetStatus), Is.EqualTo(2));
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public async Task Latency_comes_before_the_operation_or_behind_it(bool performed, int sessions)
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromMinutes(1), Performed = performed });
        using var patience = new CancellationTokenSource();
        var call = Client.PostAsync("/payment-sessions", new StringContent(Order().ToJsonString(), null, "application/json"), patience.Token);
        await Eventually.Async(() => StandIn.Calls(MionOperations.CreateSession) == 1 && StandIn.Sessions.Count == sessions);
        await patience.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.Async(() => StandIn.Journal.Count == 1);
        Assert.That(StandIn.Sessions, Has.Count.EqualTo(sessions), "who hangs up while waiting has not created a session");
    }

    [Test]
    public async Task Latency_goes_with_another_fault_and_of_the_others_only_the_first_is_played()
    {
        StandIn.Faults.Add(
            new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromMilliseconds(60), Count = 1 },
            new FaultRule { Kind = FaultKind.Status, StatusCode = 500, Count = 1 },
            new FaultRule { Kind = FaultKind.Status, StatusCode = 503, Count = 1 });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var first = await Client.GetAsync("/payment-sessions/x");
        var elapsed = watch.Elapsed;
        using var second = await Client.GetAsync("/payment-sessions/x");

        Assert.That(elapsed, Is.GreaterThan(TimeSpan.FromMilliseconds(50)));
        Assert.That((int)first.StatusCode, Is.EqualTo(500));
        Assert.That((int)second.StatusCode, Is.EqualTo(503));
    }

    [Test]
    public async Task Calls_that_wait_at_the_same_time_are_seen_in_the_peak()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Latency, Delay = TimeSpan.FromMilliseconds(300) });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Client.GetAsync("/payment-sessions/x")));
        Array.ForEach(answers, answer => answer.Dispose());

        Assert.That(StandIn.PeakConcurrency, Is.EqualTo(8));
    }

    [Test]
    public async Task A_fault_hits_its_operation_only()
    {
        StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Status, Operation = MionOperations.GetStatus });
        var id = await CreateAsync();
        using var session = await Client.GetAsync($"/payment-sessions/{id}");
        using var status = await Client.GetAsync($"/payment-sessions/{id}/status");
        using var checkout = await Client.GetAsync($"/checkout/{id}");

        Assert.That(session.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(status.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(checkout.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_same_seed_hits_the_same_calls()
    {
        async Task<string> PatternAsync(int seed)
        {
            StandIn.Faults.Clear();
            StandIn.Faults.Add(new FaultRule { Kind = FaultKind.Status, Probability = 0.5, Seed = seed });
            var pattern = new List<char>();
            for (var i = 0; i < 40; i++)
            {
                using var answer = await Client.GetAsync("/payment-sessions/x");
                pattern.Add(answer.StatusCode == HttpStatusCode.ServiceUnavailable ? 'x' : '.');
            }
            return new string([.. pattern]);
        }

        var first = await PatternAsync(7);

        Assert.That(first, Does.Contain('x').And.Contain('.'));
        Assert.That(await PatternAsync(7), Is.EqualTo(first));
        Assert.That(await PatternAsync(8), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task Faults_are_set_shown_and_cleared_over_http()
    {
        using var one = await PostAsync("/_faults", JsonNode.Parse("""{ "kind": "lost-answer", "operation": "POST session", "count": 2 }"""));
        using var more = await PostAsync("/_faults", JsonNode.Parse("""
            [{ "kind": "latency", "delay": "00:00:00.010" }, { "kind": "callback-duplicate", "copies": 3 }]
            """));
        using var shown = await Client.GetAsync("/_faults");
        var active = (await JsonAsync(shown))["active"]!.AsArray();
        using var cleared = await Client.DeleteAsync("/_faults");

        Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(more.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(active.Select(fault => (string?)fault!["rule"]!["kind"]), Is.EqualTo(new[] { "lost-answer", "latency", "callback-duplicate" }));
        Assert.That((int)active[0]!["remaining"]!, Is.EqualTo(2));
        Assert.That(cleared.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(StandIn.Faults.Active, Is.Empty);
    }

    [TestCase("""{ "kind": "explode" }""")]
    [TestCase("""{ "kind": "status", "statuscodes": 500 }""")]
    [TestCase("""{ "operation": "GET status" }""")]
    [TestCase("""{ "kind": "status", "operation": "GET statuses" }""")]
    [TestCase("""[{ "kind": "html" }, { "kind": "html", "count": 0 }]""")]
    [TestCase("[null]")]
    [TestCase("null")]
    [TestCase("{")]
    public async Task A_fault_with_a_typing_mistake_is_refused_and_says_why(string body)
    {
        using var answer = await Client.PostAsync("/_faults", new StringContent(body, null, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"], Is.Not.Empty);
        Assert.That(StandIn.Faults.Active, Is.Empty);
    }

    [TestCaseSource(nameof(Nonsense))]
    public void A_fault_that_makes_no_sense_is_refused(FaultRule rule) => Assert.That(() => StandIn.Faults.Add(rule), Throws.ArgumentException);

    private async Task<string> DistortedAsync(FaultKind kind)
    {
        var id = await CreateAsync();
        StandIn.Faults.Add(new FaultRule { Kind = kind, Count = 1 });
        using var answer = await Client.GetAsync($"/payment-sessions/{id}/status");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return await answer.Content.ReadAsStringAsync();
    }
}
