using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Adds the tip. Rows from before have none.</summary>
[NopMigration("2026-11-29 23:55:00", "Payments.Mion: tips at the till", MigrationProcessType.NoMatter)]
public class TipMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (!Schema.Table(Table).Column(nameof(MionPaymentSession.TipCents)).Exists())
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.TipCents)).AsInt64().NotNullable().WithDefaultValue(0);
    }

    public override void Down()
    {
        // the records of payments are kept
    }
}
