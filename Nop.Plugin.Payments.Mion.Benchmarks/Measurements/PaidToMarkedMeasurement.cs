using System.Diagnostics;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>How long a shopper who has paid waits until the order says so.</summary>
internal sealed class PaidToMarkedMeasurement : IMeasurement
{
    private const int IntervalSeconds = 10;
    private static readonly TimeSpan _latency = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(IntervalSeconds);

    public string Name => "paid-to-marked";

    public string Title => "From paid to marked as paid";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var count = bench.Scale(200);
        var byWebhook = await ByWebhookAsync(bench, count);
        var (byPoll, longestRun, missed) = await ByPollAsync(bench, count);
        var most = _interval + 2 * longestRun;
        return new Findings(
        [
            Finding.Of($"By webhook, {count} orders", "< 1 s after the callback", byWebhook.Describe(), byWebhook.Max < 1000 && byWebhook.Count == count),
            Finding.Note($"By poll, {count} orders, every {IntervalSeconds} s", byPoll.Describe()),
            Finding.Of("The longest of them: one interval, the run under way at the payment and the run itself", $"≤ {Text.Milliseconds(most.TotalMilliseconds)}, for runs of up to {Text.Milliseconds(longestRun.TotalMilliseconds)}",
                Text.Milliseconds(byPoll.Max), byPoll.Max <= most.TotalMilliseconds && byPoll.Count == count),
            Finding.Of("Orders marked by the first run that began after their payment", "all", $"{count - missed} of {count}", missed == 0)
        ], Text.Of($"""
            PostgreSQL, {_latency.TotalMilliseconds} ms latency. By webhook: one order after another is paid at the stand-in, 20 a second, and the stand-in calls the shop as soon as it is; time from the payment until the
            order has been saved and reported as paid. By poll: no webhooks; orders are paid at random moments of three intervals, at least one interval after they were placed, while the task runs as nopCommerce
            runs it, one interval after the end of the run before. The merchant's interval is {IntervalSeconds} s here, the shortest that the configuration page admits, and 60 s by default; the distribution goes with it.

            | Share of orders marked within | 10 % | 25 % | 50 % | 75 % | 90 % | 95 % | 99 % | all |
            |---|---|---|---|---|---|---|---|---|
            | by webhook | {Distribution(byWebhook)} |
            | by poll | {Distribution(byPoll)} |
            """));
    }

    private static string Distribution(Samples samples) =>
        string.Join(" | ", new[] { 10d, 25, 50, 75, 90, 95, 99, 100 }.Select(percent => Text.Milliseconds(samples.Percentile(percent))));

    private static async Task<Samples> ByWebhookAsync(Bench bench, int count)
    {
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync(), webhooks: true);
        world.SetLatency(_latency);
        var waiting = await world.OpenAsync(count + 20);
        await UntilAsync(() => world.Mion.Calls(MionOperations.RegisterWebhook) == waiting.Count, TimeSpan.FromSeconds(30));
        Bench.Say("Paying; the stand-in calls …");
        var paidAt = new Dictionary<int, long>();
        foreach (var (order, session) in waiting)
        {
            paidAt[order.Id] = Stopwatch.GetTimestamp();
            world.Mion.PayByLightning(session.PaymentSessionId);
            await Task.Delay(50);
        }

        await UntilAsync(() => world.Paid.Orders == waiting.Count, TimeSpan.FromSeconds(30));
        return Collect(world, waiting.Skip(20).ToDictionary(each => each.Order.Id, each => paidAt[each.Order.Id]));
    }

    private static async Task<(Samples Delays, TimeSpan LongestRun, int Missed)> ByPollAsync(Bench bench, int count)
    {
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync(), pollInterval: IntervalSeconds);
        world.SetLatency(_latency);
        var waiting = await world.OpenAsync(count);
        Bench.Say("Paying; the task runs …");
        using var stopping = new CancellationTokenSource();
        var runs = new List<(long Begin, long End)>();
        var task = RunTaskAsync(world, runs, stopping.Token);
        await Task.Delay(_interval);

        var paidAt = new Dictionary<int, long>();
        var startedAt = Stopwatch.GetTimestamp();
        var moments = waiting.Select(_ => Random.Shared.NextDouble() * 3 * _interval).Order().ToList();
        foreach (var ((order, session), moment) in waiting.Zip(moments))
        {
            if (moment - Stopwatch.GetElapsedTime(startedAt) is { } pause && pause > TimeSpan.Zero)
                await Task.Delay(pause);
            paidAt[order.Id] = Stopwatch.GetTimestamp();
            world.Mion.PayByLightning(session.PaymentSessionId);
        }

        await UntilAsync(() => world.Paid.Orders == count, 4 * _interval);
        await stopping.CancelAsync();
        await task;
        var missed = paidAt.Count(paid => world.Paid.Find(paid.Key) is not { } marked || runs.FirstOrDefault(run => run.Begin >= paid.Value) is { Begin: > 0 } next && marked > next.End);
        return (Collect(world, paidAt), runs.Max(run => Stopwatch.GetElapsedTime(run.Begin, run.End)), missed);
    }

    private static async Task RunTaskAsync(ShopWorld world, List<(long Begin, long End)> runs, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var begin = Stopwatch.GetTimestamp();
            await world.Shop.RunTaskAsync(MionDefaults.PollTaskType);
            runs.Add((begin, Stopwatch.GetTimestamp()));
            await Task.Delay(_interval, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static Samples Collect(ShopWorld world, Dictionary<int, long> paidAt)
    {
        var delays = new Samples();
        foreach (var (orderId, at) in paidAt)
        {
            if (world.Paid.Find(orderId) is { } marked)
                delays.Add(Stopwatch.GetElapsedTime(at, marked));
        }

        return delays;
    }

    private static async Task UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(startedAt) < limit)
            await Task.Delay(20);
    }
}
