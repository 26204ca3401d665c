using System.Diagnostics;
using System.Text;
using LinqToDB.Data;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What a table of a million payments costs whoever pays, and the scheduled task.</summary>
internal sealed class SizeMeasurement : IMeasurement
{
    private const double MostTime = 1.1;
    private const int BatchesAdded = 3;

    // what is written behind an answer is over before the next thing is measured
    private static readonly TimeSpan _settling = TimeSpan.FromMilliseconds(25);

    public string Name => "size";

    public string Title => "A table of a million payments";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (closed, count, batches) = (bench.Scale(1_000_000), bench.Scale(300), bench.Scale(40));
        await using var small = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        await using var large = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        Bench.Say($"Filling the table with {closed} rows …");
        using (var connection = large.Connect())
        {
            connection.CommandTimeout = 600;
            connection.Execute(ManySessions.Fill(closed, PaymentSessionState.Paid, "NULL"));
            // what is written to disk later would be written into somebody's measurement
            connection.Execute("VACUUM (ANALYZE) \"MionPaymentSession\"");
            connection.Execute("CHECKPOINT");
        }

        Side[] sides = [new(small), new(large)];
        try
        {
            await RunAsync(sides, Math.Max(1, count / 5), Math.Max(1, batches / 5));
            foreach (var side in sides)
                side.Forget();
            await RunAsync(sides, count, batches);
        }
        finally
        {
            foreach (var side in sides)
                side.Dispose();
        }

        var lines = sides[0].Times.Select(pair =>
        {
            var (without, with) = (pair.Value.Median, sides[1].Times[pair.Key].Median);
            return Finding.Of(pair.Key, Text.Of($"≤ {MostTime:0.00} ×"), Text.Of($"{with / without:0.00} × ({Text.Milliseconds(with)} and {Text.Milliseconds(without)})"), with <= MostTime * without);
        });
        return new Findings([.. lines], Text.Of($"""
            PostgreSQL, its settings as they come. Two shops in one process, in turn: one whose table holds {Text.Count(closed)} payments of 700 days beside what is measured, one without them. Medians, {Text.Count(count)} of each after
            {Text.Count(count / 5)} to warm up, of the task {batches} runs; a Mion that answers at once, so that nothing hides behind it.
            """));
    }

    private static async Task RunAsync(Side[] sides, int count, int batches)
    {
        foreach (var side in sides)
            await side.PlaceOrdersAsync(count);
        for (var i = 0; i < count; i++)
        {
            // neither is always the one that comes after the other
            foreach (var side in i % 2 == 0 ? sides : sides.Reverse())
                await side.ServeAsync(i);
        }

        foreach (var side in sides)
            await OpenSessions.CreateAsync(side.World, PaymentPollService.BatchSize * BatchesAdded);
        for (var i = 0; i < batches; i++)
        {
            foreach (var side in i % 2 == 0 ? sides : sides.Reverse())
                await side.PollAsync();
        }
    }

    /// <summary>One of the two shops, and what was measured there.</summary>
    private sealed class Side(ShopWorld world) : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = world.Shop.BaseAddress };
        private IReadOnlyList<Order> _orders = [];

        public ShopWorld World => world;

        public Dictionary<string, Samples> Times { get; } = [];

        public async Task PlaceOrdersAsync(int count) => _orders = await world.PlaceOrdersAsync(count);

        public void Forget() => Times.Clear();

        /// <summary>An order from its checkout to its payment.</summary>
        public async Task ServeAsync(int index)
        {
            var order = _orders[index];
            await TimeAsync("A new session", () => world.SendToPayAsync(order));
            await TimeAsync("An open session used again", () => world.SendToPayAsync(order));
            var session = (await world.InScopeAsync<PaymentSessionStore, IReadOnlyList<MionPaymentSession>>(store => store.GetByOrderAsync(order.Id)))[0];
            await TimeAsync("The payment page", () => GetAsync($"{MionDefaults.Path.Payment}/{session.Token}"));
            world.Mion.PayByLightning(session.PaymentSessionId);
            await TimeAsync("A confirmation by webhook", async () =>
            {
                using var content = new StringContent($$"""{"paymentSessionId":"{{session.PaymentSessionId}}","status":"funding-received"}""", Encoding.UTF8, "application/json");
                using var answer = await _http.PostAsync($"{MionDefaults.Path.Webhook}/{session.WebhookToken}", content);
                answer.EnsureSuccessStatusCode();
            });
            await TimeAsync("The payment page of a paid order", () => GetAsync($"{MionDefaults.Path.Payment}/{session.Token}"));
        }

        /// <summary>A run of the scheduled task with some batches due.</summary>
        public async Task PollAsync()
        {
            using (var connection = world.Connect())
                await connection.ExecuteAsync(Text.Of($"""UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = now() AT TIME ZONE 'UTC' WHERE "StateId" = {(int)PaymentSessionState.Open} AND "NextCheckOnUtc" IS NOT NULL"""));
            await TimeAsync("A run of the scheduled task", async () => await world.InScopeAsync<PaymentPollService, (int, int)>(poll => poll.RunAsync()));
        }

        public void Dispose() => _http.Dispose();

        private async Task GetAsync(string path)
        {
            using var answer = await _http.GetAsync(path);
            if ((int)answer.StatusCode >= 400)
                throw new InvalidOperationException($"{path.Split('/')[1]} answered {(int)answer.StatusCode}.");
            await answer.Content.ReadAsByteArrayAsync();
        }

        private async Task TimeAsync(string what, Func<Task> work)
        {
            if (!Times.TryGetValue(what, out var samples))
                Times[what] = samples = new Samples();
            var startedAt = Stopwatch.GetTimestamp();
            await work();
            samples.Add(Stopwatch.GetElapsedTime(startedAt));
            await Task.Delay(_settling);
        }
    }
}
