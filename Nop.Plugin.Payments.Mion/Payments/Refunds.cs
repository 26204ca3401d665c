using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Notes on the order, once each, what Mion has given back to the payer.</summary>
/// <remarks>The order's own payment status stays the merchant's: Mion names a refund, not its amount.</remarks>
public class Refunds(PaymentJournal journal, PaymentSessionStore store, TimeProvider timeProvider)
{
    private const char Separator = ' ';

    /// <summary>Notes refunds that have not been noted. Costs no statement where there is nothing new.</summary>
    /// <param name="session">The session as stored; its payment has arrived.</param>
    public async Task NoteAsync(MionPaymentSession session, MionSession answer, CheckTrigger trigger)
    {
        if (FindNew(session, answer).Count == 0)
            return;

        // claimed, so that of two callbacks at a time one writes; noted before it is recorded, so that a crash loses nothing
        var claim = Guid.NewGuid();
        if (!await store.TryClaimAsync(session.Id, claim, MionDefaults.ApplyLease, SessionRules.Concluded))
            return;
        var noted = session.RefundSessionIds;
        try
        {
            var current = await store.GetByIdAsync(session.Id) ?? session;
            noted = current.RefundSessionIds;
            var told = new List<string>();
            foreach (var refund in FindNew(current, answer))
            {
                if (await journal.RefundedAsync(current, refund, trigger))
                    told.Add(refund);
            }

            noted = string.Join(Separator, (noted ?? string.Empty).Split(Separator, StringSplitOptions.RemoveEmptyEntries).Concat(told));
        }
        finally
        {
            await store.RecordRefundsAsync(session.Id, claim, noted, timeProvider.GetUtcNow().UtcDateTime);
        }
    }

    private static List<string> FindNew(MionPaymentSession session, MionSession answer)
    {
        var known = (session.RefundSessionIds ?? string.Empty).Split(Separator, StringSplitOptions.RemoveEmptyEntries);
        var room = MionPaymentSession.MaxRefundSessionIds - (session.RefundSessionIds?.Length ?? 0);
        return answer.RefundSessionIds
            // a UUID by the guide; anything else is not copied into an order
            .Where(id => Guid.TryParse(id, out _) && !known.Contains(id, StringComparer.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .TakeWhile(id => (room -= id.Length + 1) >= 0)
            .ToList();
    }
}
