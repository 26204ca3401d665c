using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>Payments, their history and the plugin's health.</summary>
[NopMigration("2026-11-29 01:00:00", "Payments.Mion: texts and times on MySQL", MigrationProcessType.NoMatter)]
public class MySqlPaymentsMigration : MySqlMigration
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
        Change(nameof(MionPaymentEvent),
        [
            $"`Detail` varchar({PaymentEventStore.MaxDetailLength}) CHARACTER SET utf8mb4 NOT NULL",
            Time(nameof(MionPaymentEvent.OnUtc))
        ]);
        Change(nameof(MionHealthEntry), [Time(nameof(MionHealthEntry.OnUtc))]);
    }
}
