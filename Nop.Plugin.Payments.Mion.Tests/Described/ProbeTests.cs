using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Described;

/// <summary>The probe asks a Mion what is assumed about it, and the stand-in answers by a description.</summary>
[TestFixture]
public sealed class ProbeTests
{
    private const string Key = "demo-key";

    [TestCase("paths")]
    [TestCase("snake")]
    [TestCase("account")]
    public async Task A_Mion_of_a_description_answers_a_probe_by_it(string name)
    {
        var description = Description.Read(MadeUpMion.Find(name)!.File, baseUrl: null);
        await using var mion = await MionStandIn.StartAsync(description.ToStandIn(port: 0));
        var options = description.ToOptions(Key, mion.BaseAddress.ToString().TrimEnd('/') + description.Folder);

        var (isGood, output) = await ProbeAsync(options);

        Assert.That(isGood, Is.True, output);
        Assert.That(Proven(output), Is.SupersetOf(new[] { "baseUrl", "create.path", "create.expiresAt", "status.path", "session.paidAt",
            "byReference.path", "webhook.url", "offer.lnInvoice" }));
        Assert.That(Proven(output), Does.Not.Contain("status=funded").And.Not.Contain("callback.status"), "nobody has paid");
        Assert.That(output, Does.Not.Contain(Key));
    }

    [Test]
    public async Task What_is_not_as_assumed_is_told_with_what_came_instead()
    {
        var description = Description.Read(MadeUpMion.Find("snake")!.File, baseUrl: null);
        await using var mion = await MionStandIn.StartAsync(description.ToStandIn(port: 0));

        var (isGood, output) = await ProbeAsync(new MionApiOptions { ApiKey = Key, BaseUrl = mion.BaseAddress.ToString() });

        Assert.That(isGood, Is.False);
        Assert.That(Proven(output), Is.Empty);
        Assert.That(output, Does.Contain("POST /payment-sessions: 404").And.Contain("Mion has no such operation."));
    }

    [Test]
    public async Task The_key_is_never_printed_whatever_a_Mion_says()
    {
        await using var server = new RawHttpServer(RawAnswer.Json("{\"message\":\"the key Demo-Key is unknown\"}", 401));

        var (isGood, output) = await ProbeAsync(new MionApiOptions { ApiKey = Key, BaseUrl = server.Address });

        Assert.That(isGood, Is.False);
        Assert.That(output, Does.Contain("the key *** is unknown").And.Not.Contain(Key).IgnoreCase);
    }

    [Test]
    public void What_a_description_says_twice_is_guessed_here_and_said()
    {
        var description = Description.Read(MadeUpMion.Find("account")!.File, baseUrl: null);

        Assert.That(description.Guessed, Is.EqualTo(new Dictionary<string, string> { ["baseUrl"] = "https://sandbox.mion.example/v1" }));
        Assert.That(Description.Read(MadeUpMion.Find("account")!.File, "https://live.mion.example/v1").Guessed, Is.Empty);
    }

    [TestCase("probe")]
    [TestCase("probe", "--key", "k")]
    [TestCase("probe", "--base-url", "https://mion.example")]
    public void It_wants_a_key_and_an_address(params string[] arguments) =>
        Assert.That(SandboxOptions.Parse(arguments).Error, Does.Contain("--key"));

    private static async Task<(bool IsGood, string Output)> ProbeAsync(MionApiOptions options)
    {
        using var output = new StringWriter();
        var isGood = await Probe.RunAsync(output, options, CancellationToken.None);
        return (isGood, output.ToString());
    }

    private static IReadOnlyList<string> Proven(string output) =>
        [.. output.Split('\n').Where(line => line.StartsWith("proven ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
}
