using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Payments.Migrations;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Adds which till charged, and who stood at it. Rows from before have neither.</summary>
[NopMigration("2026-11-29 19:05:00", "Payments.Mion: named tills", MigrationProcessType.NoMatter)]
public class CounterMigration : MySqlMigration
{
    private const string Table = nameof(MionPaymentSession);

    public override void Up()
    {
        // each on its own: a database without transactional DDL may have stopped after any of them
        if (IsMissing(nameof(MionPaymentSession.TillName)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.TillName)).AsString(TillDefaults.MaxNameLength).NotNullable().WithDefaultValue(string.Empty)
                .Indexed("IX_MionPaymentSession_TillName");
        if (IsMissing(nameof(MionPaymentSession.AssistantId)))
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.AssistantId)).AsInt32().Nullable();
        Change(Table, [$"`{nameof(MionPaymentSession.TillName)}` varchar({TillDefaults.MaxNameLength}) CHARACTER SET utf8mb4 NOT NULL DEFAULT ''"]);
    }

    private bool IsMissing(string column) => !Schema.Table(Table).Column(column).Exists();
}
