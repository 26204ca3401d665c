using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Services;

/// <summary>
/// The payments that this process is bringing to their orders right now, so that a callback that was sent five times
/// does not ask the database five times who may do it. Decides nothing: that is the claim in the table, which holds for
/// all processes. One per process.
/// </summary>
public class PaymentsInHand(TimeProvider timeProvider)
{
    /// <summary>Who takes longer is asked about in the table again: it may have died.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, Hand> _hands = new();

    /// <summary>
    /// Takes a payment in hand.
    /// </summary>
    /// <param name="sessionId">Id of the session's row.</param>
    /// <returns>To be disposed of at the end; null where another caller has it in hand.</returns>
    public IDisposable? TryTake(int sessionId)
    {
        var hand = new Hand(this, sessionId, timeProvider.GetUtcNow());
        while (!_hands.TryAdd(sessionId, hand))
        {
            if (!_hands.TryGetValue(sessionId, out var other))
                continue;
            // the clock of the claims; where it was put back, nobody waits for it to catch up
            if ((hand.TakenAt - other.TakenAt).Duration() < Limit)
                return null;
            if (_hands.TryUpdate(sessionId, hand, other))
                break;
        }

        return hand;
    }

    private sealed class Hand(PaymentsInHand all, int sessionId, DateTimeOffset takenAt) : IDisposable
    {
        public DateTimeOffset TakenAt => takenAt;

        // its own entry only: another may have taken over
        public void Dispose() => all._hands.TryRemove(KeyValuePair.Create(sessionId, this));
    }
}
