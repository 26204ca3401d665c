using System.Diagnostics;
using System.Text;
using LinqToDB.Data;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What a shopper waits for at the end of checkout, beside the time that Mion takes.</summary>
internal sealed class CheckoutMeasurement : IMeasurement
{
    private const double MostOverhead = 5;
    private const double MostRatio = 1.2;
    private static readonly TimeSpan _latency = TimeSpan.FromMilliseconds(50);

    public string Name => "checkout";

    public string Title => "Checkout";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var lines = new List<Finding>();
        await using (var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync(), webhooks: true))
        {
            var opened = await RunAsync(world, bench.Scale(200), _latency);
            lines.AddRange(CountCalls(opened));
            var over = opened.Opening.Median - opened.Bare.Median;
            lines.Add(Finding.Of("What the plugin adds to the API's own time, median", "≤ 5 ms",
                $"{Text.Milliseconds(over)} ({Text.Milliseconds(opened.Opening.Median)} with the plugin, {Text.Milliseconds(opened.Bare.Median)} the bare call)", over <= MostOverhead));
            lines.Add(Finding.Of("Opening a session beside the bare call, median", Text.Of($"≤ {MostRatio:0.0} ×"), Text.Of($"{opened.Opening.Median / opened.Bare.Median:0.00} ×"), opened.Opening.Median <= MostRatio * opened.Bare.Median));
            lines.Add(Finding.Note("What it adds, p95", $"{Text.Milliseconds(opened.Opening.Percentile(95) - opened.Bare.Percentile(95))} ({Text.Milliseconds(opened.Opening.Percentile(95))} and {Text.Milliseconds(opened.Bare.Percentile(95))})"));
            lines.Add(Finding.Note("A bare commit of one row to the same database, median; a new session makes two of them", Text.Milliseconds(opened.Commit.Median)));
            lines.Add(Finding.Note("An open session used again", opened.Reusing.Describe()));
            var atOnce = await RunAsync(world, bench.Scale(200), TimeSpan.Zero);
            lines.Add(Finding.Note("With an API that answers at once, median", $"{Text.Milliseconds(atOnce.Opening.Median)} with the plugin, {Text.Milliseconds(atOnce.Bare.Median)} the bare call"));
        }

        await using (var world = await ShopWorld.StartAsync(database: null, webhooks: true))
        {
            var opened = await RunAsync(world, bench.Scale(100), _latency);
            lines.Add(Finding.Note("Added on SQLite, whose commits do not wait for the disk, median", Text.Milliseconds(opened.Opening.Median - opened.Bare.Median)));
        }

        return new Findings(lines, Text.Of($"""
            PostgreSQL, {bench.Scale(200)} orders after {bench.Scale(40)} to warm up, {_latency.TotalMilliseconds} ms latency. In turn, with the same stand-in: nopCommerce's call at the end of checkout
            (`PostProcessPaymentAsync`) for an order, and the same request by a bare `HttpClient`. Webhooks are on; theirs is a call of its own, which nobody waits for.
            """));
    }

    private static IEnumerable<Finding> CountCalls(Outcome outcome)
    {
        yield return Finding.Of("Round trips to Mion for a new session", "1", Text.Of($"{outcome.CallsPerOpening:0.##}"), outcome.CallsPerOpening == 1);
        yield return Finding.Of("Round trips to Mion where an open session is used again", "0", Text.Of($"{outcome.CallsPerReuse:0.##}"), outcome.CallsPerReuse == 0);
        yield return Finding.Note("Database statements for a new session / for one that is used again", Text.Of($"{outcome.StatementsPerOpening:0.#} / {outcome.StatementsPerReuse:0.#}"));
    }

    private static async Task<Outcome> RunAsync(ShopWorld world, int count, TimeSpan latency)
    {
        var orders = await world.PlaceOrdersAsync(count + count / 5);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        world.SetLatency(latency);
        foreach (var order in orders.Take(count / 5))
        {
            await CallBareAsync(http, world);
            await world.SendToPayAsync(order);
        }

        using (var connection = world.Connect())
            await connection.ExecuteAsync("""CREATE TABLE IF NOT EXISTS "BenchmarkCommit" ("Id" INTEGER)""");
        var measured = orders.Skip(count / 5).ToList();
        // what is done behind the shopper's back is over before the next one comes
        var afterwards = latency + TimeSpan.FromMilliseconds(30);
        var (bare, opening, commit) = (new Samples(), new Samples(), new Samples());
        var callsBefore = Calls(world);
        foreach (var order in measured)
        {
            bare.Add(await TimeAsync(() => CallBareAsync(http, world)));
            opening.Add(await TimeAsync(() => world.SendToPayAsync(order)));
            await Task.Delay(afterwards);
            commit.Add(await TimeAsync(() => CommitAsync(world)));
        }

        var calls = Calls(world) - callsBefore - measured.Count;
        await RegistrationsSettledAsync(world);
        var reusing = new Samples();
        var (reuseBefore, statementsBefore) = (world.Mion.AllCalls.Values.Sum(), world.Statements.Count);
        foreach (var order in measured)
            reusing.Add(await TimeAsync(() => world.SendToPayAsync(order)));
        var (reuseCalls, reuseStatements) = (world.Mion.AllCalls.Values.Sum() - reuseBefore, world.Statements.Count - statementsBefore);
        return new Outcome(bare, opening, reusing, commit, (double)calls / count, (double)reuseCalls / count,
            await CountStatementsAsync(world), (double)reuseStatements / count);
    }

    // without the registration of the webhook in the background, which would be counted too
    private static async Task<double> CountStatementsAsync(ShopWorld world)
    {
        const int Count = 10;
        await world.Shop.SetSettingAsync("mionsettings.webhooksenabled", "False");
        var orders = await world.PlaceOrdersAsync(Count);
        var before = world.Statements.Count;
        foreach (var order in orders)
            await world.SendToPayAsync(order);
        var counted = world.Statements.Count - before;
        await world.Shop.SetSettingAsync("mionsettings.webhooksenabled", "True");
        return (double)counted / Count;
    }

    // every round trip in front of the shopper; a webhook is registered behind
    private static int Calls(ShopWorld world) =>
        world.Mion.AllCalls.Where(calls => calls.Key != MionOperations.RegisterWebhook).Sum(calls => calls.Value);

    private static async Task RegistrationsSettledAsync(ShopWorld world)
    {
        for (var before = -1; before != world.Mion.Calls(MionOperations.RegisterWebhook);)
        {
            before = world.Mion.Calls(MionOperations.RegisterWebhook);
            await Task.Delay(500);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var startedAt = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(startedAt);
    }

    private static async Task CommitAsync(ShopWorld world)
    {
        using var connection = world.Connect();
        await connection.ExecuteAsync("""INSERT INTO "BenchmarkCommit" ("Id") VALUES (1)""");
    }

    private static async Task CallBareAsync(HttpClient http, ShopWorld world)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Mion.BaseAddress, "payment-sessions"))
        {
            Content = new StringContent(Text.Of($$"""
                {"currencyIso3":"EUR","amount":1290,"retailPos":false,"expiresAt":"{{DateTime.UtcNow.AddDays(1):yyyy-MM-dd'T'HH:mm:ss'Z'}}","redirectUrl":"https://shop.example/mion/return/0","reference":"{{Guid.NewGuid():N}}-1"}
                """), Encoding.UTF8, "application/json")
        };
        request.Headers.Add("X-API-Key", new MionStandInOptions().ApiKey);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private sealed record Outcome(Samples Bare, Samples Opening, Samples Reusing, Samples Commit, double CallsPerOpening, double CallsPerReuse, double StatementsPerOpening, double StatementsPerReuse);
}
