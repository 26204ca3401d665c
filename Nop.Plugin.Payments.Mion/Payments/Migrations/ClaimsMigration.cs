using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// Adds what is remembered so that nothing is said or done twice: who was told, whether nopCommerce announced the
/// payment, which refunds were noted, which worker has taken a session to check, and which one is at the order.
/// </summary>
[NopMigration("2026-11-23 09:00:00", "Payments.Mion: told, announced, refunded", MigrationProcessType.NoMatter)]
public class ClaimsMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        // each on its own: a database without transactional DDL may have stopped after any of them
        if (IsMissing(nameof(MionPaymentSession.PersonToldOf)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.PersonToldOf)).AsString(64).Nullable();
        // until 4.90.3: when nopCommerce announced the payment
        if (IsMissing("PaidEventOnUtc"))
            Alter.Table(Table).AddColumn("PaidEventOnUtc").AsDateTime2().Nullable();
        if (IsMissing(nameof(MionPaymentSession.RefundSessionIds)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.RefundSessionIds)).AsString(MionPaymentSession.MaxRefundSessionIds).Nullable();
        if (IsMissing(nameof(MionPaymentSession.CheckToken)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.CheckToken)).AsGuid().Nullable();
        if (IsMissing(nameof(MionPaymentSession.OrderClaimToken)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.OrderClaimToken)).AsGuid().Nullable();
        if (IsMissing(nameof(MionPaymentSession.OrderClaimedUntilUtc)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.OrderClaimedUntilUtc)).AsDateTime2().Nullable();
    }

    public override void Down()
    {
        // the records of payments are kept
    }

    private bool IsMissing(string column) => !Schema.Table(Table).Column(column).Exists();
}
