using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>Adds whether a session is only reserved, and whether staff has offered Bitcoin for an order of another payment method.</summary>
[NopMigration("2026-11-29 12:00:00", "Payments.Mion: reserved, and offered by staff", MigrationProcessType.NoMatter)]
public class PayLinkMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        Add(nameof(MionPaymentSession.IsReserved));
        Add(nameof(MionPaymentSession.IsOffered));
    }

    public override void Down()
    {
        // the records of payments are kept
    }

    private void Add(string column)
    {
        if (!Schema.Table(Table).Column(column).Exists())
            Alter.Table(Table).AddColumn(column).AsBoolean().NotNullable().WithDefaultValue(false);
    }
}
