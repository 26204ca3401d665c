using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>Adds whether staff has offered Bitcoin for an order of another payment method.</summary>
[NopMigration("2026-11-29 12:00:00", "Payments.Mion: offered by staff", MigrationProcessType.NoMatter)]
public class OfferMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (!Schema.Table(Table).Column(nameof(MionPaymentSession.IsOffered)).Exists())
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.IsOffered)).AsBoolean().NotNullable().WithDefaultValue(false);
    }

    public override void Down()
    {
        // the records of payments are kept
    }
}
