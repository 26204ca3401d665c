using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// What the examination of all payments remembers of each. Runs at installation and at an update, and keeps what it finds.
/// </summary>
[NopMigration("2026-11-25 09:00:00", "Payments.Mion: findings of the examination", MigrationProcessType.NoMatter)]
public class ExaminationMigration : MigrationBase
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        if (IsMissing(nameof(MionPaymentSession.FindingId)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.FindingId)).AsInt32().NotNullable().WithDefaultValue(0)
                .Indexed("IX_MionPaymentSession_FindingId");
        if (IsMissing(nameof(MionPaymentSession.SettledFindingId)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.SettledFindingId)).AsInt32().NotNullable().WithDefaultValue(0);
    }

    public override void Down()
    {
        // the records of payments are kept
    }

    private bool IsMissing(string column) => !Schema.Table(Table).Column(column).Exists();
}
