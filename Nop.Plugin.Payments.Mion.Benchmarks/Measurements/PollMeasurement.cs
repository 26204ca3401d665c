using System.Diagnostics;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>A run of the scheduled task over many open sessions about which there is nothing new.</summary>
internal sealed class PollMeasurement : IMeasurement
{
    private static readonly TimeSpan _latency = TimeSpan.FromMilliseconds(50);

    public string Name => "poll";

    public string Title => "Poll";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (count, most, sample) = (bench.Scale(10_000), bench.Scale(40_000), bench.Scale(150));
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        Bench.Say($"Making {most} sessions …");
        var sessions = await OpenSessions.CreateAsync(world, most);
        // the first run records what the stand-in says of a new session; after it nothing is new
        await PollAsync(world);

        OpenSessions.MakeDue(world, count);
        world.SetLatency(_latency);
        Bench.Say("One after another …");
        var alone = await OneByOneAsync(world, sessions.TakeLast(sample));
        Bench.Say($"{count} sessions …");
        var (statements, calls) = (world.Statements.Count, world.Mion.Calls(MionOperations.GetStatus));
        var run = await PollAsync(world);
        (statements, calls) = (world.Statements.Count - statements, world.Mion.Calls(MionOperations.GetStatus) - calls);
        alone = (alone + await OneByOneAsync(world, sessions.TakeLast(sample))) / 2;

        var ideal = count * _latency.TotalMilliseconds / StatusReader.ParallelCalls;
        var ratio = run.Time.TotalMilliseconds / ideal;
        var speed = alone * count / run.Time.TotalMilliseconds;
        var lines = new List<Finding>
        {
            Finding.Of($"Time for {Text.Count(count)} open sessions, {StatusReader.ParallelCalls} calls at a time", "≤ 1.2 × sessions × latency / parallel calls",
                Text.Of($"{Text.Milliseconds(run.Time.TotalMilliseconds)} = {ratio:0.00} × {Text.Milliseconds(ideal)}, in {run.Runs} run(s) of the task"), ratio <= 1.2 && run.Checked == count),
            Finding.Of("Faster than one call after another", "≥ 10 ×", Text.Of($"{speed:0.0} × ({Text.Milliseconds(alone)} a session one after another, {Text.Milliseconds(run.Time.TotalMilliseconds / count)} here)"), speed >= 10),
            Finding.Of("Database statements for an unchanged session", "≤ 1", Text.Of($"{(double)statements / count:0.000} ({Text.Count(statements)} in all)"), statements <= count),
            Finding.Of("Calls to Mion for a session", "1", Text.Of($"{(double)calls / count:0.##}"), calls == count)
        };
        lines.Add(await MeasureMemoryAsync(world, [bench.Scale(2_500), count, most]));
        return new Findings(lines, Text.Of($"""
            PostgreSQL, `PaymentPollService.RunAsync` as the scheduled task calls it, {_latency.TotalMilliseconds} ms latency, until nothing is due. Side by side, before and after it, {2 * sample} of the sessions
            by the same service one after another; their time is the average. Statements are all that the shop sends, counted at the driver. Memory: the live heap of the whole process after a
            full collection every 100 ms of a run with 5 ms latency, beyond what it was before the run; the longest run has sixteen times the sessions of the shortest.
            """));
    }

    private static async Task<(TimeSpan Time, int Runs, int Checked)> PollAsync(ShopWorld world)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var (runs, total) = (0, 0);
        while (true)
        {
            var (count, failed) = await world.InScopeAsync<PaymentPollService, (int, int)>(poll => poll.RunAsync());
            if (failed > 0)
                throw new InvalidOperationException($"{failed} checks failed.");
            if (count == 0)
                return (Stopwatch.GetElapsedTime(startedAt), runs, total);
            (runs, total) = (runs + 1, total + count);
        }
    }

    /// <summary>The milliseconds of a session.</summary>
    private static async Task<double> OneByOneAsync(ShopWorld world, IEnumerable<MionPaymentSession> sessions)
    {
        var ids = sessions.Select(session => session.PaymentSessionId).ToHashSet(StringComparer.Ordinal);
        var samples = new Samples();
        await world.InScopeAsync<PaymentConfirmation>(async service =>
        {
            foreach (var session in world.Load(ids))
            {
                var startedAt = Stopwatch.GetTimestamp();
                await service.CheckAsync(session, CheckTrigger.Poll);
                samples.Add(Stopwatch.GetElapsedTime(startedAt));
            }
        });
        return samples.Mean;
    }

    private static async Task<Finding> MeasureMemoryAsync(ShopWorld world, IReadOnlyList<int> counts)
    {
        world.SetLatency(TimeSpan.FromMilliseconds(5));
        var growth = new List<double>();
        foreach (var count in counts)
        {
            Bench.Say($"Memory of {count} sessions …");
            OpenSessions.MakeDue(world, count);
            var before = LiveMegabytes();
            var peak = before;
            var run = PollAsync(world);
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(100));
                peak = Math.Max(peak, LiveMegabytes());
            }

            await run;
            growth.Add(peak - before);
        }

        var texts = counts.Zip(growth, (count, megabytes) => Text.Of($"{megabytes:0.0} MB with {Text.Count(count)}"));
        return Finding.Of("Memory that a run takes, at its peak", "flat in the number of sessions", string.Join(", ", texts), growth[^1] <= Math.Max(2 * growth[0], growth[0] + 4));
    }

    private static double LiveMegabytes()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
        return GC.GetTotalMemory(forceFullCollection: false) / 1e6;
    }
}
