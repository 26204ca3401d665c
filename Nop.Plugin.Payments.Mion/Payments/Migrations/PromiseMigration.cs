using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// Adds when nopCommerce had done all that follows a payment, and when Mion may be asked again after a refusal.
/// </summary>
[NopMigration("2026-11-28 20:00:00", "Payments.Mion: marked, not before", MigrationProcessType.NoMatter)]
public class PromiseMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (IsMissing(nameof(MionPaymentSession.MarkedOnUtc)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.MarkedOnUtc)).AsDateTime2().Nullable();
        if (IsMissing(nameof(MionPaymentSession.NotBeforeUtc)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.NotBeforeUtc)).AsDateTime2().Nullable();
    }

    public override void Down()
    {
        // the records of payments are kept
    }

    private bool IsMissing(string column) => !Schema.Table(Table).Column(column).Exists();
}
