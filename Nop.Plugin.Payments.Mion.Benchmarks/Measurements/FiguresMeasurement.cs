using System.Diagnostics;
using LinqToDB.Data;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Desk;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>What the card <i>Bitcoin in this shop</i> asks of the database where payments are many.</summary>
internal sealed class FiguresMeasurement : IMeasurement
{
    private const double MostTime = 50;

    public string Name => "figures";

    public string Title => "Bitcoin in this shop";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (paid, expired, tries) = (bench.Scale(800_000), bench.Scale(200_000), bench.Scale(50));
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        Bench.Say($"Filling the table with {paid + expired} rows …");
        using (var connection = world.Connect())
        {
            connection.CommandTimeout = 600;
            connection.Execute(ManySessions.Fill(paid, PaymentSessionState.Paid, "NULL"));
            connection.Execute(ManySessions.Fill(expired, PaymentSessionState.Expired, "NULL"));
            // VACUUM too: it is what the database does by itself some minutes after so many rows
            connection.Execute("VACUUM ANALYZE \"MionPaymentSession\"");
        }

        var lines = new List<Finding>();
        foreach (var days in new[] { 7, 30, 365 })
        {
            Bench.Say($"The last {days} days …");
            var (statements, whole, each) = await ReadAsync(world, days, tries);
            lines.Add(Finding.Of($"The last {days} days, each of {statements} statements", "< 50 ms", each.Describe(), each.Percentile(99) < MostTime));
            lines.Add(Finding.Note("All of them, one after another", whole.Describe()));
        }

        return new Findings(lines, Text.Of($"""
            PostgreSQL, its settings as they come; {Text.Count(paid + expired)} sessions of 700 days, four of five paid. The plugin's own reader, {tries} times; a statement lasts until the next one is sent, with what the reader does in between.
            """));
    }

    private static async Task<(int Statements, Samples Whole, Samples Each)> ReadAsync(ShopWorld world, int days, int tries)
    {
        var (whole, each, statements) = (new Samples(), new Samples(), 0);
        for (var i = 0; i < tries + 3; i++)
        {
            var sent = new List<long>();
            var figures = await world.InScopeAsync<FiguresReader, PaymentFigures>(async reader =>
            {
                world.Statements.Heard = () => sent.Add(Stopwatch.GetTimestamp());
                var read = await reader.ReadAsync(days, 0);
                sent.Add(Stopwatch.GetTimestamp());
                world.Statements.Heard = null;
                return read;
            });
            if (figures.Paid == 0)
                throw new InvalidOperationException($"Nothing was paid in {days} days.");
            if (i < 3)
                continue;
            statements = sent.Count - 1;
            whole.Add(Stopwatch.GetElapsedTime(sent[0], sent[^1]));
            for (var j = 0; j < statements; j++)
                each.Add(Stopwatch.GetElapsedTime(sent[j], sent[j + 1]));
        }

        return (statements, whole, each);
    }
}
