using LinqToDB;
using LinqToDB.Data;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// Sends inputs from outside to a shop of their own, also in place of Mion's answers, and looks at what is left behind:
/// guests, log lines, memory.
/// </summary>
/// <param name="seed">The same number makes the same inputs.</param>
public sealed class InputRun(int seed)
{
    /// <summary>How many inputs a soak sends at least.</summary>
    public const int InSoak = 100_000;

    private const int Workers = 4;
    private const int MostLogLines = 100;
    private const long MostMemory = 100_000_000;

    // so many of the inputs are answers of the API
    private const int OneAnswerIn = 50;

    private static readonly string[] _answers =
    [
        "", "{}", "[]", "null", "{\"paymentSessionId\":", "<html>", "{\"paymentSessionId\":42}", "{\"paidAt\":{}}", "\0\0", "{\"paymentSessionId\":\"{id}\",\"paidAt\":\"yesterday\"}",
        "{\"paymentSessionId\":\"{id}\",\"paidAt\":true}", "{\"paymentSessionId\":\"{id}\",\"expiresAt\":\"9999-99-99T99:99:99Z\",\"fundingAmountAvailable\":1e999}",
        "{\"paymentSessionId\":\"00000000-0000-0000-0000-000000000000\",\"paidAt\":\"2026-01-01T00:00:00Z\",\"status\":\"funded\"}", "{\"paymentSessionId\":\"{id}\"}{}"
    ];

    private int _answered;

    /// <summary>How many inputs were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>What should not have happened.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Sends inputs.</summary>
    /// <param name="count">How many, besides the fixed ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(int count, CancellationToken cancellationToken = default)
    {
        await using var world = await SoakWorld.StartAsync(cancellationToken: cancellationToken);
        var order = await world.PlaceOrderAsync(12.90m, SoakWorld.MionMethod);
        await world.OpenAsync(0, order.Id);
        await world.AdminAsync(0, (admin, token) => admin.ChargeAmountAsync(5m, Guid.NewGuid().ToString("N"), token));
        var rows = await world.GetSessionsAsync();
        var (online, till) = (rows.First(row => !row.IsTill), rows.First(row => row.IsTill));

        var fuzz = new InputFuzz(world.Addresses, new InputTokens(online.Token, online.WebhookToken, till.ScreenToken), seed);
        // the first of everything is loaded, compiled and cached
        await fuzz.RunAsync(500, Workers, cancellationToken);
        var before = await LookAsync(world);
        await fuzz.RunAsync(count, Workers, cancellationToken);
        await AnswerAsync(world, online, count / OneAnswerIn, cancellationToken);
        var after = await LookAsync(world);

        Sent = fuzz.Sent + _answered;
        Findings.AddRange(fuzz.Findings.Take(20));
        Require(after.Guests == before.Guests, $"{after.Guests - before.Guests} guests were made");
        Require(after.LogLines - before.LogLines <= MostLogLines, $"{after.LogLines - before.LogLines} lines in the log");
        Require(after.Memory - before.Memory < MostMemory, $"{(after.Memory - before.Memory) / 1_000_000} MB more memory");
        var sessions = await world.GetSessionsAsync(order.Id);
        Require(sessions.All(row => row.StateId < SessionRow.Paid), "a session is paid by inputs alone");
        Findings.AddRange(world.UnexpectedAnswers.Distinct().Take(20));
    }

    /// <summary>Mion answers with anything, and the shopper's page asks.</summary>
    private async Task AnswerAsync(SoakWorld world, SessionRow row, int count, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (; _answered < count && !cancellationToken.IsCancellationRequested; _answered++)
        {
            var body = _answers[random.Next(_answers.Length)].Replace("{id}", row.PaymentSessionId, StringComparison.Ordinal);
            if (random.Next(3) == 0 && body.Length > 0)
                body = body.Remove(random.Next(body.Length)) + (char)random.Next(1, 0x2000);
            world.Mion.Faults.Clear();
            world.Mion.Faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 200, Body = body, Operation = MionOperations.GetStatus, Count = 1 });
            // past the age at which a read is shared
            world.Skip(TimeSpan.FromSeconds(3));
            await world.GetAsync(_answered, $"mion/payment/{row.Token}/status");
        }

        world.Mion.Faults.Clear();
    }

    private static async Task<(int Guests, int LogLines, long Memory)> LookAsync(SoakWorld world)
    {
        var (guests, lines) = await world.QueryAsync(connection => (
            connection.GetTable<Customer>().Count(customer => customer.Email == null && !customer.IsSystemAccount),
            connection.GetTable<Log>().Count(line => line.ShortMessage.StartsWith("Payments.Mion"))));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (guests, lines, GC.GetTotalMemory(forceFullCollection: true));
    }

    private void Require(bool holds, string message)
    {
        if (!holds)
            Findings.Add($"inputs from outside: {message}");
    }
}
