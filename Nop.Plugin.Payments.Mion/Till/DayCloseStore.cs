using LinqToDB;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The closes of the till's day, and which payments belong to them.</summary>
/// <remarks>
/// A payment belongs to the finished close whose token it carries. A token is written into payments by one statement of the one
/// worker who made it, and only while the close has it; a close that was taken over from that worker has another token, and what
/// carries the old one is free for ever after.
/// </remarks>
public class DayCloseStore(IRepository<MionTillClose> closes, IRepository<MionPaymentSession> sessions)
{
    /// <summary>A close, or null.</summary>
    public async Task<MionTillClose?> GetAsync(int id) => Mark(await closes.Table.FirstOrDefaultAsync(close => close.Id == id));

    /// <summary>The close of a number, finished or not, or null.</summary>
    public async Task<MionTillClose?> FindAsync(int storeId, int number) =>
        Mark(await closes.Table.FirstOrDefaultAsync(close => close.StoreId == storeId && close.Number == number));

    /// <summary>A store's latest close, finished or not, or null.</summary>
    public async Task<MionTillClose?> GetLastAsync(int storeId) => (await GetLatestAsync(storeId, 1)).FirstOrDefault();

    /// <summary>A store's closes, the newest first; an unfinished one too.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    public async Task<IReadOnlyList<MionTillClose>> GetLatestAsync(int storeId, int count, int? before = null) =>
        (await closes.Table.Where(close => close.StoreId == storeId && (before == null || close.Number < before)).OrderByDescending(close => close.Number).Take(count).ToListAsync())
            .ConvertAll(Utc.Mark);

    /// <summary>Begins a close: the unique index decides between two.</summary>
    /// <returns>Whether it is the caller's.</returns>
    public async Task<bool> TryBeginAsync(MionTillClose close)
    {
        try
        {
            await closes.InsertAsync(close, publishEvent: false);
            return true;
        }
        catch (Exception)
        {
            // which exception a unique index raises depends on the database; that the row is there does not
            if (await FindAsync(close.StoreId, close.Number) is not null)
                return false;
            throw;
        }
    }

    /// <summary>Takes a close over from a worker who seems to have crashed; should that one be slow only, it cannot finish any more.</summary>
    /// <param name="close">As it was read.</param>
    /// <param name="by">Whose it is from now on, under a new token.</param>
    /// <returns>Whether it is the caller's.</returns>
    public async Task<bool> TryTakeOverAsync(MionTillClose close, MionTillClose by)
    {
        var (id, old) = (close.Id, close.Token);
        return await closes.Table.Where(row => row.Id == id && row.Token == old && row.ClosedOnUtc == null)
            .Set(row => row.Token, by.Token)
            .Set(row => row.TillName, by.TillName)
            .Set(row => row.AssistantId, by.AssistantId)
            .UpdateAsync() == 1;
    }

    /// <summary>Takes all payments that belong to no close into one, by a single statement.</summary>
    public async Task TakeAsync(int storeId, Guid token)
    {
        // what a worker left who crashed or was overtaken; as a list: a token that no close has, none gets again
        var free = await sessions.Table.Where(session => session.IsTill && session.StoreId == storeId && session.DayCloseToken != null
            && !closes.Table.Any(close => close.Token == session.DayCloseToken)).Select(session => session.DayCloseToken).Distinct().ToListAsync();
        await sessions.Table.Where(session => session.IsTill && session.StoreId == storeId && session.PaidOnUtc != null
                && (session.DayCloseToken == null || free.Contains(session.DayCloseToken)))
            .Set(session => session.DayCloseToken, (Guid?)token)
            .UpdateAsync();
    }

    /// <summary>Finishes a close.</summary>
    /// <param name="close">With its sums and its time.</param>
    /// <returns>Whether it was still the caller's, and not finished.</returns>
    public async Task<bool> TryFinishAsync(MionTillClose close) =>
        await closes.Table.Where(row => row.StoreId == close.StoreId && row.Number == close.Number && row.Token == close.Token && row.ClosedOnUtc == null)
            .Set(row => row.ClosedOnUtc, close.ClosedOnUtc)
            .Set(row => row.LastSessionId, close.LastSessionId)
            .Set(row => row.ReceivedCount, close.ReceivedCount)
            .Set(row => row.ReceivedCents, close.ReceivedCents)
            .Set(row => row.Sums, close.Sums)
            .UpdateAsync() == 1;

    /// <summary>The payments that a close has taken.</summary>
    public async Task<IReadOnlyList<MionPaymentSession>> GetReceivedAsync(Guid token) =>
        (await sessions.Table.Where(session => session.DayCloseToken == token).ToListAsync()).ConvertAll(Utc.Mark);

    /// <summary>The payments that belong to no finished close.</summary>
    public async Task<IReadOnlyList<MionPaymentSession>> GetUnclosedAsync(int storeId) =>
        (await sessions.Table.Where(session => session.IsTill && session.StoreId == storeId && session.PaidOnUtc != null
            && !closes.Table.Any(close => close.Token == session.DayCloseToken && close.ClosedOnUtc != null)).ToListAsync()).ConvertAll(Utc.Mark);

    /// <summary>Charges without a payment: those made since a close, and older ones about which something is not settled.</summary>
    /// <param name="lastSessionId">The newest charge at that close.</param>
    public async Task<IReadOnlyList<MionPaymentSession>> GetUnpaidAsync(int storeId, int lastSessionId) =>
        (await sessions.Table.Where(session => session.IsTill && session.StoreId == storeId && session.PaidOnUtc == null
            && (session.Id > lastSessionId || session.FundsSeen || session.StateId == (int)PaymentSessionState.NeedsPerson)).ToListAsync()).ConvertAll(Utc.Mark);

    /// <summary>The newest charge of a store's tills; 0 for none.</summary>
    public Task<int> GetLastSessionIdAsync(int storeId) =>
        sessions.Table.Where(session => session.IsTill && session.StoreId == storeId).OrderByDescending(session => session.Id).Select(session => session.Id).FirstOrDefaultAsync();

    /// <summary>Deletes the closes; only on the merchant's explicit wish, with the payments.</summary>
    public Task DeleteAllAsync() => closes.DeleteAsync(close => close.Id > 0);

    private static MionTillClose? Mark(MionTillClose? close) => close is null ? null : Utc.Mark(close);
}
