using System.Data.Common;
using System.Diagnostics;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Benchmarks.Harness;
using Nop.Plugin.Payments.Mion.Benchmarks.World;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Npgsql;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>Choosing the sessions to check among a million closed ones.</summary>
internal sealed class DueTimeMeasurement : IMeasurement
{
    private const double MostTime = 10;

    public string Name => "due-time";

    public string Title => "Due-time query";

    public async Task<Findings> RunAsync(Bench bench)
    {
        var (closed, open, tries) = (bench.Scale(1_000_000), bench.Scale(10_000), bench.Scale(200));
        await using var world = await ShopWorld.StartAsync(await bench.CreateDatabaseAsync());
        Bench.Say($"Filling the table with {closed + open} rows …");
        using (var connection = world.Connect())
        {
            connection.CommandTimeout = 600;
            connection.Execute(ManySessions.Fill(closed, PaymentSessionState.Paid, "NULL"));
            connection.Execute(ManySessions.Fill(open, PaymentSessionState.Open, "now() AT TIME ZONE 'UTC' - random() * interval '1 minute'"));
            connection.Execute("ANALYZE \"MionPaymentSession\"");
        }

        Bench.Say("Asking …");
        world.Statements.Keep(sql => sql.Contains("ORDER BY", StringComparison.Ordinal) && sql.Contains(nameof(MionPaymentSession.NextCheckOnUtc), StringComparison.Ordinal));
        await world.InScopeAsync<PaymentSessionStore>(store => store.TakeDueAsync(DateTime.UtcNow, 1, TimeSpan.Zero));
        var (sql, parameters) = world.Statements.Kept ?? throw new InvalidOperationException("The plugin chose its batch by no statement that was seen.");
        var database = world.Shop.Services.GetRequiredService<ShopDatabase>().ConnectionString;

        var choosing = await ChooseAsync(database, sql, parameters, tries);
        var plan = await ExplainAsync(database, sql, parameters);
        var taking = await TakeAllAsync(world);
        // every row has moved now, and what it was before is still in the index until the database cleans up
        for (var round = 0; round < 5; round++)
        {
            OpenSessionsAreDueAgain(world);
            await TakeAllAsync(world);
        }

        OpenSessionsAreDueAgain(world);
        var later = await ChooseAsync(database, sql, parameters, tries);
        var usesIndex = plan.Contains("Index", StringComparison.Ordinal) && !plan.Contains("Seq Scan", StringComparison.Ordinal);
        var lines = new List<Finding>
        {
            Finding.Of($"Choosing {PaymentPollService.BatchSize} of {Text.Count(open)} open sessions, beside {Text.Count(closed)} closed ones", "< 10 ms", choosing.Describe(), choosing.Percentile(99) < MostTime),
            Finding.Of("How it finds them", "by an index", usesIndex ? "by `IX_MionPaymentSession_NextCheckOnUtc`" : "not by an index", usesIndex),
            Finding.Of("The same after every open session was taken and put back six times", "< 10 ms", later.Describe(), later.Percentile(99) < MostTime),
            Finding.Note($"Choosing, taking and loading a batch (three statements), {Text.Count(taking.Count)} batches one after another", taking.Describe())
        };
        return new Findings(lines, Text.Of($"""
            PostgreSQL, its settings as they come. The statement is the plugin's own, as it went over the wire, sent {tries} times with its parameters by a bare connection; every open session is due.
            The plan, by `EXPLAIN (ANALYZE, BUFFERS)`:
            """), plan);
    }

    private static async Task<Samples> ChooseAsync(string database, string sql, IReadOnlyList<DbParameter> parameters, int tries)
    {
        var samples = new Samples();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        for (var i = 0; i < tries + 5; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var rows = 0;
            await using (var command = Prepare(connection, sql, parameters))
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                    rows++;
            }

            if (rows != PaymentPollService.BatchSize)
                throw new InvalidOperationException($"{rows} sessions were chosen.");
            if (i >= 5)
                samples.Add(Stopwatch.GetElapsedTime(startedAt));
        }

        return samples;
    }

    private static async Task<string> ExplainAsync(string database, string sql, IReadOnlyList<DbParameter> parameters)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = Prepare(connection, "EXPLAIN (ANALYZE, BUFFERS) " + sql, parameters);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string> { sql.Replace("\t", "    ", StringComparison.Ordinal).Trim(), string.Empty };
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }

    /// <summary>The plugin's statement, which chose one session, with the batch's size in place of that.</summary>
    private static NpgsqlCommand Prepare(NpgsqlConnection connection, string sql, IReadOnlyList<DbParameter> parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            var copy = ((NpgsqlParameter)parameter).Clone();
            copy.Value = copy.Value switch { int => PaymentPollService.BatchSize, DateTime => DateTime.UtcNow, var other => other };
            command.Parameters.Add(copy);
        }

        return command;
    }

    private static async Task<Samples> TakeAllAsync(ShopWorld world)
    {
        var samples = new Samples();
        while (true)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var taken = await world.InScopeAsync<PaymentSessionStore, IReadOnlyList<MionPaymentSession>>(
                store => store.TakeDueAsync(DateTime.UtcNow, PaymentPollService.BatchSize, PaymentPollService.Lease));
            if (taken.Count == 0)
                return samples;
            samples.Add(Stopwatch.GetElapsedTime(startedAt));
        }
    }

    private static void OpenSessionsAreDueAgain(ShopWorld world)
    {
        using var connection = world.Connect();
        connection.Execute("""UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = now() AT TIME ZONE 'UTC' - random() * interval '1 minute' WHERE "NextCheckOnUtc" IS NOT NULL""");
    }
}
