using LinqToDB;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// The table of payment sessions: every query and every conditional update.
/// </summary>
/// <remarks>
/// Rows are changed by conditional updates of single columns, never by writing a whole row back, so that two machines
/// cannot undo each other. Nothing here is cached. Times come back from the database without a kind and are marked
/// as UTC in one place.
/// </remarks>
public class PaymentSessionStore(IRepository<MionPaymentSession> repository)
{
    private const int LatestSessions = 50;

    /// <summary>Finds a session by its row, or null.</summary>
    /// <param name="id">Id of the row.</param>
    public async Task<MionPaymentSession?> GetByIdAsync(int id) =>
        AsUtc(await repository.Table.FirstOrDefaultAsync(session => session.Id == id));

    /// <summary>Finds a session by the shopper's token, or null.</summary>
    /// <param name="token">What stands in the address.</param>
    public async Task<MionPaymentSession?> GetByTokenAsync(string? token) =>
        !SecretToken.IsWellFormed(token) ? null
        : AsUtc(await repository.Table.FirstOrDefaultAsync(session => session.Token == token)) is { } found && SecretToken.AreEqual(found.Token, token) ? found
        : null;

    /// <summary>Finds a session by Mion's token, or null.</summary>
    /// <param name="token">What stands in the address.</param>
    public async Task<MionPaymentSession?> GetByWebhookTokenAsync(string? token) =>
        !SecretToken.IsWellFormed(token) ? null
        : AsUtc(await repository.Table.FirstOrDefaultAsync(session => session.WebhookToken == token)) is { } found && SecretToken.AreEqual(found.WebhookToken, token) ? found
        : null;

    /// <summary>Finds a session by our name of it, or null.</summary>
    /// <param name="reference">The reference.</param>
    public async Task<MionPaymentSession?> GetByReferenceAsync(string reference) =>
        AsUtc(await repository.Table.FirstOrDefaultAsync(session => session.Reference == reference));

    /// <summary>All sessions of an order, the newest first.</summary>
    /// <param name="orderId">Id of the order; 0 is no order and has no sessions, though many a charge at the till has no order.</param>
    public async Task<IReadOnlyList<MionPaymentSession>> GetByOrderAsync(int orderId)
    {
        if (orderId == 0)
            return [];
        var sessions = await repository.Table.Where(session => session.OrderId == orderId).OrderByDescending(session => session.Attempt).ToListAsync();
        return sessions.ConvertAll(session => AsUtc(session)!);
    }

    /// <summary>
    /// Takes sessions whose next check is due, the longest overdue first. One statement moves their next check, on the
    /// condition that it is still due: of two workers who see the same session one gets it. Should that one die, the
    /// session is due again at the end of the lease.
    /// </summary>
    /// <param name="utcNow">Now.</param>
    /// <param name="count">How many at most; also bounds the memory.</param>
    /// <param name="lease">How long the others leave them alone.</param>
    /// <returns>The sessions; in memory they keep the time at which they were due.</returns>
    public async Task<IReadOnlyList<MionPaymentSession>> TakeDueAsync(DateTime utcNow, int count, TimeSpan lease)
    {
        // not "and is not null", which follows from it: a planner multiplies the two, expects a hundredth of the rows, and
        // then sorts all that are due instead of reading the first of them from the index
        var ids = await repository.Table.Where(session => session.NextCheckOnUtc <= utcNow)
            .OrderBy(session => session.NextCheckOnUtc).Take(count).Select(session => session.Id).ToListAsync();
        if (ids.Count == 0)
            return [];

        var (token, until) = (Guid.NewGuid(), utcNow + lease);
        var taken = await repository.Table
            .Where(session => ids.Contains(session.Id) && session.NextCheckOnUtc <= utcNow)
            .Set(session => session.CheckToken, (Guid?)token)
            .Set(session => session.NextCheckOnUtc, (DateTime?)until)
            .UpdateAsync();
        if (taken == 0)
            return [];
        var sessions = await repository.Table.Where(session => ids.Contains(session.Id) && session.CheckToken == token).ToListAsync();
        return sessions.ConvertAll(session =>
        {
            session.NextCheckOnUtc = utcNow;
            return AsUtc(session)!;
        });
    }

