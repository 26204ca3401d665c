using System.Diagnostics;
using System.Globalization;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>As many scenarios as fit into a time, one after the other, and what came of them.</summary>
public sealed class SoakRun
{
    // orders, sessions and log lines of old scenarios only make the next ones slow
    private const int ScenariosPerWorld = 150;

    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);

    /// <summary>Scenarios that were played.</summary>
    public int Scenarios { get; private set; }

    /// <summary>Orders in them.</summary>
    public int Orders { get; private set; }

    /// <summary>What was broken, by kind.</summary>
    public IReadOnlyDictionary<string, int> Faults => _faults;

    /// <summary>Broken promises, each with the scenario that shows it.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Plays scenarios until the time is over or the number is reached.</summary>
    /// <param name="seed">Seed of the first one; the others count up from it.</param>
    /// <param name="time">For how long.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PlayAsync(int seed, TimeSpan time, int most = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && Scenarios < most)
        {
            await using var world = await SoakWorld.StartAsync(seed, cancellationToken);
            for (var count = 0; count < ScenariosPerWorld && clock.Elapsed < time && Scenarios < most; count++)
            {
                var scenario = Scenario.Create(seed + Scenarios);
                foreach (var violation in await PlayAsync(world, scenario, cancellationToken))
                    Violations.Add($"{violation}{Environment.NewLine}{scenario}");
                Scenarios++;
                Orders += scenario.Orders;
            }

            Add(world);
        }
    }

    /// <summary>Plays one scenario and says which promises it broke.</summary>
    /// <param name="world">Where.</param>
    /// <param name="scenario">What.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task<IReadOnlyList<string>> PlayAsync(SoakWorld world, Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return new ScenarioRun(world, scenario).PlayAsync(cancellationToken);
    }

    /// <summary>Plays scenarios for the command line and prints the outcome.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="minutes">For how long.</param>
    /// <param name="seed">Seed of the first one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Whether every promise held.</returns>
    public static async Task<bool> RunAsync(TextWriter output, int minutes, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteLineAsync($"Soak of {minutes} minute(s), seed {seed}.");
        var run = new SoakRun();
        await run.PlayAsync(seed, TimeSpan.FromMinutes(minutes), cancellationToken: cancellationToken);
        await output.WriteLineAsync(run.ToString());
        return run.Violations.Count == 0;
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(Environment.NewLine,
    [
        string.Create(CultureInfo.InvariantCulture, $"{Scenarios} scenarios, {Orders} orders"),
        .. _faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"  {fault.Key,-24}{fault.Value,8}"),
        .. Violations,
        string.Create(CultureInfo.InvariantCulture, $"{Violations.Count} violations")
    ]);

    private void Add(SoakWorld world)
    {
        foreach (var (kind, count) in world.Mion.Faults.Injected)
            Add($"{(kind >= FaultKind.CallbackDrop ? "" : "Api")}{kind}", count);
        foreach (var (kind, count) in world.Statements.Injected)
            Add($"Shop{kind}", count);
    }

    private void Add(string kind, int count) => _faults[kind] = _faults.GetValueOrDefault(kind) + count;
}
