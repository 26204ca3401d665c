using System.Diagnostics;
using System.Net;
using System.Text;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What the plugin's care costs beside the shortest plugin that could work, and beside what is usual: in one run, on one shop.</summary>
internal sealed class BaselineMeasurement : IMeasurement
{
    private const int Copies = 5;
    private const double MostTime = 1.5;
    private const int MostStatements = 4;
    private static readonly TimeSpan _latency = TimeSpan.FromMilliseconds(50);
    // what is written behind an answer is over before the next call
    private static readonly TimeSpan _settling = TimeSpan.FromMilliseconds(25);

    private enum Way
    {
        Plugin,
        Shortest,
        Usual
    }

    public string Name => "baseline";

    public string Title => "What safety costs";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (sessions, rounds, singles) = (bench.Scale(200), bench.Scale(8), bench.Scale(200));
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync(), baseline: true);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60) })
        {
            BaseAddress = world.Shop.BaseAddress,
            Timeout = TimeSpan.FromMinutes(5)
        };
        await MeasureSinglesAsync(world, http, bench.Scale(60), TimeSpan.Zero);
        var atOnce = await MeasureSinglesAsync(world, http, singles, TimeSpan.Zero);
        var late = await MeasureSinglesAsync(world, http, singles, _latency);

        var storms = Enum.GetValues<Way>().ToDictionary(way => way, _ => new Storm());
        for (var i = -2; i < rounds; i++)
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                Bench.Say($"{way}, round {i + 1} …");
                await RushAsync(world, http, way, sessions, i < 0 ? new Storm() : storms[way]);
            }
        }

        var (plugin, shortest, usual) = (storms[Way.Plugin], storms[Way.Shortest], storms[Way.Usual]);
        var more = late[Way.Plugin].Statements - late[Way.Shortest].Statements;
        var p99 = plugin.Answers.Percentile(99) / shortest.Answers.Percentile(99);
        List<Finding> lines =
        [
            Ratio("A confirmation by webhook, 50 ms latency: median beside the shortest way", late),
            Ratio("The same with a Mion that answers at once", atOnce),
            Finding.Of("Database statements for it, nopCommerce's own included, beside the shortest way", Text.Of($"≤ {MostStatements} more"),
                Text.Of($"{late[Way.Plugin].Statements:0.0} and {late[Way.Shortest].Statements:0.0}: {more:0.0} more (the usual way {late[Way.Usual].Statements:0.0})"), more <= MostStatements),
            Finding.Of(Text.Of($"{Text.Count(sessions * Copies)} callbacks for {sessions} sessions at once: p99 beside the shortest way"), Text.Of($"≤ {MostTime:0.0} ×"),
                Text.Of($"{p99:0.00} × ({Text.Milliseconds(plugin.Answers.Percentile(99))} and {Text.Milliseconds(shortest.Answers.Percentile(99))}; the usual way {Text.Milliseconds(usual.Answers.Percentile(99))})"), p99 <= MostTime),
            Finding.Note("Processor time of all that runs here, for a callback of them", Text.Of(
                $"{Text.Milliseconds(plugin.ProcessorTime / plugin.Answers.Count)}; the shortest way {Text.Milliseconds(shortest.ProcessorTime / shortest.Answers.Count)}, the usual way {Text.Milliseconds(usual.ProcessorTime / usual.Answers.Count)}")),
            Finding.Of("Orders of these storms that were marked more than once, or not at all", "0", Text.Of($"{plugin.Wrong} of {Text.Count(sessions * rounds)}"), plugin.Wrong == 0),
            Finding.Note("The same, the shortest way; the usual way reports no order as paid at all: it writes the status itself", Text.Of($"{Text.Count(shortest.Wrong)} of {Text.Count(sessions * rounds)}"))
        ];
        return new Findings(lines, Text.Of($"""
            PostgreSQL. The shortest way looks the payment up by the token in the address, asks Mion, and calls `MarkOrderAsPaidAsync`: no claim, no history, no note. The usual way is that of the best-known
            Bitcoin plugins, written anew: a signed body names order and payment, Mion is asked, the statuses are set by hand, the order is saved and gets a note. All three in turn, in the same process, on the same shop,
            database and stand-in: {singles} single callbacks each after {bench.Scale(60)} to warm up; {rounds} storms each after two, without latency, of {Copies} equal callbacks for each session.
            """));
    }

    private static Finding Ratio(string what, Dictionary<Way, Single> singles)
    {
        var (plugin, shortest, usual) = (singles[Way.Plugin].Answers.Median, singles[Way.Shortest].Answers.Median, singles[Way.Usual].Answers.Median);
        return Finding.Of(what, Text.Of($"≤ {MostTime:0.0} ×"),
            Text.Of($"{plugin / shortest:0.00} × ({Text.Milliseconds(plugin)} and {Text.Milliseconds(shortest)}; the usual way {Text.Milliseconds(usual)})"), plugin / shortest <= MostTime);
    }

    private static async Task<Dictionary<Way, Single>> MeasureSinglesAsync(ShopWorld world, HttpClient http, int count, TimeSpan latency)
    {
        world.SetLatency(TimeSpan.Zero);
        var ways = Enum.GetValues<Way>();
        var opened = await world.OpenAsync(count * ways.Length);
        foreach (var (_, session) in opened)
            world.Mion.PayByLightning(session.PaymentSessionId);
        world.SetLatency(latency);
        var (answers, statements) = (ways.ToDictionary(way => way, _ => new Samples()), ways.ToDictionary(way => way, _ => 0L));
        for (var i = 0; i < opened.Count; i++)
        {
            var way = ways[i % ways.Length];
            await Task.Delay(_settling);
            var before = world.Statements.Count;
            answers[way].Add(await CallAsync(http, way, opened[i].Order, opened[i].Session));
            await Task.Delay(_settling);
            statements[way] += world.Statements.Count - before;
        }

        return ways.ToDictionary(way => way, way => new Single(answers[way], (double)statements[way] / count));
    }

    private static async Task RushAsync(ShopWorld world, HttpClient http, Way way, int count, Storm storm)
    {
        world.SetLatency(TimeSpan.Zero);
        var opened = await world.OpenAsync(count);
        foreach (var (_, session) in opened)
            world.Mion.PayByLightning(session.PaymentSessionId);
        var mixed = Enumerable.Repeat(opened, Copies).SelectMany(each => each).ToArray();
        Random.Shared.Shuffle(mixed);
        await WebhookMeasurement.ConnectAsync(http, mixed.Length);
        var processor = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(mixed.Select(async each => storm.Answers.Add(await CallAsync(http, way, each.Order, each.Session))));
        await Task.Delay(_settling);
        storm.ProcessorTime += (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds;
        storm.Wrong += opened.Count(each => world.Paid.CountOf(each.Order.Id) != 1);
    }

    private static async Task<TimeSpan> CallAsync(HttpClient http, Way way, Order order, MionPaymentSession session)
    {
        var body = Encoding.UTF8.GetBytes(way == Way.Usual ? $$"""{"orderGuid":"{{order.OrderGuid}}","paymentSessionId":"{{session.PaymentSessionId}}"}"""
            : $$"""{"paymentSessionId":"{{session.PaymentSessionId}}","status":"funding-received"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, way switch
        {
            Way.Plugin => $"{MionDefaults.Path.Webhook}/{session.WebhookToken}",
            Way.Shortest => $"{Baseline.ShortestPath}/{session.WebhookToken}",
            _ => Baseline.UsualPath
        })
        { Content = new ByteArrayContent(body) };
        if (way == Way.Usual)
            request.Headers.Add(Baseline.SignatureHeader, Baseline.Sign(body));
        var startedAt = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request);
        var time = Stopwatch.GetElapsedTime(startedAt);
        return answer.StatusCode == HttpStatusCode.OK ? time : throw new InvalidOperationException($"{way} answered {(int)answer.StatusCode}.");
    }

    private sealed record Single(Samples Answers, double Statements);

    private sealed class Storm
    {
        public Samples Answers { get; } = new();

        public double ProcessorTime { get; set; }

        public int Wrong { get; set; }
    }
}