    /// <summary>
    /// Records in one statement that Mion had nothing new about many sessions.
    /// </summary>
    /// <param name="ids">Ids of rows that <see cref="TakeDueAsync"/> gave; one that another worker has taken since is left out.</param>
    /// <param name="checkToken">The run that took them.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="nextCheckOnUtc">When they are looked at next.</param>
    public async Task RecordUnchangedAsync(IReadOnlyList<int> ids, Guid? checkToken, DateTime utcNow, DateTime? nextCheckOnUtc) =>
        await repository.Table
            .Where(row => ids.Contains(row.Id) && row.CheckToken == checkToken
                && (row.StateId == (int)PaymentSessionState.Open || row.StateId == (int)PaymentSessionState.Expired))
            .Set(row => row.LastCheckOnUtc, (DateTime?)utcNow)
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>
    /// Inserts a session unless its reference is taken: the unique index decides between two who open the same attempt.
    /// </summary>
    /// <param name="session">The new session, already claimed by whoever inserts it.</param>
    /// <returns>Whether the row is ours.</returns>
    public async Task<bool> TryInsertAsync(MionPaymentSession session)
    {
        try
        {
            await repository.InsertAsync(session, publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // which exception a unique index raises depends on the database; that the row is there does not
            if (await repository.Table.AnyAsync(other => other.Reference == session.Reference))
                return false;
            throw;
        }
    }

    /// <summary>
    /// Claims a session for one worker: a single conditional statement, so one of any number of callers on any number
    /// of machines gets it. A claim whose time is over is taken over.
    /// </summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="claim">Who claims.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="lease">How long the claim holds.</param>
    /// <returns>Whether the claim is ours; never for a session of which <see cref="MionPaymentSession.IsSettled"/>.</returns>
    public async Task<bool> TryClaimAsync(int id, Guid claim, DateTime utcNow, TimeSpan lease)
    {
        var until = utcNow + lease;
        return await repository.Table
            .Where(session => session.Id == id && session.StateId != (int)PaymentSessionState.Paid
                && (session.StateId != (int)PaymentSessionState.Handled || session.ReviewReasonId == (int)ReviewReason.UnknownAtMion)
                && (session.ClaimToken == null || session.ClaimedUntilUtc < utcNow))
            .Set(session => session.ClaimToken, (Guid?)claim)
            .Set(session => session.ClaimedUntilUtc, (DateTime?)until)
            .UpdateAsync() == 1;
    }

    /// <summary>
    /// Claims an order for one payment: an order can have several sessions, and two of them paid at the same moment must
    /// not both find the order unpaid. The claim is a single conditional statement on the order's first session, which
    /// always stays the first.
    /// </summary>
    /// <param name="session">The session that is paid.</param>
    /// <param name="claim">Who claims.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="lease">How long the claim holds.</param>
    /// <returns>Whether the order is ours.</returns>
    public async Task<bool> TryClaimOrderAsync(MionPaymentSession session, Guid claim, DateTime utcNow, TimeSpan lease)
    {
        // a statement of its own: MySQL does not let an update look into its own table
        var first = session.Attempt == 1 ? session.Id
            : await repository.Table.Where(row => row.OrderId == session.OrderId).OrderBy(row => row.Attempt).Select(row => row.Id).FirstOrDefaultAsync();
        var until = utcNow + lease;
        return await repository.Table
            .Where(row => row.Id == first && (row.OrderClaimToken == null || row.OrderClaimedUntilUtc < utcNow))
            .Set(row => row.OrderClaimToken, (Guid?)claim)
            .Set(row => row.OrderClaimedUntilUtc, (DateTime?)until)
            .UpdateAsync() == 1;
    }

    /// <summary>Gives the claim on an order back, where <see cref="TrySettleAsync"/> has not.</summary>
    /// <param name="orderId">Id of the order.</param>
    /// <param name="claim">Who holds it.</param>
    public async Task ReleaseOrderAsync(int orderId, Guid claim) =>
        await repository.Table
            .Where(row => row.OrderId == orderId && row.OrderClaimToken == claim)
            .Set(row => row.OrderClaimToken, (Guid?)null)
            .Set(row => row.OrderClaimedUntilUtc, (DateTime?)null)
            .UpdateAsync();

    /// <summary>Gives a claim back, with the failure that ended the work and the time of the next try.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="claim">Who holds it.</param>
    /// <param name="error">What went wrong, or empty.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task tries again.</param>
    public async Task ReleaseAsync(int id, Guid claim, string error, DateTime? nextCheckOnUtc) =>
        await repository.Table
            .Where(session => session.Id == id && session.ClaimToken == claim)
            .Set(session => session.ClaimToken, (Guid?)null)
            .Set(session => session.ClaimedUntilUtc, (DateTime?)null)
            .Set(session => session.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(session => session.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>Records that Mion has confirmed the session, and gives the claim back.</summary>
    /// <param name="session">The session; says what the row says where the claim was still ours.</param>
    /// <param name="claim">Who holds it.</param>
    /// <param name="answer">Mion's word.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task looks at it first.</param>
    /// <returns>Whether the claim was still ours; if not, the row says what another worker has made of it.</returns>
    public async Task<bool> TryRecordOpenedAsync(MionPaymentSession session, Guid claim, MionSession answer, DateTime? nextCheckOnUtc)
    {
        var expiresOnUtc = answer.ExpiresOnUtc ?? session.ExpiresOnUtc;
        var isOurs = await repository.Table
            .Where(row => row.Id == session.Id && row.ClaimToken == claim && row.StateId == (int)PaymentSessionState.Opening)
            .Set(row => row.StateId, (int)PaymentSessionState.Open)
            .Set(row => row.PaymentSessionId, answer.PaymentSessionId)
            .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
            .Set(row => row.ExpiresOnUtc, expiresOnUtc)
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .Set(row => row.CheckFailures, 0)
            .Set(row => row.LastError, string.Empty)
            .Set(row => row.ClaimToken, (Guid?)null)
            .Set(row => row.ClaimedUntilUtc, (DateTime?)null)
            .UpdateAsync() == 1;
        if (!isOurs)
            return false;
        session.State = PaymentSessionState.Open;
        (session.PaymentSessionId, session.MionStatus) = (answer.PaymentSessionId, TextLimits.Cut(answer.Status, TextLimits.Status));
        (session.ExpiresOnUtc, session.NextCheckOnUtc) = (expiresOnUtc, nextCheckOnUtc);
        (session.CheckFailures, session.LastError) = (0, string.Empty);
        (session.ClaimToken, session.ClaimedUntilUtc) = (null, null);
        return true;
    }

    /// <summary>Gives a session that Mion has not confirmed the order's present amount.</summary>
    /// <param name="session">The session with the new amount, rate and expiry.</param>
    /// <param name="claim">Who holds it.</param>
    public async Task RecordAmountAsync(MionPaymentSession session, Guid claim) =>
        await repository.Table
            .Where(row => row.Id == session.Id && row.ClaimToken == claim && row.StateId == (int)PaymentSessionState.Opening)
            .Set(row => row.AmountCents, session.AmountCents)
            .Set(row => row.OrderTotal, session.OrderTotal)
            .Set(row => row.CurrencyCode, session.CurrencyCode)
            .Set(row => row.ExchangeRate, session.ExchangeRate)
            .Set(row => row.ExchangeRateOnUtc, session.ExchangeRateOnUtc)
            .Set(row => row.ExpiresOnUtc, session.ExpiresOnUtc)
            .UpdateAsync();

    /// <summary>
    /// Records what Mion said about a session that is not paid. Touches neither a claim nor a session that has been
    /// settled meanwhile: an answer that was overtaken changes nothing. A session that Mion knows again is open again.
    /// </summary>
    /// <param name="session">The session, with its new state and next check.</param>
    /// <param name="answer">Mion's word.</param>
    /// <param name="utcNow">Now.</param>
    public async Task RecordUnpaidAsync(MionPaymentSession session, MionSession answer, DateTime utcNow) =>
        await repository.Table
            .Where(row => row.Id == session.Id && (row.StateId == (int)PaymentSessionState.Open || row.StateId == (int)PaymentSessionState.Expired
                || (row.StateId == (int)PaymentSessionState.NeedsPerson || row.StateId == (int)PaymentSessionState.Handled)
                    && row.ReviewReasonId == (int)ReviewReason.UnknownAtMion))
            .Set(row => row.StateId, session.StateId)
            .Set(row => row.ReviewReasonId, (int)ReviewReason.None)
            .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
            .Set(row => row.FundingStatus, TextLimits.Cut(answer.FundingStatus, TextLimits.Status))
            .Set(row => row.PaymentMethod, TextLimits.Cut(answer.PaymentMethod, TextLimits.Status))
            .Set(row => row.FundsSeen, answer.IsSeen)
            .Set(row => row.ExpiresOnUtc, session.ExpiresOnUtc)
            .Set(row => row.LastCheckOnUtc, (DateTime?)utcNow)
            .Set(row => row.NextCheckOnUtc, session.NextCheckOnUtc)
            .Set(row => row.CheckFailures, 0)
            .Set(row => row.LastError, string.Empty)
            .UpdateAsync();

    /// <summary>Records that Mion could not be asked; the state stays what it was.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="failures">Failures in a row, this one included.</param>
    /// <param name="error">What went wrong; free of secrets.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task tries again.</param>
    public async Task RecordFailureAsync(int id, int failures, string error, DateTime? nextCheckOnUtc) =>
        await repository.Table
            .Where(row => row.Id == id && row.StateId != (int)PaymentSessionState.Paid
                && (row.StateId != (int)PaymentSessionState.Handled || row.ReviewReasonId == (int)ReviewReason.UnknownAtMion))
            .Set(row => row.CheckFailures, failures)
            .Set(row => row.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>
    /// Settles a paid session, as applied or as waiting for a person, and gives the claim back; the one on the order too
    /// where it stands in this very row.
    /// </summary>
    /// <param name="session">The session, with its new state, reason and next check.</param>
    /// <param name="claim">Who holds it.</param>
    /// <param name="answer">Mion's word.</param>
    /// <param name="utcNow">Now.</param>
    /// <returns>Whether the claim was still ours.</returns>
    public async Task<bool> TrySettleAsync(MionPaymentSession session, Guid claim, MionSession answer, DateTime utcNow) =>
        await repository.Table
            .Where(row => row.Id == session.Id && row.ClaimToken == claim)
            .Set(row => row.StateId, session.StateId)
            .Set(row => row.ReviewReasonId, session.ReviewReasonId)
            .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
            .Set(row => row.FundingStatus, TextLimits.Cut(answer.FundingStatus, TextLimits.Status))
            .Set(row => row.PaymentMethod, TextLimits.Cut(answer.PaymentMethod, TextLimits.Status))
            .Set(row => row.FundsSeen, false)
            .Set(row => row.PaidOnUtc, answer.PaidOnUtc)
            .Set(row => row.SettledOnUtc, (DateTime?)utcNow)
            .Set(row => row.LastCheckOnUtc, (DateTime?)utcNow)
            .Set(row => row.NextCheckOnUtc, session.NextCheckOnUtc)
            .Set(row => row.CheckFailures, 0)
            .Set(row => row.LastError, string.Empty)
            .Set(row => row.ClaimToken, (Guid?)null)
            .Set(row => row.ClaimedUntilUtc, (DateTime?)null)
            .Set(row => row.OrderClaimToken, row => row.OrderClaimToken == claim ? null : row.OrderClaimToken)
            .UpdateAsync() == 1;

    /// <summary>Records whether Mion has accepted the webhook.</summary>
    /// <param name="id">Id of the row.</param>
    /// <param name="acceptedOnUtc">When it was accepted; null when it was not.</param>
    public async Task RecordWebhookAsync(int id, DateTime? acceptedOnUtc)
    {
        var row = repository.Table.Where(session => session.Id == id);
        if (acceptedOnUtc is { } accepted)
            await row.Set(session => session.WebhookOnUtc, (DateTime?)accepted).UpdateAsync();
        else
            await row.Set(session => session.WebhookFailures, session => session.WebhookFailures + 1).UpdateAsync();
    }

    /// <summary>
    /// Records that a person has dealt with a payment: from now on it is left alone. One that Mion does not know goes on
    /// being looked at: should Mion find it again, paid, it is as new.
    /// </summary>
    /// <param name="id">Id of the row.</param>
    /// <returns>Whether it was waiting for a person, and nobody was working on it.</returns>
    /// <param name="utcNow">Now.</param>
    public async Task<bool> TryRecordHandledAsync(int id, DateTime utcNow) =>
        await repository.Table
            .Where(row => row.Id == id && row.StateId == (int)PaymentSessionState.NeedsPerson && (row.ClaimToken == null || row.ClaimedUntilUtc < utcNow))
            .Set(row => row.StateId, (int)PaymentSessionState.Handled)
            .Set(row => row.NextCheckOnUtc, row => row.ReviewReasonId == (int)ReviewReason.UnknownAtMion ? row.NextCheckOnUtc : null)
            .UpdateAsync() == 1;

    /// <summary>How many sessions there are.</summary>
    public Task<int> CountAsync() => repository.Table.CountAsync();

    /// <summary>How many sessions are in a state.</summary>
    /// <param name="state">The state.</param>
    public Task<int> CountAsync(PaymentSessionState state)
    {
        var stateId = (int)state;
        return repository.Table.CountAsync(session => session.StateId == stateId);    }

    /// <summary>What has become of the webhooks of a store's latest sessions.</summary>
    /// <param name="storeId">The store of the orders.</param>
    /// <returns>When the newest payment was made whose webhook Mion had taken; when the newest session was created whose webhook Mion refused for good.</returns>
    public async Task<(DateTime? PaidOnUtc, DateTime? RefusedOnUtc)> GetWebhookFactsAsync(int storeId)
    {
        // by the key, and a few only: this is asked with every look at the page
        var latest = await repository.Table.Where(session => session.StoreId == storeId).OrderByDescending(session => session.Id).Take(LatestSessions)
            .Select(session => new { session.CreatedOnUtc, session.PaidOnUtc, session.WebhookOnUtc, session.WebhookFailures }).ToListAsync();
        return (AsUtc(latest.Where(session => session.WebhookOnUtc < session.PaidOnUtc).Max(session => session.PaidOnUtc)),
            AsUtc(latest.Where(session => session.WebhookOnUtc is null && session.WebhookFailures >= WebhookRegistration.MaxFailures).Max(session => (DateTime?)session.CreatedOnUtc)));    }

    /// <summary>Deletes every record; only on the merchant's explicit wish.</summary>
    public async Task DeleteAllAsync() => await repository.DeleteAsync(session => session.Id > 0);

    /// <summary>Marks the times that came back from the database as what they are.</summary>
    internal static MionPaymentSession? AsUtc(MionPaymentSession? session)
    {
        if (session is null)
            return null;
        session.ExchangeRateOnUtc = AsUtc(session.ExchangeRateOnUtc);
        session.CreatedOnUtc = DateTime.SpecifyKind(session.CreatedOnUtc, DateTimeKind.Utc);
        session.ExpiresOnUtc = DateTime.SpecifyKind(session.ExpiresOnUtc, DateTimeKind.Utc);
        session.PaidOnUtc = AsUtc(session.PaidOnUtc);
        session.SettledOnUtc = AsUtc(session.SettledOnUtc);
        session.LastCheckOnUtc = AsUtc(session.LastCheckOnUtc);
        session.NextCheckOnUtc = AsUtc(session.NextCheckOnUtc);
        session.WebhookOnUtc = AsUtc(session.WebhookOnUtc);
        session.PaidEventOnUtc = AsUtc(session.PaidEventOnUtc);
        session.ClaimedUntilUtc = AsUtc(session.ClaimedUntilUtc);
        session.OrderClaimedUntilUtc = AsUtc(session.OrderClaimedUntilUtc);
        session.CancelledOnUtc = AsUtc(session.CancelledOnUtc);
        session.AttemptClaimedUntilUtc = AsUtc(session.AttemptClaimedUntilUtc);
        return session;
    }

    private static DateTime? AsUtc(DateTime? time) => time is { } value ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : null;
}
