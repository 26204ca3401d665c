using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>The history of sessions, and the plugin's health.</summary>
/// <remarks>Runs at installation and at update alike, over whatever is there; <c>Down</c> keeps everything, as <see cref="SessionsMigration"/> says.</remarks>
[NopMigration("2026-11-23 09:10:00", "Payments.Mion: history and health", MigrationProcessType.NoMatter)]
public class HistoryMigration : MigrationBase
{
    public override void Up()
    {
        if (!Schema.Table(nameof(MionPaymentEvent)).Exists())
        {
            Create.Table(nameof(MionPaymentEvent))
                .WithColumn(nameof(MionPaymentEvent.Id)).AsInt32().NotNullable().PrimaryKey().Identity()
                .WithColumn(nameof(MionPaymentEvent.SessionId)).AsInt32().NotNullable().Indexed("IX_MionPaymentEvent_SessionId")
                .WithColumn(nameof(MionPaymentEvent.OrderId)).AsInt32().NotNullable()
                .WithColumn(nameof(MionPaymentEvent.OnUtc)).AsDateTime2().NotNullable().Indexed("IX_MionPaymentEvent_OnUtc")
                .WithColumn(nameof(MionPaymentEvent.KindId)).AsInt32().NotNullable()
                .WithColumn(nameof(MionPaymentEvent.TriggerId)).AsInt32().NotNullable()
                .WithColumn(nameof(MionPaymentEvent.Detail)).AsString(PaymentEventStore.MaxDetailLength).NotNullable()
                .WithColumn(nameof(MionPaymentEvent.CustomerId)).AsInt32().Nullable();
        }

        if (!Schema.Table(nameof(MionHealthEntry)).Exists())
        {
            Create.Table(nameof(MionHealthEntry))
                .WithColumn(nameof(MionHealthEntry.Id)).AsInt32().NotNullable().PrimaryKey().Identity()
                .WithColumn(nameof(MionHealthEntry.Name)).AsString(50).NotNullable().Unique("UX_MionHealthEntry_Name")
                .WithColumn(nameof(MionHealthEntry.OnUtc)).AsDateTime2().NotNullable()
                .WithColumn(nameof(MionHealthEntry.Text)).AsString(HealthStore.MaxTextLength).NotNullable();
        }
    }

    public override void Down()
    {
        // the records are kept
    }
}
