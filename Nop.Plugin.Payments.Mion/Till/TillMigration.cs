using FluentMigrator;
using Nop.Data.Migrations;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// What the till needs of the database: columns of the payment sessions, and the history of payment attempts. Runs at
/// installation and at an update, and keeps what it finds.
/// </summary>
[NopMigration("2026-11-23 09:30:00", "Payments.Mion: the till", MigrationProcessType.NoMatter)]
public class TillMigration : MigrationBase
{
    private const string Sessions = nameof(MionPaymentSession);
    private const string Attempts = nameof(MionPaymentAttempt);

    public override void Up()
    {
        if (IsMissing(nameof(MionPaymentSession.IsTill)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.IsTill)).AsBoolean().NotNullable().WithDefaultValue(false);
        if (IsMissing(nameof(MionPaymentSession.Note)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.Note)).AsString(200).NotNullable().WithDefaultValue(string.Empty);
        if (IsMissing(nameof(MionPaymentSession.ScreenToken)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.ScreenToken)).AsString(64).NotNullable().WithDefaultValue(string.Empty)
                .Indexed("IX_MionPaymentSession_ScreenToken");
        if (IsMissing(nameof(MionPaymentSession.CancelledOnUtc)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.CancelledOnUtc)).AsDateTime2().Nullable();
        if (IsMissing(nameof(MionPaymentSession.AttemptClaimedUntilUtc)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.AttemptClaimedUntilUtc)).AsDateTime2().Nullable();
        if (IsMissing(nameof(MionPaymentSession.AttemptProblemId)))
            Alter.Table(Sessions).AddColumn(nameof(MionPaymentSession.AttemptProblemId)).AsInt32().NotNullable().WithDefaultValue(0);

        if (!Schema.Table(Attempts).Exists())
            CreateAttempts();
    }

    public override void Down()
    {
        //the records of payments are kept
    }

    private bool IsMissing(string column) => !Schema.Table(Sessions).Column(column).Exists();

    private void CreateAttempts() =>
        Create.Table(Attempts)
            .WithColumn(nameof(MionPaymentAttempt.Id)).AsInt32().NotNullable().PrimaryKey().Identity()
            .WithColumn(nameof(MionPaymentAttempt.SessionId)).AsInt32().NotNullable().Indexed("IX_MionPaymentAttempt_SessionId")
            .WithColumn(nameof(MionPaymentAttempt.CreatedOnUtc)).AsDateTime2().NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.ExpiresOnUtc)).AsDateTime2().NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.AmountMsat)).AsInt64().NotNullable()
            // a BOLT 11 invoice has no fixed length; 2,000 characters are several times what one has, and what a QR code can hold
            .WithColumn(nameof(MionPaymentAttempt.Invoice)).AsString(2000).NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.OnChainAddress)).AsString(128).NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.SuggestedFeeRate)).AsString(40).NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.BlockedByCompliance)).AsBoolean().NotNullable()
            .WithColumn(nameof(MionPaymentAttempt.MissingCustomerFields)).AsString(400).NotNullable();
}
