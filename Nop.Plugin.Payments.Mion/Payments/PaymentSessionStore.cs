using System.Linq.Expressions;
using LinqToDB;
using LinqToDB.Linq;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>The table of payment sessions: every query and every conditional update.</summary>
/// <remarks>
/// Rows are changed by conditional updates of single columns, never by writing a whole row back, so that two machines
/// cannot undo each other. Nothing here is cached.
/// </remarks>
public class PaymentSessionStore(IRepository<MionPaymentSession> repository, IRepository<Order> orders)
{
    private const int LatestSessions = 50;

    public Task<MionPaymentSession?> GetByIdAsync(int id) => FindAsync(session => session.Id == id);

    /// <summary>Finds a session that is paid online by the shopper's token, or null. A charge at the till has no page there.</summary>
    public async Task<MionPaymentSession?> GetByTokenAsync(string? token) =>
        SecretToken.IsWellFormed(token) && await FindAsync(session => session.Token == token && !session.IsTill) is { } found && SecretToken.AreEqual(found.Token, token) ? found : null;

    /// <summary>Finds a session by the token that Mion has, or null.</summary>
    public async Task<MionPaymentSession?> GetByWebhookTokenAsync(string? token) =>
        SecretToken.IsWellFormed(token) && await FindAsync(session => session.WebhookToken == token) is { } found && SecretToken.AreEqual(found.WebhookToken, token) ? found : null;

    public Task<MionPaymentSession?> GetByPaymentSessionIdAsync(string paymentSessionId) =>
        FindAsync(session => session.PaymentSessionId == paymentSessionId);

    /// <summary>The session of our reference.</summary>
    public Task<MionPaymentSession?> GetByReferenceAsync(string reference) => FindAsync(session => session.Reference == reference);

    /// <summary>All sessions of an order, the newest first; none for 0, which every charge at the till without an order has.</summary>
    public async Task<IReadOnlyList<MionPaymentSession>> GetByOrderAsync(int orderId) =>
        orderId == 0 ? [] : await ListAsync(Sessions.Where(session => session.OrderId == orderId).OrderByDescending(session => session.Attempt));

    /// <summary>By stores, the sessions about which Mion has given no answer for long: how many, and when it last gave one about any of them.</summary>
    public async Task<IReadOnlyList<(int StoreId, int Count, DateTime LastAnswerOnUtc, string Error)>> GetUnansweredAsync(DateTime utcNow)
    {
        var (longAgo, sinceUtc) = (DateTime.UnixEpoch, utcNow - UnansweredSessions.MinSilence);
        // by the index of what is still looked at; a store has few of these
        var found = await Sessions.Where(session => session.NextCheckOnUtc > longAgo && session.CheckFailures >= UnansweredSessions.MinFailures && session.PaymentSessionId != string.Empty
                && (session.LastCheckOnUtc ?? session.CreatedOnUtc) < sinceUtc).Where(SessionRules.Unpaid)
            .Select(session => new { session.StoreId, AnsweredOnUtc = session.LastCheckOnUtc ?? session.CreatedOnUtc, session.LastError }).ToListAsync();
        return [.. found.GroupBy(session => session.StoreId).Select(store => (store.Key, store.Count(), DateTime.SpecifyKind(store.Max(session => session.AnsweredOnUtc), DateTimeKind.Utc), store.First().LastError))];
    }

    /// <summary>How many sessions there are.</summary>
    public Task<int> CountAsync() => Sessions.CountAsync();

    /// <summary>How many sessions are in a state.</summary>
    public Task<int> CountAsync(PaymentSessionState state) => Sessions.Where(SessionRules.In(state)).CountAsync();

