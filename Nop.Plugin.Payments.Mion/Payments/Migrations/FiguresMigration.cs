using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>Finds what was begun on a day without reading every row.</summary>
[NopMigration("2026-11-30 00:10:00", "Payments.Mion: figures", MigrationProcessType.NoMatter)]
public class FiguresMigration : MigrationBase
{
    private const string CreatedIndex = "IX_MionPaymentSession_CreatedOnUtc";

    public override void Up()
    {
        if (!Schema.Table(nameof(MionPaymentSession)).Index(CreatedIndex).Exists())
            Create.Index(CreatedIndex).OnTable(nameof(MionPaymentSession)).OnColumn(nameof(MionPaymentSession.CreatedOnUtc)).Ascending();
    }

    public override void Down()
    {
        // the records of payments are kept
    }
}
