using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.World;

/// <summary>Makes a table of payments that has grown for two years, in PostgreSQL itself.</summary>
internal static class ManySessions
{
    /// <summary>The statement that adds so many sessions of a state, begun one after another in the last 700 days.</summary>
    /// <param name="nextCheck">When each is looked at again, as an expression of PostgreSQL's.</param>
    /// <remarks>Their orders are nobody's. A paid one was paid within the ten minutes after it began; nine of ten by Lightning.</remarks>
    public static string Fill(int count, PaymentSessionState state, string nextCheck) => Harness.Text.Of($"""
        INSERT INTO "MionPaymentSession" ("OrderId", "OrderGuid", "StoreId", "Attempt", "Reference", "PaymentSessionId", "Token", "WebhookToken", "AmountCents", "OrderTotal",
            "CurrencyCode", "ExchangeRate", "StateId", "ReviewReasonId", "MionStatus", "FundingStatus", "PaymentMethod", "FundsSeen", "CreatedOnUtc", "ExpiresOnUtc", "PaidOnUtc", "CheckFailures", "LastError", "WebhookFailures", "NextCheckOnUtc")
        SELECT 100000000 + n, gen_random_uuid(), 1, 1, replace(gen_random_uuid()::text, '-', '') || '-1', gen_random_uuid()::text, replace(gen_random_uuid()::text, '-', ''), replace(gen_random_uuid()::text, '-', ''),
            1290, 12.90, 'EUR', 1, {(int)state}, 0, 'funded', 'well-funded', {(state == PaymentSessionState.Paid ? "CASE WHEN n % 10 = 0 THEN 'bitcoin' ELSE 'lightning' END" : "''")}, false,
            begun, begun + interval '1 day', {(state == PaymentSessionState.Paid ? "begun + random() * interval '10 minutes'" : "NULL")}, 0, '', 0, {nextCheck}
        FROM (SELECT n, now() AT TIME ZONE 'UTC' - (({count} - n)::float8 / {count}) * interval '700 days' AS begun FROM generate_series(1, {count}) AS n) AS rows
        """);
}
