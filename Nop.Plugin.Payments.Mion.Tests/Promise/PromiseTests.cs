using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Sandbox.Soak;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// Paid at Mion if and only if the order is marked as paid exactly once, or a person has been told why not: whatever
/// shoppers, the merchant, Mion, the network, the database and dying processes do, in any order and at the same time.
/// </summary>
/// <remarks>
/// A failure prints the scenario with its seed, made as small as it gets; <c>--soak 1 --seed &lt;seed&gt;</c> of the sandbox
/// plays it again.
/// </remarks>
[Category("Promise")]
[NonParallelizable]
public class PromiseTests
{
    private const int Scenarios = 200;

    private SoakWorld _world = null!;

    [OneTimeSetUp]
    public async Task StartTheWorldAsync() => _world = await SoakWorld.StartAsync(TestContext.CurrentContext.Random.Next());

    [OneTimeTearDown]
    public async Task EndTheWorldAsync() => await _world.DisposeAsync();

    [Test]
    public void No_payment_is_lost_or_counted_twice()
    {
        Arbitrary<Scenario> scenarios = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => Scenario.Create(seed)), scenario => scenario.Shrink().Take(20));
        Prop.ForAll(scenarios, (Scenario scenario) =>
        {
            var violations = SoakRun.PlayAsync(_world, scenario).GetAwaiter().GetResult();
            return (violations.Count == 0).Label(string.Join(Environment.NewLine, violations));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Scenarios).WithQuietOnSuccess(true));
    }

    [Test]
    public void A_seed_makes_the_same_scenario_every_time()
    {
        var (first, second) = (Scenario.Create(4711), Scenario.Create(4711));

        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
    }
}
