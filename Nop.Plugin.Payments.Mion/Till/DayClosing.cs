using Newtonsoft.Json;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>What a store's tills have received since their last close.</summary>
/// <param name="FromUtc">When that was; null where there was none yet.</param>
/// <param name="NextNumber">Of the close that would be made now.</param>
/// <param name="IsUnfinished">Whether somebody has begun that close and not finished it.</param>
public sealed record DayReading(DaySums Sums, DateTime? FromUtc, int NextNumber, bool IsUnfinished);

/// <summary>Reads (X) and closes (Z) a store's day at the till.</summary>
/// <remarks>
/// A close is begun by its row, whose number only one worker can insert; then it takes the payments, adds them up, and is finished
/// by a statement that asks whether it is still that worker's. Whoever comes meanwhile waits for it, and takes over what a crash has
/// left: nothing but the finished row counts.
/// </remarks>
public class DayClosing(DayCloseStore store, TimeProvider timeProvider)
{
    private const int LooksBeforeTakingOver = 20;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly JsonSerializerSettings _ascii = new() { StringEscapeHandling = StringEscapeHandling.EscapeNonAscii };

    /// <summary>Adds up what belongs to no close yet.</summary>
    /// <param name="tillName">Of one till only; null for all.</param>
    public async Task<DayReading> ReadAsync(int storeId, string? tillName)
    {
        var last = await store.GetLastAsync(storeId);
        var finished = last is { ClosedOnUtc: null } ? await store.FindAsync(storeId, last.Number - 1) : last;
        var since = finished?.LastSessionId ?? 0;
        IEnumerable<MionPaymentSession> sessions = [.. await store.GetUnclosedAsync(storeId), .. await store.GetUnpaidAsync(storeId, since)];
        var sums = DaySums.Of([.. sessions.Where(session => tillName is null || session.TillName == tillName)], since, UtcNow);
        return new(sums, finished?.ClosedOnUtc, (finished?.Number ?? 0) + 1, last is { ClosedOnUtc: null });
    }

    /// <summary>Makes a close, or finds the one of its number.</summary>
    /// <param name="number">The number that whoever closes was shown: two who were shown the same make one close.</param>
    /// <returns>The close; null where a store's closes have not come to this number.</returns>
    public async Task<MionTillClose?> CloseAsync(int storeId, int number, TillOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var before = number == 1 ? null : await store.FindAsync(storeId, number - 1);
        if (number < 1 || number > 1 && before is not { ClosedOnUtc: not null })
            return null;
        for (var looks = 0; ; looks++)
        {
            var ours = new MionTillClose
            {
                StoreId = storeId,
                Number = number,
                Token = Guid.NewGuid(),
                FromUtc = before?.ClosedOnUtc,
                TillName = origin.TillName,
                AssistantId = origin.AssistantId
            };
            var close = await store.FindAsync(storeId, number);
            if (close is { ClosedOnUtc: not null })
                return close;
            var isOurs = close is null ? await store.TryBeginAsync(ours) : looks >= LooksBeforeTakingOver && await store.TryTakeOverAsync(close, ours);
            if (isOurs)
            {
                await FinishAsync(ours, before?.LastSessionId ?? 0);
                // should it have been taken over meanwhile, that one is waited for
                looks = 0;
            }
            else
            {
                await Task.Delay(_pause, timeProvider);
            }
        }
    }

    /// <summary>The sums of a close, as they stood.</summary>
    public static DaySums ReadSums(MionTillClose close) => PlainJson.Read<DaySums>(close.Sums) ?? new DaySums();

    private DateTime UtcNow => timeProvider.GetUtcNow().UtcDateTime;

    private async Task FinishAsync(MionTillClose close, int since)
    {
        await store.TakeAsync(close.StoreId, close.Token);
        var sums = DaySums.Of([.. await store.GetReceivedAsync(close.Token), .. await store.GetUnpaidAsync(close.StoreId, since)], since, UtcNow);
        (close.ReceivedCount, close.ReceivedCents) = sums.Received();
        (close.ClosedOnUtc, close.LastSessionId, close.Sums) = (UtcNow, await store.GetLastSessionIdAsync(close.StoreId), PlainJson.Write(sums, _ascii));
        await store.TryFinishAsync(close);
    }
}
