using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>Creates the table of payment sessions, or keeps the one that an earlier installation left.</summary>
/// <remarks>
/// nopCommerce runs <c>Down</c> when the plugin is uninstalled. It does nothing: the records of payments outlive the
/// plugin. (Deriving from <c>AutoReversingMigration</c> would drop the table, from <c>ForwardOnlyMigration</c> would
/// leave the plugin half uninstalled.) Columns are written out instead of derived, so that the schema of a version
/// does not change with the class.
/// </remarks>
[NopMigration("2026-11-23 08:00:00", "Payments.Mion: payment sessions", MigrationProcessType.Installation)]
public class SessionsMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (Schema.Table(Table).Exists())
            return;

        Create.Table(Table)
            .WithColumn(nameof(MionPaymentSession.Id)).AsInt32().NotNullable().PrimaryKey().Identity()
            .WithColumn(nameof(MionPaymentSession.OrderId)).AsInt32().NotNullable().Indexed("IX_MionPaymentSession_OrderId")
            .WithColumn(nameof(MionPaymentSession.OrderGuid)).AsGuid().NotNullable()
            .WithColumn(nameof(MionPaymentSession.StoreId)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.Attempt)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.Reference)).AsString(64).NotNullable().Unique("UX_MionPaymentSession_Reference")
            .WithColumn(nameof(MionPaymentSession.PaymentSessionId)).AsString(64).NotNullable().Indexed("IX_MionPaymentSession_PaymentSessionId")
            .WithColumn(nameof(MionPaymentSession.Token)).AsString(64).NotNullable().Unique("UX_MionPaymentSession_Token")
            .WithColumn(nameof(MionPaymentSession.WebhookToken)).AsString(64).NotNullable().Unique("UX_MionPaymentSession_WebhookToken")
            .WithColumn(nameof(MionPaymentSession.AmountCents)).AsInt64().NotNullable()
            .WithColumn(nameof(MionPaymentSession.OrderTotal)).AsDecimal(18, 4).NotNullable()
            .WithColumn(nameof(MionPaymentSession.CurrencyCode)).AsString(5).NotNullable()
            .WithColumn(nameof(MionPaymentSession.ExchangeRate)).AsDecimal(20, EuroAmount.RateDecimals).NotNullable()
            .WithColumn(nameof(MionPaymentSession.ExchangeRateOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionPaymentSession.StateId)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.ReviewReasonId)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.MionStatus)).AsString(100).NotNullable()
            .WithColumn(nameof(MionPaymentSession.FundingStatus)).AsString(100).NotNullable()
            .WithColumn(nameof(MionPaymentSession.PaymentMethod)).AsString(100).NotNullable()
            .WithColumn(nameof(MionPaymentSession.FundsSeen)).AsBoolean().NotNullable()
            .WithColumn(nameof(MionPaymentSession.CreatedOnUtc)).AsDateTime2().NotNullable()
            .WithColumn(nameof(MionPaymentSession.ExpiresOnUtc)).AsDateTime2().NotNullable()
            .WithColumn(nameof(MionPaymentSession.PaidOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionPaymentSession.SettledOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionPaymentSession.LastCheckOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionPaymentSession.NextCheckOnUtc)).AsDateTime2().Nullable().Indexed("IX_MionPaymentSession_NextCheckOnUtc")
            .WithColumn(nameof(MionPaymentSession.CheckFailures)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.LastError)).AsString(400).NotNullable()
            .WithColumn(nameof(MionPaymentSession.WebhookOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionPaymentSession.WebhookFailures)).AsInt32().NotNullable()
            .WithColumn(nameof(MionPaymentSession.ClaimToken)).AsGuid().Nullable()
            .WithColumn(nameof(MionPaymentSession.ClaimedUntilUtc)).AsDateTime2().Nullable();
    }

    public override void Down()
    {
        //the records of payments are kept
    }
}
