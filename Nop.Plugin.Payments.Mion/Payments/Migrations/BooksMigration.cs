using FluentMigrator;
using Nop.Data.Migrations;

namespace Nop.Plugin.Payments.Mion.Payments.Migrations;

/// <summary>
/// Adds when the store heard of a payment's first refund, from the history as far back as that goes, and finds what was paid on a day
/// without reading every row.
/// </summary>
[NopMigration("2026-11-29 19:00:00", "Payments.Mion: the books", MigrationProcessType.NoMatter)]
public class BooksMigration : MySqlMigration
{
    private const string Table = nameof(MionPaymentSession);
    private const string PaidIndex = "IX_MionPaymentSession_PaidOnUtc";

    public override void Up()
    {
        if (!Schema.Table(Table).Column(nameof(MionPaymentSession.RefundedOnUtc)).Exists())
        {
            Alter.Table(Table).AddColumn(nameof(MionPaymentSession.RefundedOnUtc)).AsDateTime2().Nullable();
            Change(Table, [$"`{nameof(MionPaymentSession.RefundedOnUtc)}` datetime(6) NULL"]);
        }

        if (!Schema.Table(Table).Index(PaidIndex).Exists())
            Create.Index(PaidIndex).OnTable(Table).OnColumn(nameof(MionPaymentSession.PaidOnUtc)).Ascending();
        IfDatabase(type => IsMySql(type)).Execute.Sql(Fill('`'));
        IfDatabase(type => !IsMySql(type)).Execute.Sql(Fill('"'));
    }

    // where the history does not go back so far: the day on which the payment was concluded
    private static string Fill(char quote) => $"""
        UPDATE ~{Table}~ SET ~RefundedOnUtc~ = COALESCE(
            (SELECT MIN(~OnUtc~) FROM ~{nameof(MionPaymentEvent)}~ WHERE ~SessionId~ = ~{Table}~.~Id~ AND ~KindId~ = {(int)PaymentEventKind.RefundSeen}),
            ~SettledOnUtc~, ~PaidOnUtc~)
        WHERE ~RefundedOnUtc~ IS NULL AND ~RefundSessionIds~ <> ''
        """.Replace('~', quote);
}