    /// <summary>How many sessions are how far. One statement.</summary>
    public async Task<SessionCounts> GetCountsAsync(DateTime utcNow)
    {
        var (longAgo, beforeUtc) = (DateTime.UnixEpoch, utcNow - MionDefaults.OverdueAfter);
        var due = Sessions.Where(session => session.NextCheckOnUtc > longAgo && session.NextCheckOnUtc < utcNow);
        var (open, stalled) = (Sessions.Where(SessionRules.In(PaymentSessionState.Open)), Sessions.Where(SessionRules.Stalled));
        var needsPerson = Sessions.Where(SessionRules.In(PaymentSessionState.NeedsPerson));
        // any row will do to count beside; where there is none there is nothing to count
        var counts = await Sessions.OrderBy(session => session.Id).Take(1).Select(_ => new
        {
            Open = open.Count(),
            Overdue = due.Count(session => session.NextCheckOnUtc < beforeUtc),
            Stalled = stalled.Count(),
            NeedsPerson = needsPerson.Count(),
            First = due.Min(session => session.NextCheckOnUtc)
        }).FirstOrDefaultAsync();
        return counts is null ? new(0, 0, 0, 0, TimeSpan.Zero)
            : new(counts.Open, counts.Overdue, counts.Stalled, counts.NeedsPerson, utcNow - (counts.First ?? utcNow));
    }

    /// <summary>What has become of the webhooks of a store's latest sessions.</summary>
    /// <returns>When the newest payment was made whose webhook Mion had taken; when the newest session was created whose webhook Mion refused for good.</returns>
    public async Task<(DateTime? PaidOnUtc, DateTime? RefusedOnUtc)> GetWebhookFactsAsync(int storeId)
    {
        // by the key, and a few only: this is asked with every look at the page
        var latest = await Sessions.Where(session => session.StoreId == storeId).OrderByDescending(session => session.Id).Take(LatestSessions)
            .Select(session => new { session.CreatedOnUtc, session.PaidOnUtc, session.WebhookOnUtc, session.WebhookFailures }).ToListAsync();
        return (Utc.Mark(latest.Where(session => session.WebhookOnUtc < session.PaidOnUtc).Max(session => session.PaidOnUtc)),
            Utc.Mark(latest.Where(session => session.WebhookOnUtc is null && session.WebhookFailures >= WebhookRegistration.MaxFailures).Max(session => (DateTime?)session.CreatedOnUtc)));
    }

    /// <summary>
    /// Takes sessions whose next check is due, the longest overdue first. One statement moves their next check, on the
    /// condition that it is still due: of two workers who see the same session one gets it. Should that one crash, the
    /// session is due again at the end of the lease.
    /// </summary>
    /// <param name="count">How many at most; also bounds the memory.</param>
    /// <param name="lease">How long the others leave them alone.</param>
    /// <returns>The sessions; in memory they keep the time at which they were due.</returns>
    public async Task<IReadOnlyList<MionPaymentSession>> TakeDueAsync(DateTime utcNow, int count, TimeSpan lease)
    {
        // not "and is not null", which follows from it: a planner multiplies the two, expects a hundredth of the rows, and
        // then sorts all that are due instead of reading the first of them from the index
        var ids = await Sessions.Where(session => session.NextCheckOnUtc <= utcNow)
            .OrderBy(session => session.NextCheckOnUtc).Take(count).Select(session => session.Id).ToListAsync();
        if (ids.Count == 0)
            return [];

        var (token, until) = (Guid.NewGuid(), utcNow + lease);
        var taken = await Sessions
            .Where(session => ids.Contains(session.Id) && session.NextCheckOnUtc <= utcNow)
            .Set(session => session.CheckToken, (Guid?)token)
            .Set(session => session.NextCheckOnUtc, (DateTime?)until)
            .UpdateAsync();
        if (taken == 0)
            return [];
        var sessions = await ListAsync(Sessions.Where(session => ids.Contains(session.Id) && session.CheckToken == token));
        foreach (var session in sessions)
            session.NextCheckOnUtc = utcNow;
        return sessions;
    }

