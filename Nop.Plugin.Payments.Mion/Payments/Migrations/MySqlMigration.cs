using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Till;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// On MySQL and MariaDB, lets people's texts hold characters of four bytes, and times fractions of seconds, as nopCommerce's
/// own columns do and as other databases do by themselves.
/// </summary>
/// <remarks>One statement a table: each rewrites it.</remarks>
[NopMigration("2026-11-29 01:00:00", "Payments.Mion: texts and times on MySQL", MigrationProcessType.NoMatter)]
public class MySqlMigration : MigrationBase
{
    private static readonly string[] _optionalTimes =
    [
        nameof(MionPaymentSession.ExchangeRateOnUtc), nameof(MionPaymentSession.PaidOnUtc), nameof(MionPaymentSession.SettledOnUtc),
        nameof(MionPaymentSession.LastCheckOnUtc), nameof(MionPaymentSession.NextCheckOnUtc), nameof(MionPaymentSession.NotBeforeUtc),
        nameof(MionPaymentSession.WebhookOnUtc), nameof(MionPaymentSession.ClaimedUntilUtc), nameof(MionPaymentSession.OrderClaimedUntilUtc),
        nameof(MionPaymentSession.MarkedOnUtc), nameof(MionPaymentSession.CancelledOnUtc), nameof(MionPaymentSession.AttemptClaimedUntilUtc)
    ];

    public override void Up()
    {
        Change(nameof(MionPaymentSession),
        [
            "`Note` varchar(200) CHARACTER SET utf8mb4 NOT NULL DEFAULT ''",
            Time(nameof(MionPaymentSession.CreatedOnUtc)),
            Time(nameof(MionPaymentSession.ExpiresOnUtc)),
            .. _optionalTimes.Select(column => $"`{column}` datetime(6) NULL")
        ]);
        Change(nameof(MionPaymentEvent), [$"`Detail` varchar({PaymentEventStore.MaxDetailLength}) CHARACTER SET utf8mb4 NOT NULL", Time(nameof(MionPaymentEvent.OnUtc))]);
        Change(nameof(MionPaymentAttempt), [Time(nameof(MionPaymentAttempt.CreatedOnUtc)), Time(nameof(MionPaymentAttempt.ExpiresOnUtc))]);
        Change(nameof(MionHealthEntry), [Time(nameof(MionHealthEntry.OnUtc))]);
    }

    public override void Down()
    {
        // the records of payments are kept
    }

    private static string Time(string column) => $"`{column}` datetime(6) NOT NULL";

    private void Change(string table, IEnumerable<string> columns) => IfDatabase(type => type.StartsWith("MySql", StringComparison.OrdinalIgnoreCase))
        .Execute.Sql($"ALTER TABLE `{table}` {string.Join(", ", columns.Select(column => $"MODIFY {column}"))}");
}
