using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments.Migrations;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The till's attempts.</summary>
[NopMigration("2026-11-29 01:10:00", "Payments.Mion: the till's times on MySQL", MigrationProcessType.NoMatter)]
public class MySqlTillMigration : MySqlMigration
{
    public override void Up() =>
        Change(nameof(MionPaymentAttempt), [Time(nameof(MionPaymentAttempt.CreatedOnUtc)), Time(nameof(MionPaymentAttempt.ExpiresOnUtc))]);
}
