using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>Starts one stand-in for each test, on a clock that stands still, and speaks HTTP to it as a plugin would.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class StandInFixture
{
    protected static readonly DateTimeOffset Start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Clock { get; private set; } = null!;

    protected MionStandIn StandIn { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    /// <summary>What differs from the usual options in a fixture.</summary>
    protected virtual MionStandInOptions Options => new()
    {
        TimeProvider = Clock,
        ProcessingStep = Timeout.InfiniteTimeSpan,
        WebhookBackOff = TimeSpan.FromMilliseconds(10)
    };

    [SetUp]
    public async Task StartStandIn()
    {
        Clock = new FakeTimeProvider(Start);
        await StartWithAsync(Options);
    }

    [TearDown]
    public async Task StopStandIn()
    {
        Client.Dispose();
        await StandIn.DisposeAsync();
    }

    /// <summary>Another stand-in in place of the usual one.</summary>
    protected async Task RestartAsync(MionStandInOptions options)
    {
        await StopStandIn();
        await StartWithAsync(options);
    }

    /// <summary>A request for a session that Mion would take.</summary>
    protected static JsonObject Order(string? reference = null) => new()
    {
        ["amount"] = 1200,
        ["currencyIso3"] = "EUR",
        ["retailPos"] = false,
        ["reference"] = reference ?? Guid.NewGuid().ToString(),
        ["redirectUrl"] = "http://shop.example/mion/return/token",
        ["expiresAt"] = "2030-02-01T12:00:00Z"
    };

    protected static JsonObject Till() => new()
    {
        ["amount"] = 1200,
        ["currencyIso3"] = "EUR",
        ["retailPos"] = true,
        ["expiresAt"] = "2030-01-31T13:00:00Z"
    };

    protected Task<HttpResponseMessage> PostAsync(string path, JsonNode? body) =>
        Client.PostAsync(path, new StringContent(body?.ToJsonString() ?? "null", Encoding.UTF8, "application/json"));

    protected async Task<string> CreateAsync(JsonObject? order = null)
    {
        using var answer = await PostAsync("/payment-sessions", order ?? Order());
        return (string)(await JsonAsync(answer))["paymentSessionId"]!;
    }

    protected async Task<JsonObject> StatusAsync(string id)
    {
        using var answer = await Client.GetAsync($"/payment-sessions/{id}/status");
        return await JsonAsync(answer);
    }

    protected static async Task<JsonObject> JsonAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    protected static IEnumerable<string> Names(JsonObject answer) => answer.Select(field => field.Key);

    private async Task StartWithAsync(MionStandInOptions options)
    {
        StandIn = await MionStandIn.StartAsync(options);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = StandIn.BaseAddress };
        Client.DefaultRequestHeaders.Add(options.ApiKeyHeader, options.ApiKeyPrefix + options.ApiKey);
    }
}
