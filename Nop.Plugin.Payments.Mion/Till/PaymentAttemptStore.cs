using LinqToDB;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// What only the till asks of the database: the attempts of a session, who may ask Mion for the next one, and which
/// charge a customer's screen shows.
/// </summary>
/// <remarks>As in <see cref="PaymentSessionStore"/>: conditional updates of single columns, nothing cached, times in UTC.</remarks>
public class PaymentAttemptStore(IRepository<MionPaymentAttempt> attempts, IRepository<MionPaymentSession> sessions)
{
    /// <summary>The newest attempt of a session, or null.</summary>
    public async Task<MionPaymentAttempt?> GetNewestAsync(int sessionId) =>
        await attempts.Table.Where(attempt => attempt.SessionId == sessionId).OrderByDescending(attempt => attempt.Id).FirstOrDefaultAsync() is { } newest ? Utc.Mark(newest) : null;

    /// <summary>One attempt of a session, or null.</summary>
    public async Task<MionPaymentAttempt?> GetAsync(int sessionId, int attemptId) =>
        await attempts.Table.FirstOrDefaultAsync(attempt => attempt.Id == attemptId && attempt.SessionId == sessionId) is { } found ? Utc.Mark(found) : null;

    /// <summary>All attempts of a session, the newest first.</summary>
    public async Task<IReadOnlyList<MionPaymentAttempt>> GetAllAsync(int sessionId) =>
        (await attempts.Table.Where(attempt => attempt.SessionId == sessionId).OrderByDescending(attempt => attempt.Id).ToListAsync()).ConvertAll(Utc.Mark);

    /// <summary>Adds an attempt to the history.</summary>
    /// <param name="attempt">What Mion answered.</param>
    public Task InsertAsync(MionPaymentAttempt attempt) => attempts.InsertAsync(attempt, publishEvent: false);

    /// <summary>Claims the request for the next attempt: one conditional statement, so one of any number of screens asks Mion.</summary>
    /// <param name="lease">After this another may ask: the holder has crashed.</param>
    /// <returns>Whether the claim is ours; never for a session that is not open or was given up.</returns>
    public async Task<bool> TryClaimAsync(int sessionId, DateTime utcNow, TimeSpan lease)
    {
        var until = utcNow + lease;
        return await sessions.Table
            .Where(session => session.Id == sessionId && session.StateId == (int)PaymentSessionState.Open && session.CancelledOnUtc == null
                && (session.AttemptClaimedUntilUtc == null || session.AttemptClaimedUntilUtc < utcNow))
            .Set(session => session.AttemptClaimedUntilUtc, (DateTime?)until)
            .UpdateAsync() == 1;
    }

    /// <summary>Gives the claim back, with what came of it.</summary>
    /// <param name="problem">Why there is no attempt, or none.</param>
    /// <param name="notBeforeUtc">When Mion may be asked again; null for at once.</param>
    public async Task ReleaseAsync(int sessionId, OpeningProblem problem, DateTime? notBeforeUtc) =>
        await sessions.Table.Where(session => session.Id == sessionId)
            .Set(session => session.AttemptClaimedUntilUtc, notBeforeUtc)
            .Set(session => session.AttemptProblemId, (int)problem)
            .UpdateAsync();

    /// <summary>The newest charge that a customer's screen belongs to, or null.</summary>
    /// <param name="screenToken">What stands in the screen's address.</param>
    public async Task<MionPaymentSession?> GetByScreenAsync(string? screenToken) =>
        !SecretToken.IsWellFormed(screenToken) ? null
        : await sessions.Table.Where(session => session.ScreenToken == screenToken).OrderByDescending(session => session.Id).FirstOrDefaultAsync()
            is { } found && SecretToken.AreEqual(found.ScreenToken, screenToken) ? Utc.Mark(found)
        : null;

    /// <summary>The charge of a receipt's token, or null.</summary>
    public async Task<MionPaymentSession?> GetByTokenAsync(string? token) =>
        SecretToken.IsWellFormed(token) && await sessions.Table.FirstOrDefaultAsync(session => session.Token == token && session.IsTill) is { } found
            && SecretToken.AreEqual(found.Token, token) ? Utc.Mark(found) : null;

    /// <summary>The latest charges, the newest first.</summary>
    /// <param name="tillName">Of which till: one without a name for empty, all tills for null.</param>
    public async Task<IReadOnlyList<MionPaymentSession>> GetLatestAsync(int count, string? tillName) =>
        (await sessions.Table.Where(session => session.IsTill && (tillName == null || session.TillName == tillName)).OrderByDescending(session => session.Id).Take(count).ToListAsync()).ConvertAll(Utc.Mark);

    /// <summary>Deletes the history; only on the merchant's explicit wish.</summary>
    public async Task DeleteAllAsync() => await attempts.DeleteAsync(attempt => attempt.Id > 0);
}
