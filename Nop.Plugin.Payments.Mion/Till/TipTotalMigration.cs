using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Adds the tip in the store's currency. Rows from before have none; theirs is reckoned back from the euro.</summary>
[NopMigration("2026-11-30 09:30:00", "Payments.Mion: tips in the store's currency", MigrationProcessType.NoMatter)]
public class TipTotalMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (!Schema.Table(Table).Column(nameof(MionPaymentSession.TipTotal)).Exists())
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.TipTotal)).AsDecimal(18, 4).NotNullable().WithDefaultValue(0);
    }

    public override void Down()
    {
        // the records of payments are kept
    }
}