    /// <summary>Inserts a session unless its reference is taken: the unique index decides between two who open the same attempt.</summary>
    /// <param name="session">The new session, already claimed by whoever inserts it.</param>
    /// <returns>Whether the row is the caller's.</returns>
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
            if (await Sessions.AnyAsync(other => other.Reference == session.Reference))
                return false;
            throw;
        }
    }

    /// <summary>
    /// Claims a session for one worker: a single conditional statement, so one of any number of callers on any number
    /// of machines gets it. A claim older than its lease belongs to a worker that crashed, and is taken over.
    /// </summary>
    /// <param name="rule">Which sessions may be claimed; those that are not settled where none is named.</param>
    /// <returns>Whether the claim is the caller's.</returns>
    public async Task<bool> TryClaimAsync(int id, Guid claim, TimeSpan lease, SessionRule? rule = null) =>
        await Row(id).Where(rule ?? SessionRules.NotSettled).Where(SessionRules.NotClaimed)
            .Set(session => session.ClaimToken, (Guid?)claim)
            .Set(session => session.ClaimedUntilUtc, EndOf(lease))
            .UpdateAsync() == 1;

    /// <summary>
    /// Claims a session that is only reserved, to open it: its time begins, and should this process crash, the scheduled task looks
    /// whether Mion got the request.
    /// </summary>
    /// <param name="tip">The tip that was chosen for it: only whoever begins it says which.</param>
    /// <returns>Whether the claim is the caller's.</returns>
    public async Task<bool> TryBeginAsync(int id, Guid claim, TimeSpan lease, DateTime expiresOnUtc, DateTime nextCheckOnUtc, Tip tip = default) =>
        await Row(id).Where(SessionRules.Reserved).Where(SessionRules.NotClaimed)
            .Set(session => session.ClaimToken, (Guid?)claim)
            .Set(session => session.ClaimedUntilUtc, EndOf(lease))
            .Set(session => session.IsReserved, false)
            .Set(session => session.TipCents, tip.Cents)
            .Set(session => session.TipTotal, tip.Total)
            .Set(session => session.ExpiresOnUtc, expiresOnUtc)
            .Set(session => session.NextCheckOnUtc, (DateTime?)nextCheckOnUtc)
            .UpdateAsync() == 1;

    /// <summary>What other rows say against a payment: one with the same session of Mion's, or a later charge of the same key at the till.</summary>
    public async Task<ReviewReason> FindSuspicionAsync(MionPaymentSession session)
    {
        var id = session.Id;
        if (await IsSharedAsync(id, session.PaymentSessionId))
            return ReviewReason.SharedSession;
        if (session.IsForOrder() || PaymentUrls.GetChargePrefix(session.Reference) is not { } prefix)
            return ReviewReason.None;
        return await Sessions.AnyAsync(other => other.Id > id && other.Reference.StartsWith(prefix)) ? ReviewReason.LateAtTill : ReviewReason.None;
    }

    /// <summary>Whether a session of Mion's belongs to another row.</summary>
    public Task<bool> IsSharedAsync(int id, string paymentSessionId) =>
        Sessions.AnyAsync(other => other.PaymentSessionId == paymentSessionId && other.Id != id);

    /// <summary>Begins the lease of a claim anew, right before what cannot be taken back.</summary>
    /// <returns>Whether the claim is still the caller's; a worker that was held up for longer than its lease may have been replaced.</returns>
    public async Task<bool> TryRenewAsync(int id, Guid claim, TimeSpan lease) =>
        await Claimed(id, claim).Set(session => session.ClaimedUntilUtc, EndOf(lease)).UpdateAsync() == 1;

    /// <summary>
    /// Writes the session that pays an order into the order, on the condition that the order still is what the decision was
    /// made on: pending, not cancelled, of the same total, with no other payment; and that no other row has the session.
    /// </summary>
    /// <param name="order">The order as it was read; names the session afterwards.</param>
    /// <returns>Whether it was; if not, everything is to be read again.</returns>
    public async Task<bool> TryStampOrderAsync(Order order, MionPaymentSession session)
    {
        var (id, total, stamped) = (order.Id, order.OrderTotal, order.CaptureTransactionId);
        var (sessionId, paymentSessionId) = (session.Id, session.PaymentSessionId);
        var isStamped = await orders.Table.Where(row => row.Id == id && !row.Deleted && row.OrderTotal == total && row.CaptureTransactionId == stamped
                && row.PaymentStatusId == (int)PaymentStatus.Pending && row.OrderStatusId != (int)OrderStatus.Cancelled
                && !Sessions.Any(other => other.PaymentSessionId == paymentSessionId && other.Id != sessionId))
            .Set(row => row.CaptureTransactionId, paymentSessionId)
            .UpdateAsync() == 1;
        if (isStamped)
            order.CaptureTransactionId = paymentSessionId;
        return isStamped;
    }

    /// <summary>
    /// Claims an order for one payment: an order can have several sessions, and two of them paid at the same moment must
    /// not both find the order unpaid. The claim is a single conditional statement on the order's first session, which
    /// always stays the first.
    /// </summary>
    /// <returns>Whether the claim is the caller's.</returns>
    public async Task<bool> TryClaimOrderAsync(MionPaymentSession session, Guid claim, TimeSpan lease)
    {
        // a statement of its own: MySQL does not let an update look into its own table
        var first = session.Attempt == 1 ? session.Id
            : await Sessions.Where(row => row.OrderId == session.OrderId).OrderBy(row => row.Attempt).Select(row => row.Id).FirstOrDefaultAsync();
        return await Row(first).Where(SessionRules.OrderNotClaimed)
            .Set(row => row.OrderClaimToken, (Guid?)claim)
            .Set(row => row.OrderClaimedUntilUtc, EndOf(lease))
            .UpdateAsync() == 1;
    }

    /// <summary>Gives the claim on an order back, where <see cref="TrySettleAsync"/> has not.</summary>
    public Task ReleaseOrderAsync(int orderId, Guid claim) =>
        Sessions.Where(row => row.OrderId == orderId && row.OrderClaimToken == claim)
            .Set(row => row.OrderClaimToken, (Guid?)null)
            .Set(row => row.OrderClaimedUntilUtc, (DateTime?)null)
            .UpdateAsync();

    /// <summary>Gives a claim back, with the failure that ended the work and the time of the next try.</summary>
    /// <param name="error">What went wrong, or empty; free of secrets.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task tries again.</param>
    /// <param name="problem">Why there is nothing to pay; null where that has not changed.</param>
    /// <param name="notBeforeUtc">Until when Mion is not asked to open the session again.</param>
    public Task ReleaseAsync(int id, Guid claim, string error, DateTime? nextCheckOnUtc, OpeningProblem? problem = null, DateTime? notBeforeUtc = null)
    {
        // without the run that took it: what that has still to say about it is older than this
        var release = Unclaim(Claimed(id, claim)
            .Set(session => session.CheckToken, (Guid?)null)
            .Set(session => session.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(session => session.NotBeforeUtc, notBeforeUtc)
            .Set(session => session.NextCheckOnUtc, nextCheckOnUtc));
        return (problem is { } why ? release.Set(session => session.AttemptProblemId, (int)why) : release).UpdateAsync();
    }

    /// <summary>Records that Mion has confirmed the session, and gives the claim back.</summary>
    /// <param name="session">The session; says what the row says where the claim was still the caller's.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task looks at it first.</param>
    /// <returns>Whether the claim was still the caller's; if not, the row says what another worker has made of it.</returns>
    public async Task<bool> TryRecordOpenedAsync(MionPaymentSession session, Guid claim, MionSession answer, DateTime? nextCheckOnUtc)
    {
        var (expiresOnUtc, status) = (answer.ExpiresOnUtc ?? session.ExpiresOnUtc, TextLimits.Cut(answer.Status, TextLimits.Status));
        var isOurs = await Unclaim(Claimed(session.Id, claim).Where(SessionRules.In(PaymentSessionState.Opening))
            .Set(row => row.StateId, (int)PaymentSessionState.Open)
            .Set(row => row.PaymentSessionId, answer.PaymentSessionId)
            .Set(row => row.MionStatus, status)
            .Set(row => row.ExpiresOnUtc, expiresOnUtc)
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .Set(row => row.CheckFailures, 0)
            .Set(row => row.LastError, string.Empty)
            .Set(row => row.AttemptProblemId, (int)OpeningProblem.None))
            .UpdateAsync() == 1;
        if (!isOurs)
            return false;
        (session.State, session.AttemptProblem) = (PaymentSessionState.Open, OpeningProblem.None);
        (session.PaymentSessionId, session.MionStatus) = (answer.PaymentSessionId, status);
        (session.ExpiresOnUtc, session.NextCheckOnUtc) = (expiresOnUtc, nextCheckOnUtc);
        (session.CheckFailures, session.LastError) = (0, string.Empty);
        (session.ClaimToken, session.ClaimedUntilUtc) = (null, null);
        return true;
    }

    /// <summary>
    /// Takes Mion's id back from a session if another row has got the same one at the same moment: asked after the id was
    /// recorded, so that at least one of the two sees the other.
    /// </summary>
    /// <returns>Whether it was taken back.</returns>
    public async Task<bool> TryWithdrawSharedAsync(MionPaymentSession session, string error, DateTime? nextCheckOnUtc)
    {
        if (!await IsSharedAsync(session.Id, session.PaymentSessionId))
            return false;
        await Row(session.Id).Where(SessionRules.In(PaymentSessionState.Open))
            .Set(row => row.StateId, (int)PaymentSessionState.Opening)
            .Set(row => row.PaymentSessionId, string.Empty)
            .Set(row => row.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();
        (session.State, session.PaymentSessionId, session.NextCheckOnUtc) = (PaymentSessionState.Opening, string.Empty, nextCheckOnUtc);
        return true;
    }

    /// <summary>Records in one statement that Mion had nothing new about many sessions.</summary>
    /// <param name="ids">Ids of rows that <see cref="TakeDueAsync"/> gave; one that another worker has taken since is left out.</param>
    /// <param name="checkToken">The run that took them.</param>
    /// <param name="nextCheckOnUtc">When they are looked at next.</param>
    public Task RecordUnchangedAsync(IReadOnlyList<int> ids, Guid? checkToken, DateTime utcNow, DateTime? nextCheckOnUtc) =>
        Sessions.Where(row => ids.Contains(row.Id) && row.CheckToken == checkToken).Where(SessionRules.Unpaid)
            .Set(row => row.LastCheckOnUtc, (DateTime?)utcNow)
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>
    /// Records what Mion said about a session that is not paid. Touches neither a claim nor a session that has been
    /// settled or looked at meanwhile: an answer that was overtaken changes nothing. A session that Mion knows again is open again.
    /// </summary>
    /// <param name="session">The session, with its new state and next check.</param>
    /// <returns>Whether it was recorded.</returns>
    public async Task<bool> TryRecordUnpaidAsync(MionPaymentSession session, MionSession answer, DateTime utcNow) =>
        await SetAnswer(AsRead(session).Where(SessionRules.Watched).Set(row => row.StateId, session.StateId), answer, utcNow, session.NextCheckOnUtc)
            .Set(row => row.ReviewReasonId, (int)ReviewReason.None)
            .Set(row => row.FundsSeen, session.FundsSeen)
            .Set(row => row.ExpiresOnUtc, session.ExpiresOnUtc)
            .UpdateAsync() == 1;

    /// <summary>Records that Mion could not be asked; the state stays what it was. An attempt that was overtaken changes nothing.</summary>
    /// <param name="session">The session as it was read, with its failures in a row, this one included.</param>
    /// <param name="error">What went wrong; free of secrets.</param>
    /// <param name="nextCheckOnUtc">When the scheduled task tries again.</param>
    public Task RecordFailureAsync(MionPaymentSession session, string error, DateTime? nextCheckOnUtc) =>
        AsRead(session).Where(SessionRules.NotSettled)
            .Set(row => row.CheckFailures, session.CheckFailures)
            .Set(row => row.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
            .UpdateAsync();

    /// <summary>
    /// Settles a paid session, as applied or as waiting for a person, and gives the claim back; the one on the order too
    /// where it stands in this very row.
    /// </summary>
    /// <param name="session">The session, with its new state, reason and next check.</param>
    /// <returns>Whether the claim was still the caller's.</returns>
    public async Task<bool> TrySettleAsync(MionPaymentSession session, Guid claim, MionSession answer, DateTime utcNow) =>
        await Unclaim(SetAnswer(Claimed(session.Id, claim).Set(row => row.StateId, session.StateId), answer, utcNow, session.NextCheckOnUtc)
            .Set(row => row.ReviewReasonId, session.ReviewReasonId)
            .Set(row => row.FundsSeen, false)
            .Set(row => row.PaidOnUtc, answer.PaidOnUtc)
            .Set(row => row.SettledOnUtc, (DateTime?)utcNow)
            .Set(row => row.OrderClaimToken, row => row.OrderClaimToken == claim ? null : row.OrderClaimToken))
            .UpdateAsync() == 1;

    /// <summary>Records that an order which a session had paid is not paid by it any more: a person is needed.</summary>
    /// <returns>Whether this call did it.</returns>
    public async Task<bool> TryRecordSetBackAsync(int id, ReviewReason reason) =>
        await Row(id).Where(SessionRules.In(PaymentSessionState.Paid))
            .Set(row => row.StateId, (int)PaymentSessionState.NeedsPerson)
            .Set(row => row.ReviewReasonId, (int)reason)
            .UpdateAsync() == 1;

    /// <summary>Sets the next check of a session that is paid, waits for a person, or for Mion to know it again.</summary>
    public Task RecordStillWaitingAsync(int id, DateTime? nextCheckOnUtc) =>
        Row(id).Where(SessionRules.Waiting.Or(SessionRules.In(PaymentSessionState.Paid))).Set(row => row.NextCheckOnUtc, nextCheckOnUtc).UpdateAsync();

    /// <summary>Records that Mion does not know a session that it created: a person is needed.</summary>
    /// <param name="session">The session, with its failures and next check.</param>
    /// <param name="error">What Mion says.</param>
    /// <returns>Whether the row says so now; not where it has been settled or claimed meanwhile.</returns>
    public async Task<bool> TryRecordUnknownAsync(MionPaymentSession session, string error) =>
        await Row(session.Id).Where(SessionRules.Unpaid).Where(SessionRules.NotClaimed)
            .Set(row => row.StateId, (int)PaymentSessionState.NeedsPerson)
            .Set(row => row.ReviewReasonId, (int)ReviewReason.UnknownAtMion)
            .Set(row => row.FundsSeen, false)
            .Set(row => row.CheckFailures, session.CheckFailures)
            .Set(row => row.LastError, TextLimits.Cut(error, TextLimits.Error))
            .Set(row => row.NextCheckOnUtc, session.NextCheckOnUtc)
            .UpdateAsync() == 1;

    /// <summary>
    /// Records that a person has dealt with a payment: from now on it is left alone. One that Mion does not know goes on
    /// being looked at: should Mion find it again, paid, it is as new.
    /// </summary>
    /// <returns>Whether it was waiting for a person, and nobody was working on it.</returns>
    public async Task<bool> TryRecordHandledAsync(int id) =>
        await Row(id).Where(SessionRules.In(PaymentSessionState.NeedsPerson)).Where(SessionRules.NotClaimed)
            .Set(row => row.StateId, (int)PaymentSessionState.Handled)
            .Set(row => row.NextCheckOnUtc, row => row.ReviewReasonId == (int)ReviewReason.UnknownAtMion ? row.NextCheckOnUtc : null)
            .UpdateAsync() == 1;

    /// <summary>Gives a charge up, unless it is concluded or was given up before.</summary>
    /// <returns>Whether this call did it.</returns>
    public async Task<bool> TryCancelAsync(int id, DateTime utcNow) =>
        await Row(id).Where(session => session.IsTill && session.CancelledOnUtc == null).Where(SessionRules.Concluded.Not())
            .Set(session => session.CancelledOnUtc, (DateTime?)utcNow)
            .UpdateAsync() == 1;

    /// <summary>Records what the store owner has been told of by e-mail.</summary>
    public Task RecordPersonToldAsync(int id, string what) => Row(id).Set(row => row.PersonToldOf, what).UpdateAsync();

    /// <summary>Records that nopCommerce has marked the order as paid and done all that follows from it.</summary>
    public Task RecordMarkedAsync(int id, DateTime utcNow) => Row(id).Set(row => row.MarkedOnUtc, (DateTime?)utcNow).UpdateAsync();

    /// <summary>Records which refunds have been noted, and gives the claim back.</summary>
    /// <param name="refundSessionIds">As <see cref="MionPaymentSession.RefundSessionIds"/>.</param>
    public Task RecordRefundsAsync(int id, Guid claim, string? refundSessionIds, DateTime utcNow)
    {
        var update = Unclaim(Claimed(id, claim).Set(row => row.RefundSessionIds, refundSessionIds));
        return (string.IsNullOrEmpty(refundSessionIds) ? update : update.Set(row => row.RefundedOnUtc, row => row.RefundedOnUtc ?? utcNow)).UpdateAsync();
    }

    /// <summary>Records how far Mion's own processing of a paid session has come.</summary>
    public Task RecordProcessingAsync(int id, MionSession answer) =>
        Row(id).Where(SessionRules.In(PaymentSessionState.Paid))
            .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
            .Set(row => row.FundingStatus, TextLimits.Cut(answer.FundingStatus, TextLimits.Status))
            .UpdateAsync();

    /// <summary>Records when Mion has accepted the webhook; one more refusal for null.</summary>
    public Task RecordWebhookAsync(int id, DateTime? acceptedOnUtc) => acceptedOnUtc is { } accepted
        ? Row(id).Set(session => session.WebhookOnUtc, (DateTime?)accepted).UpdateAsync()
        : Row(id).Set(session => session.WebhookFailures, session => session.WebhookFailures + 1).UpdateAsync();

    /// <summary>Deletes every record; only on the merchant's explicit wish.</summary>
    public Task DeleteAllAsync() => repository.DeleteAsync(session => session.Id > 0);

    private IQueryable<MionPaymentSession> Sessions => repository.Table;

    private IQueryable<MionPaymentSession> Row(int id) => Sessions.Where(session => session.Id == id);

    /// <summary>The row, if nobody has looked at the session at Mion since it was read, nor tried in vain to apply its payment.</summary>
    private IQueryable<MionPaymentSession> AsRead(MionPaymentSession session)
    {
        var (id, checkToken, lastCheckOnUtc) = (session.Id, session.CheckToken, session.LastCheckOnUtc);
        return Sessions.Where(row => row.Id == id && row.CheckToken == checkToken && row.LastCheckOnUtc == lastCheckOnUtc);
    }

    private IQueryable<MionPaymentSession> Claimed(int id, Guid claim) => Row(id).Where(session => session.ClaimToken == claim);

    private static Expression<Func<MionPaymentSession, DateTime?>> EndOf(TimeSpan lease)
    {
        var seconds = (int)lease.TotalSeconds;
        return DatabaseClock.Use<MionPaymentSession, DateTime?>((_, utcNow) => utcNow.AddSeconds(seconds));
    }

    private static IUpdatable<MionPaymentSession> Unclaim(IUpdatable<MionPaymentSession> update) => update
        .Set(row => row.ClaimToken, (Guid?)null)
        .Set(row => row.ClaimedUntilUtc, (DateTime?)null);

    private static IUpdatable<MionPaymentSession> SetAnswer(IUpdatable<MionPaymentSession> update, MionSession answer, DateTime utcNow, DateTime? nextCheckOnUtc) => update
        .Set(row => row.MionStatus, TextLimits.Cut(answer.Status, TextLimits.Status))
        .Set(row => row.FundingStatus, TextLimits.Cut(answer.FundingStatus, TextLimits.Status))
        .Set(row => row.PaymentMethod, TextLimits.Cut(answer.PaymentMethod, TextLimits.Status))
        .Set(row => row.LastCheckOnUtc, (DateTime?)utcNow)
        .Set(row => row.NextCheckOnUtc, nextCheckOnUtc)
        .Set(row => row.CheckFailures, 0)
        .Set(row => row.LastError, string.Empty);

    private async Task<MionPaymentSession?> FindAsync(Expression<Func<MionPaymentSession, bool>> condition) =>
        await Sessions.FirstOrDefaultAsync(condition) is { } found ? Utc.Mark(found) : null;

    private static async Task<IReadOnlyList<MionPaymentSession>> ListAsync(IQueryable<MionPaymentSession> query) =>
        (await query.ToListAsync()).ConvertAll(Utc.Mark);
}
