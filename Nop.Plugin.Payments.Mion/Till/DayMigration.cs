using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Payments.Migrations;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The closes of the till's day, and to which of them a payment belongs.</summary>
[NopMigration("2026-11-29 19:10:00", "Payments.Mion: the till's day", MigrationProcessType.NoMatter)]
public class DayMigration : MySqlMigration
{
    private const string Sessions = nameof(MionPaymentSession);
    private const string Closes = nameof(MionTillClose);
    private const string OneOfANumber = "UX_MionTillClose_StoreId_Number";

    public override void Up()
    {
        // each on its own: a database without transactional DDL may have stopped after any of them
        if (!Schema.Table(Sessions).Column(nameof(MionPaymentSession.DayCloseToken)).Exists())
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.DayCloseToken)).AsGuid().Nullable().Indexed("IX_MionPaymentSession_DayCloseToken");
        if (!Schema.Table(Closes).Exists())
            CreateCloses();
        if (!Schema.Table(Closes).Index(OneOfANumber).Exists())
            Create.Index(OneOfANumber).OnTable(Closes).OnColumn(nameof(MionTillClose.StoreId)).Ascending().OnColumn(nameof(MionTillClose.Number)).Ascending().WithOptions().Unique();
        Change(Closes,
        [
            $"`{nameof(MionTillClose.TillName)}` varchar({TillDefaults.MaxNameLength}) CHARACTER SET utf8mb4 NOT NULL",
            $"`{nameof(MionTillClose.FromUtc)}` datetime(6) NULL",
            $"`{nameof(MionTillClose.ClosedOnUtc)}` datetime(6) NULL"
        ]);
    }

    private void CreateCloses() =>
        Create.Table(Closes)
            .WithColumn(nameof(MionTillClose.Id)).AsInt32().NotNullable().PrimaryKey().Identity()
            .WithColumn(nameof(MionTillClose.StoreId)).AsInt32().NotNullable()
            .WithColumn(nameof(MionTillClose.Number)).AsInt32().NotNullable()
            .WithColumn(nameof(MionTillClose.Token)).AsGuid().NotNullable()
            .WithColumn(nameof(MionTillClose.FromUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionTillClose.ClosedOnUtc)).AsDateTime2().Nullable()
            .WithColumn(nameof(MionTillClose.TillName)).AsString(TillDefaults.MaxNameLength).NotNullable()
            .WithColumn(nameof(MionTillClose.AssistantId)).AsInt32().Nullable()
            .WithColumn(nameof(MionTillClose.LastSessionId)).AsInt32().NotNullable()
            .WithColumn(nameof(MionTillClose.ReceivedCount)).AsInt32().NotNullable()
            .WithColumn(nameof(MionTillClose.ReceivedCents)).AsInt64().NotNullable()
            .WithColumn(nameof(MionTillClose.Sums)).AsString(int.MaxValue).NotNullable();
}
