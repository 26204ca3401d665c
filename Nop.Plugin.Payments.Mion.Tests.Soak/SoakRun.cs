using System.Diagnostics;
using System.Globalization;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>As many scenarios as fit into a time, several at a time in worlds of their own, and what came of them.</summary>
public sealed class SoakRun
{
    // orders, sessions and log lines of old scenarios only make the next ones slow
    private const int ScenariosPerWorld = 100;

    // most of a scenario's time is waiting, for answers that do not come
    private const int Worlds = 4;

    // most take seconds
    private static readonly TimeSpan _longestScenario = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _betweenReports = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>Scenarios that were played.</summary>
    public int Scenarios { get; private set; }

    /// <summary>Inputs from outside that were sent.</summary>
    public int Inputs { get; private set; }

    /// <summary>What was done, what was broken and what became of it, by kind.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Broken promises, each with the scenario that shows it.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Is told of each broken promise as soon as it is found.</summary>
    public Action<string>? OnViolation { get; init; }

    /// <summary>Plays scenarios until the time is over or the number is reached.</summary>
    /// <param name="seed">Seed of the first one; the others count up from it.</param>
    /// <param name="time">For how long.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PlayAsync(int seed, TimeSpan time, int most = int.MaxValue, CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        bool GoesOn() => clock.Elapsed < time && Volatile.Read(ref _next) < most;
        await Task.WhenAll(Enumerable.Range(0, Worlds).Select(_ => Task.Run(async () =>
        {
            while (GoesOn())
            {
                await using var world = await SoakWorld.StartAsync(cancellationToken: cancellationToken);
                // what went wrong in a world is not the next scenario's
                var isSound = true;
                for (var count = 0; count < ScenariosPerWorld && isSound && GoesOn(); count++)
                {
                    var scenario = Scenario.Create(seed + Interlocked.Increment(ref _next) - 1);
                    var violations = await PlayAsync(world, scenario, cancellationToken);
                    Add(scenario, violations);
                    isSound = violations.Count == 0;
                }

                Add(world);
            }
        }, cancellationToken)));
    }

    /// <summary>Plays one scenario and says which promises it broke.</summary>
    /// <param name="world">Where.</param>
    /// <param name="scenario">What.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<string>> PlayAsync(SoakWorld world, Scenario scenario, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        try
        {
            return await new ScenarioRun(world, scenario).PlayAsync(cancellationToken).WaitAsync(_longestScenario, cancellationToken);
        }
        catch (TimeoutException)
        {
            return [$"somebody waits for ever: not at an end after {_longestScenario.TotalMinutes} minutes"];
        }
    }

    /// <summary>Plays scenarios and sends inputs for the command line, and prints the outcome.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="minutes">For how long.</param>
    /// <param name="seed">Seed of the first one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Whether every promise held.</returns>
    public static async Task<bool> RunAsync(TextWriter output, int minutes, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        await output.WriteLineAsync($"Soak of {minutes} minute(s), seed {seed}.");
        var writer = TextWriter.Synchronized(output);
        var run = new SoakRun { OnViolation = writer.WriteLine };
        var inputs = new InputRun(seed);
        var work = Task.WhenAll(run.PlayAsync(seed, TimeSpan.FromMinutes(minutes), cancellationToken: cancellationToken), inputs.RunAsync(InputRun.InSoak, cancellationToken));
        for (var clock = Stopwatch.StartNew(); await Task.WhenAny(work, Task.Delay(_betweenReports, CancellationToken.None)) != work;)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After {clock.Elapsed.TotalMinutes:0} minutes: {run.Scenarios} scenarios, {run.Violations.Count} violations."));
        await work;
        run.Inputs = inputs.Sent;
        run.Violations.AddRange(inputs.Findings);
        await output.WriteLineAsync(run.ToString());
        return run.Violations.Count == 0;
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(Environment.NewLine,
    [
        string.Create(CultureInfo.InvariantCulture, $"{Scenarios} scenarios, {_counts.GetValueOrDefault("Orders")} orders, {_counts.GetValueOrDefault("Sessions")} sessions, {Inputs} inputs from outside"),
        "  what was done, and what became of it",
        .. Lines(name => !IsFault(name)),
        "  faults injected",
        .. Lines(IsFault),
        .. Violations,
        string.Create(CultureInfo.InvariantCulture, $"{Violations.Count} violations")
    ]);

    private static bool IsFault(string name) => name.StartsWith("Fault", StringComparison.Ordinal);

    private IEnumerable<string> Lines(Func<string, bool> which) => _counts.Where(count => which(count.Key)).OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"    {count.Key,-32}{count.Value,8}"));

    private void Add(Scenario scenario, IReadOnlyList<string> violations)
    {
        lock (_gate)
        {
            Scenarios++;
            foreach (var violation in violations.Select(violation => $"{violation}{Environment.NewLine}{scenario}"))
            {
                Violations.Add(violation);
                OnViolation?.Invoke(violation);
            }

            if (scenario.Skew != 0)
                Add("FaultClockSkewMion", 1);
            if (scenario.MachineSkew != 0)
                Add("FaultClockSkewMachines", 1);
        }
    }

    private void Add(SoakWorld world)
    {
        lock (_gate)
        {
            foreach (var (kind, count) in world.Mion.Faults.Injected)
                Add($"Fault{(kind >= FaultKind.CallbackDrop ? "" : "Api")}{kind}", count);
            foreach (var (status, count) in world.Mion.Faults.InjectedStatusCodes)
                Add($"FaultApiStatus{status}", count);
            foreach (var (kind, count) in world.Faults.Injected)
                Add($"FaultShop{kind}", count);
            foreach (var (what, count) in world.Counts)
                Add(what, count);
        }
    }

    private void Add(string kind, int count) => _counts[kind] = _counts.GetValueOrDefault(kind) + count;
}
