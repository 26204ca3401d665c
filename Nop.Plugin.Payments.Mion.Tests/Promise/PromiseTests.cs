using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Soak;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Paid at Mion if and only if the order is marked as paid exactly once, or a person has been told why not: whatever
/// shoppers, the merchant, Mion, the network, the database and dying processes do, in any order and at the same time.
/// </summary>
/// <remarks>
/// A failure prints the scenario with its seed, made as small as it gets; <c>--soak 1 --seed &lt;seed&gt;</c> of the sandbox
/// plays it again.
/// </remarks>
[TestFixtureSource(nameof(Runs))]
[Category("Slow")]
[NonParallelizable]
public class PromiseTests(DatabaseKind kind, int scenarioCount)
{
    // most of a scenario's time is waiting, for answers that do not come
    private const int Worlds = 4;

    private readonly ConcurrentBag<SoakWorld> _worlds = [];

    // every statement of the soak again in another database's words; most of what can happen happens on any
    private static IEnumerable<TestFixtureData> Runs() => Databases.Kinds.Where(kind => kind != DatabaseKind.PostgreSql)
        .Select(kind => new TestFixtureData(kind, kind == DatabaseKind.Sqlite ? 200 : 40));

    [OneTimeSetUp]
    public async Task StartTheWorldsAsync()
    {
        foreach (var world in await Task.WhenAll(Enumerable.Range(0, Worlds).Select(_ => StartWorldAsync())))
            _worlds.Add(world);
    }

    [OneTimeTearDown]
    public async Task EndTheWorldsAsync()
    {
        while (_worlds.TryTake(out var world))
            await world.DisposeAsync();
    }

    [Test]
    public void No_payment_is_lost_or_counted_twice()
    {
        Arbitrary<Scenario> scenarios = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => Scenario.Create(seed)), scenario => scenario.Shrink().Take(20));
        Prop.ForAll(scenarios, (Scenario scenario) =>
        {
            var violations = PlayAsync(scenario).GetAwaiter().GetResult();
            return (violations.Count == 0).Label(string.Join(Environment.NewLine, violations));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(scenarioCount).WithQuietOnSuccess(true).WithParallelRunConfig(new ParallelRunConfig(Worlds)));
    }

    [Test]
    public async Task No_line_of_bringing_a_payment_to_its_order_is_one_at_which_it_can_get_lost()
    {
        var played = await Task.WhenAll(Enum.GetValues<ShopFault>().Select(async kind =>
        {
            await using var world = await StartWorldAsync();
            var (lines, violations) = await LineByLine.PlayAsync(world, kind);
            TestContext.Out.WriteLine($"{kind}: {lines} lines: {string.Join(", ", world.Faults.LinesAfterClaim)}");
            return (Lines: lines, Violations: violations);
        }));

        Assert.That(played.SelectMany(kind => kind.Violations), Is.Empty);
        Assert.That(played.Select(kind => kind.Lines), Is.All.GreaterThanOrEqualTo(15), "statements, and calls to the shop's services");
    }

    private async Task<SoakWorld> StartWorldAsync() => await SoakWorld.StartAsync(kind == DatabaseKind.Sqlite ? null : await Databases.CreateAsync(kind));

    private async Task<IReadOnlyList<string>> PlayAsync(Scenario scenario)
    {
        var world = _worlds.TryTake(out var free) ? free : await StartWorldAsync();
        var violations = await SoakRun.PlayAsync(world, scenario);
        if (violations.Count == 0)
        {
            _worlds.Add(world);
            return violations;
        }

        // what went wrong in it is not the next one's, least of all while the scenario is made smaller
        await world.DisposeAsync();
        return violations;
    }

    [Test]
    public void A_seed_makes_the_same_scenario_every_time()
    {
        var (first, second) = (Scenario.Create(4711), Scenario.Create(4711));

        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
    }
}
