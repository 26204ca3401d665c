using System.Diagnostics;
using System.Net;
using System.Text;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>A rush of callbacks: many paid sessions at once, each reported several times.</summary>
internal sealed class WebhookMeasurement : IMeasurement
{
    private const int Copies = 5;
    private static readonly TimeSpan[] _latencies = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)];

    public string Name => "webhook";

    public string Title => "Webhook";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (sessions, rounds) = (bench.Scale(200), bench.Scale(10));
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60) })
        {
            BaseAddress = world.Shop.BaseAddress,
            Timeout = TimeSpan.FromMinutes(5)
        };
        for (var i = 0; i < bench.Scale(10); i++)
            await RushAsync(world, http, sessions, TimeSpan.Zero);

        var lines = new List<Finding>();
        var all = new List<Round>();
        foreach (var latency in _latencies)
        {
            var (answers, worst) = (new Samples(), 0d);
            for (var i = 0; i < rounds; i++)
            {
                Bench.Say($"{latency.TotalMilliseconds} ms, round {i + 1} …");
                var round = await RushAsync(world, http, sessions, latency);
                all.Add(round);
                worst = Math.Max(worst, round.Answers.Percentile(99));
                round.Answers.CopyTo(answers);
            }

            lines.Add(Finding.Note(Text.Of($"p99 of the answers with {latency.TotalMilliseconds} ms latency"),
                Text.Of($"{Text.Milliseconds(answers.Percentile(99))} (median {Text.Milliseconds(answers.Median)}; worst round's p99 {Text.Milliseconds(worst)})")));
        }

        var calls = sessions * Copies;
        lines.Insert(0, Finding.Of($"{Text.Count(calls)} callbacks for {sessions} sessions at once, answered 200", "all", $"{Text.Count(all.Sum(round => round.Handled))} of {Text.Count(calls * all.Count)} in {all.Count} rounds", all.All(round => round.Handled == calls)));
        lines.Insert(1, Finding.Of("Confirmations of an order", "1 each", Text.Of($"{(double)all.Sum(round => round.Confirmed) / all.Sum(_ => sessions):0.###}, no order twice or never"), all.All(round => round.ConfirmedOnceEach)));
        lines.Insert(2, Finding.Of("Calls to Mion for a session that is reported five times at once", "2", Text.Of($"{(double)all.Sum(round => round.StatusCalls) / all.Sum(_ => sessions):0.###}"), all.All(round => round.StatusCalls <= 2 * sessions)));
        lines.Add(Finding.Note("Database statements for a session, its confirmation and four duplicates", Text.Of($"{all.Average(round => (double)round.Statements / sessions):0.0}")));
        lines.Add(Finding.Note("Processor time of all that runs here, shop, stand-in and callers, for a callback", Text.Milliseconds(all.Average(round => round.ProcessorTime.TotalMilliseconds / calls))));
        return new Findings(lines, Text.Of($"""
            PostgreSQL, {rounds} rounds for each latency after as many to warm up, each with {sessions} new orders that have just been paid: {Copies} equal callbacks for each session, {Text.Count(calls)} requests sent at the same moment in mixed order over
            connections of their own; time from sending until the answer is read. The callers, the stand-in and the database share the cores with the shop, so most of what is beyond the latency is waiting for a core.
            """));
    }

    private static async Task<Round> RushAsync(ShopWorld world, HttpClient http, int count, TimeSpan latency)
    {
        world.SetLatency(TimeSpan.Zero);
        var opened = await world.OpenAsync(count);
        foreach (var (_, session) in opened)
            world.Mion.PayByLightning(session.PaymentSessionId);
        world.SetLatency(latency);
        var mixed = Enumerable.Repeat(opened, Copies).SelectMany(each => each).Select(each => each.Session).ToArray();
        Random.Shared.Shuffle(mixed);
        await ConnectAsync(http, mixed.Length);

        var (answers, handled) = (new Samples(), 0);
        var (status, paid, statements, processor) = (world.Mion.Calls(MionOperations.GetStatus), world.Paid.Count, world.Statements.Count, Environment.CpuUsage.TotalTime);
        await Task.WhenAll(mixed.Select(async session =>
        {
            using var body = new StringContent($$"""{"paymentSessionId":"{{session.PaymentSessionId}}","status":"funding-received"}""", Encoding.UTF8, "application/json");
            var startedAt = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync($"{MionDefaults.Path.Webhook}/{session.WebhookToken}", body);
            answers.Add(Stopwatch.GetElapsedTime(startedAt));
            if (answer.StatusCode == HttpStatusCode.OK)
                Interlocked.Increment(ref handled);
        }));
        return new Round(answers, handled, world.Paid.Count - paid, opened.All(each => world.Paid.Find(each.Order.Id) is not null) && world.Paid.Count == world.Paid.Orders,
            world.Mion.Calls(MionOperations.GetStatus) - status, world.Statements.Count - statements, Environment.CpuUsage.TotalTime - processor);
    }

    // connections are not what is measured: a sender of callbacks keeps them open
    internal static async Task ConnectAsync(HttpClient http, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        using var answer = await http.PostAsync($"{MionDefaults.Path.Webhook}/0", content: null);
    }));

    private sealed record Round(Samples Answers, int Handled, int Confirmed, bool ConfirmedOnceEach, int StatusCalls, long Statements, TimeSpan ProcessorTime);
}
