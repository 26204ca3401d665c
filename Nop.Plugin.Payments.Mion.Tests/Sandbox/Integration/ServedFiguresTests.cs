using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Sandbox;
using Nop.Plugin.Payments.Mion.Sandbox.Check;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Tests.Till.Integration;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox.Integration;

/// <summary>What Prometheus gets of a shop, and what the dashboard asks Prometheus for.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed partial class ServedFiguresTests : TillFixture
{
    private protected override void Register(IServiceCollection services) => ServedFigures.Serve(services);

    [Test]
    public async Task A_shop_that_ends_beside_this_one_takes_no_figure_from_it()
    {
        var other = new ServiceCollection().AddMetrics().AddSingleton<MionApiMetrics>().BuildServiceProvider();
        other.GetRequiredService<MionApiMetrics>().Ended("of another shop", TimeSpan.Zero, null);

        await BuyAsync();
        await other.DisposeAsync();
        await ServedAsync();
        await BuyAsync();

        var served = await ServedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(served, Does.Contain("\nmion_client_operation_duration_seconds_count{"));
            Assert.That(served, Does.Not.Contain("of another shop"));
        }
    }

    [Test]
    public async Task Whatever_the_dashboard_shows_is_served()
    {
        var (_, session) = await BuyWithSessionAsync();
        Mion.PayByLightning(session.PaymentSessionId);
        await PollWhenDueAsync();
        await ChargeAmountAsync();
        Mion.Permissions = MionPermissions.None;
        await BuyAsync();
        using var callback = await NewBrowser().PostAsync("/mion/webhook/0123456789abcdef0123456789abcdef");
        var served = string.Empty;
        await Soon.Async("the sessions are counted", async () =>
        {
            served = await ServedAsync();
            return served.Contains("\nmion_sessions{", StringComparison.Ordinal);
        });

        var dashboard = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "grafana.json"));
        var names = Served().Matches(served).Select(line => line.Groups["name"].Value).ToHashSet();
        var labels = Label().Matches(served).Select(label => label.Groups["name"].Value).ToHashSet();
        var asked = Asked().Matches(dashboard).Select(figure => figure.Value).Distinct().ToList();
        var grouped = Group().Matches(dashboard).SelectMany(group => group.Groups["names"].Value.Split(", ")).Distinct().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.Where(name => !names.Contains(name)), Is.Empty);
            Assert.That(grouped.Where(name => !labels.Contains(name)), Is.Empty);
            // each instrument that is served, it shows
            Assert.That(names.Select(name => Part().Replace(name, "")).Where(name => name.StartsWith("mion_", StringComparison.Ordinal)).Distinct(),
                Is.SubsetOf(asked.Select(name => Part().Replace(name, ""))));
            Assert.That(asked, Has.Count.GreaterThan(9));
        }
    }

    [Test]
    [Category("Slow")]
    public async Task The_sandboxs_check_passes_and_its_figures_count_each_order()
    {
        using var check = Process.Start(new ProcessStartInfo("dotnet", [typeof(SandboxCheck).Assembly.Location, "--check"]) { RedirectStandardOutput = true })!;
        var output = await check.StandardOutput.ReadToEndAsync();
        await check.WaitForExitAsync();

        Assert.That(check.ExitCode, Is.Zero, () => output);
        Assert.That(output, Does.Contain("counts 4 payments, 4 orders were paid"));
    }

    private async Task<string> ServedAsync() => await (await NewBrowser().GetAsync(ServedFigures.Path)).Content.ReadAsStringAsync();

    [GeneratedRegex(@"^(?<name>[a-z_]+)\{", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Served();

    [GeneratedRegex("(?<name>[a-z_]+)=\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();

    // labels begin as instruments do
    [GeneratedRegex(@"mion_(?!(outcome|trigger|operation|state)\b)[a-z_]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();

    [GeneratedRegex(@"by \((?<names>[a-z_, ]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Group();

    // of a histogram
    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Part();
}
