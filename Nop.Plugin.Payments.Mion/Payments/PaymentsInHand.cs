using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// The payments that this process is bringing to their orders right now. Who finds one in hand waits for what comes of
/// it: a callback that was sent five times does not ask the database five times who may do it, its answer tells what was
/// done, and a shopper who returns in that moment finds the order paid. Decides nothing: that is the claim in the table,
/// which holds for all processes. One per process.
/// </summary>
public class PaymentsInHand(TimeProvider timeProvider)
{
    /// <summary>Nobody waits longer: who takes longer may have died, and the claim in the table is asked again.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, Hand> _hands = new();

    /// <summary>
    /// Brings a payment to its order, or waits for whoever is at it.
    /// </summary>
    /// <param name="sessionId">Id of the session's row.</param>
    /// <param name="apply">Brings it there; safe for any number of callers.</param>
    /// <returns>What came of it; <see cref="ApplyResult.Failed"/> for those who waited for one who threw.</returns>
    public async Task<ApplyResult> ShareAsync(int sessionId, Func<Task<ApplyResult>> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        var hand = new Hand(timeProvider.GetUtcNow());
        while (!_hands.TryAdd(sessionId, hand))
        {
            if (!_hands.TryGetValue(sessionId, out var other))
                continue;
            // the clock of the claims; where it was put back, nobody waits for it to catch up
            if ((hand.TakenAt - other.TakenAt).Duration() < Limit && await other.WaitAsync(timeProvider) is { } result)
                return result;
            hand = new Hand(timeProvider.GetUtcNow());
            if (_hands.TryUpdate(sessionId, hand, other))
                break;
        }

        try
        {
            return hand.Result = await apply();
        }
        finally
        {
            // its own entry only: another may have taken over
            _hands.TryRemove(KeyValuePair.Create(sessionId, hand));
            hand.LetGo();
        }
    }

    private sealed class Hand(DateTimeOffset takenAt)
    {
        private readonly TaskCompletionSource<ApplyResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset TakenAt => takenAt;

        public ApplyResult Result { get; set; } = ApplyResult.Failed;

        public void LetGo() => _done.TrySetResult(Result);

        /// <summary>What came of it, or null when it takes too long.</summary>
        public async Task<ApplyResult?> WaitAsync(TimeProvider timeProvider)
        {
            try
            {
                return await _done.Task.WaitAsync(Limit, timeProvider);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }
}
