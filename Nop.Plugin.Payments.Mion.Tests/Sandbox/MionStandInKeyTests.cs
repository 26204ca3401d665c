using System.Net;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>Who may do what at the stand-in.</summary>
[TestFixture]
public sealed class MionStandInKeyTests : StandInFixture
{
    [TestCase(null)]
    [TestCase("wrong")]
    [TestCase("demo-key ")]
    [TestCase("Demo-Key")]
    public async Task Without_the_right_key_every_operation_is_401(string? key)
    {
        var id = await CreateAsync();
        Client.DefaultRequestHeaders.Remove("X-API-Key");
        if (key is not null)
            Client.DefaultRequestHeaders.TryAddWithoutValidation("X-API-Key", key.EndsWith(' ') ? key + "x" : key);

        foreach (var answer in await EveryOperationAsync(id))
            Assert.That(answer, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Without_the_permission_every_operation_is_403()
    {
        var id = await CreateAsync();
        StandIn.Permissions = MionPermissions.RetailPosCreate;

        foreach (var answer in await EveryOperationAsync(id))
            Assert.That(answer, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_till_needs_a_permission_of_its_own()
    {
        var id = await CreateAsync(Till());
        StandIn.Permissions = MionPermissions.PaymentsReadWrite;
        using var session = await PostAsync("/payment-sessions", Till());
        using var attempt = await PostAsync($"/payment-sessions/{id}/payment-attempts", new JsonObject { ["retailPos"] = true });
        using var online = await PostAsync("/payment-sessions", Order());

        Assert.That(session.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(attempt.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(online.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    [Test]
    public async Task The_header_and_its_prefix_are_options()
    {
        await RestartAsync(new MionStandInOptions { ApiKeyHeader = "Authorization", ApiKeyPrefix = "Bearer " });
        using var right = await Client.GetAsync("/payment-sessions/x");
        Client.DefaultRequestHeaders.Remove("Authorization");
        Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "demo-key");
        using var withoutPrefix = await Client.GetAsync("/payment-sessions/x");

        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(withoutPrefix.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_changed_key_is_asked_for_at_once()
    {
        using var change = await PostAsync("/_key", new JsonObject { ["apiKey"] = "new-key" });
        using var old = await Client.GetAsync("/payment-sessions/x");
        Client.DefaultRequestHeaders.Remove("X-API-Key");
        Client.DefaultRequestHeaders.Add("X-API-Key", "new-key");
        using var @new = await Client.GetAsync("/payment-sessions/x");

        Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(@new.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Permissions_can_be_taken_over_http()
    {
        using var change = await PostAsync("/_key", new JsonObject { ["permissions"] = new JsonArray("payments-read-write") });

        Assert.That(change.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(StandIn.Permissions, Is.EqualTo(MionPermissions.PaymentsReadWrite));
    }

    [Test]
    public async Task A_merchant_does_not_see_the_sessions_of_another()
    {
        var id = await CreateAsync(Order("same"));
        StandIn.AddKey("other-key");
        Client.DefaultRequestHeaders.Remove("X-API-Key");
        Client.DefaultRequestHeaders.Add("X-API-Key", "other-key");
        using var byId = await Client.GetAsync($"/payment-sessions/{id}");
        using var byReference = await Client.GetAsync("/payment-sessions/reference/same");
        await CreateAsync(Order("same"));

        Assert.That(byId.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(byReference.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(StandIn.DuplicateReferences, Is.Zero);
    }

    [Test]
    public async Task The_key_is_written_down_nowhere()
    {
        var id = await CreateAsync();
        await EveryOperationAsync(id);
        StandIn.PayByLightning(id);

        foreach (var path in new[] { "/", "/_journal", "/_sessions", "/_faults", $"/checkout/{id}" })
            Assert.That(await Client.GetStringAsync(path), Does.Not.Contain("demo-key"));
    }

    private async Task<HttpStatusCode[]> EveryOperationAsync(string id)
    {
        HttpResponseMessage[] answers =
        [
            await PostAsync("/payment-sessions", Order()),
            await Client.GetAsync($"/payment-sessions/{id}"),
            await Client.GetAsync($"/payment-sessions/{id}/status"),
            await Client.GetAsync("/payment-sessions/reference/x"),
            await PostAsync($"/payment-sessions/{id}/webhook", new JsonObject { ["url"] = "https://shop.example/" }),
            await PostAsync($"/payment-sessions/{id}/payment-attempts", new JsonObject { ["retailPos"] = true })
        ];
        return Array.ConvertAll(answers, answer =>
        {
            using (answer)
                return answer.StatusCode;
        });
    }
}
