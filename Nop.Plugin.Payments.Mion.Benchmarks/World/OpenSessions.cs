using System.Security.Cryptography;
using LinqToDB.Data;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>Makes many open sessions in little time: at the stand-in by its API, in the shop by bulk copy.</summary>
internal static class OpenSessions
{
    /// <summary>Makes sessions that are due at once.</summary>
    public static async Task<IReadOnlyList<MionPaymentSession>> CreateAsync(ShopWorld world, int count)
    {
        var options = await world.InScopeAsync<StoreSettings, MionApiOptions>(settings => settings.LoadApiOptionsAsync(1));
        var client = world.Shop.Services.CreateScope().ServiceProvider.GetRequiredService<MionApiClient>();
        var sessions = new MionPaymentSession[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var guid = Guid.NewGuid();
            var answer = await client.CreateSessionAsync(options, new MionSessionRequest
            {
                AmountCents = 1290,
                ExpiresOnUtc = DateTime.UtcNow.AddDays(1),
                RedirectUrl = "https://shop.example/mion/return/0",
                Reference = $"{guid:N}-1"
            });
            sessions[i] = new MionPaymentSession
            {
                // an order that nobody looks at: the session is never paid
                OrderId = 1_000_000 + i,
                OrderGuid = guid,
                StoreId = 1,
                Attempt = 1,
                Reference = $"{guid:N}-1",
                PaymentSessionId = answer.PaymentSessionId,
                Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                WebhookToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                AmountCents = 1290,
                OrderTotal = 12.90m,
                CurrencyCode = "EUR",
                ExchangeRate = 1,
                State = PaymentSessionState.Open,
                CreatedOnUtc = DateTime.UtcNow,
                ExpiresOnUtc = answer.ExpiresOnUtc!.Value,
                NextCheckOnUtc = DateTime.UtcNow
            };
        });
        using var connection = world.Connect();
        await connection.BulkCopyAsync(sessions);
        return sessions;
    }

    /// <summary>Makes some of the sessions due, and no others.</summary>
    public static void MakeDue(ShopWorld world, int count)
    {
        using var connection = world.Connect();
        connection.Execute("""UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = NULL""");
        connection.Execute(Harness.Text.Of($"""
            UPDATE "MionPaymentSession" SET "NextCheckOnUtc" = '{DateTime.UtcNow.AddSeconds(-1):yyyy-MM-dd HH:mm:ss.fff}'
            WHERE "Id" IN (SELECT "Id" FROM "MionPaymentSession" ORDER BY "Id" LIMIT {count})
            """));
        connection.Execute("ANALYZE \"MionPaymentSession\"");
    }
}
