using LinqToDB;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// What is recorded about a session once its payment has arrived, or cannot be found: who was told, what was announced,
/// what was given back. By the rules of <see cref="PaymentSessionStore"/>.
/// </summary>
public class PaymentFollowUpStore(IRepository<MionPaymentSession> repository)
{
    /// <summary>Sets the next check of a session that waits for a person, or of which a person knows that Mion does not know it.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task looks at it next.</param>
    public async Task RecordStillWaitingAsync(int id, DateTime? nextCheckOnUtc) =>
        await repository.Table
            .Where(row => row.Id == id && (row.StateId == (int)PaymentSessionState.NeedsPerson
                || row.StateId == (int)PaymentSessionState.Handled && row.ReviewReasonId == (int)ReviewReason.UnknownAtMion))
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>Records that Mion does not know a session that it created: a person is needed.</summary>
    /// <param name="session">The session, with its failures and next check.</param>
    /// <param name="error">What Mion says.</param>
    /// <param name="utcNow">Now.</param>
    /// <returns>Whether the row says so now; not where it has been settled or claimed meanwhile.</returns>
    public async Task<bool> TryRecordUnknownAsync(MionPaymentSession session, string error, DateTime utcNow) =>
        await repository.Table
            .Where(row => row.Id == session.Id && (row.ClaimToken == null || row.ClaimedUntilUtc < utcNow)
                && (row.StateId == (int)PaymentSessionState.Open || row.StateId == (int)PaymentSessionState.Expired))
            .Set(row => row.StateId, (int)PaymentSessionState.NeedsPerson)
            .Set(row => row.ReviewReasonId, (int)ReviewReason.UnknownAtMion)
            .Set(row => row.FundsSeen, false)
            .Set(row => row.CheckFailures, session.CheckFailures)
            .Set(row => row.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(row => row.NextCheckOnUtc, session.NextCheckOnUtc)
            .UpdateAsync() == 1;

    /// <summary>Records that the store owner has been told.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="what">Of what.</param>
    public async Task RecordPersonToldAsync(int id, string what) =>
        await repository.Table
            .Where(row => row.Id == id)
            .Set(row => row.PersonToldOf, what)
            .UpdateAsync();

    /// <summary>Records that nopCommerce has announced an order's payment by a session.</summary>
    /// <param name="orderId">Id of the order.</param>
    /// <param name="paymentSessionId">Mion's id, as the order keeps it.</param>
    /// <param name="utcNow">Now.</param>
    public async Task RecordPaidEventAsync(int orderId, string paymentSessionId, DateTime utcNow) =>
        await repository.Table
            .Where(row => row.PaymentSessionId == paymentSessionId && row.OrderId == orderId && row.PaidEventOnUtc == null)
            .Set(row => row.PaidEventOnUtc, (DateTime?)utcNow)
            .UpdateAsync();

    /// <summary>
    /// Claims a session whose payment has arrived, to note what came after it: as <see cref="PaymentSessionStore.TryClaimAsync"/>, but for
    /// settled ones.
    /// </summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="claim">Who claims.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="lease">How long the claim holds.</param>
    public async Task<bool> TryClaimSettledAsync(int id, Guid claim, DateTime utcNow, TimeSpan lease)
    {
        var until = utcNow + lease;
        return await repository.Table
            .Where(session => session.Id == id
                && (session.StateId == (int)PaymentSessionState.Paid || session.StateId == (int)PaymentSessionState.NeedsPerson || session.StateId == (int)PaymentSessionState.Handled)
                && (session.ClaimToken == null || session.ClaimedUntilUtc < utcNow))
            .Set(session => session.ClaimToken, (Guid?)claim)
            .Set(session => session.ClaimedUntilUtc, (DateTime?)until)
            .UpdateAsync() == 1;
    }

    /// <summary>Records which refunds have been noted, and gives the claim back.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="claim">Who holds it.</param>
    /// <param name="refundSessionIds">As <see cref="MionPaymentSession.RefundSessionIds"/>.</param>
    public async Task RecordRefundsAsync(int id, Guid claim, string? refundSessionIds) =>
        await repository.Table
            .Where(row => row.Id == id && row.ClaimToken == claim)
            .Set(row => row.RefundSessionIds, refundSessionIds)
            .Set(row => row.ClaimToken, (Guid?)null)
            .Set(row => row.ClaimedUntilUtc, (DateTime?)null)
            .UpdateAsync();

    /// <summary>Records how far Mion's own processing of a paid session has come.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="answer">Mion's word.</param>
    public async Task RecordProcessingAsync(int id, MionSession answer) =>
        await repository.Table
            .Where(row => row.Id == id && row.StateId == (int)PaymentSessionState.Paid)
            .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
            .Set(row => row.FundingStatus, TextLimits.Cut(answer.FundingStatus, TextLimits.Status))
            .UpdateAsync();
}
