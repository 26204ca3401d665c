namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>What a payer, the clock or Mion's staff can do to a session, by the names that the controls use.</summary>
internal sealed class Payers(SessionStore sessions)
{
    /// <summary>The names that <see cref="Act"/> knows.</summary>
    public static IReadOnlyList<string> Acts { get; } =
        ["pay-lightning", "pay-on-chain", "confirm", "pay-too-little", "pay-late", "expire", "refund", "advance", "call-webhooks"];

    /// <summary>Does one of <see cref="Acts"/>.</summary>
    /// <exception cref="KeyNotFoundException">No such session.</exception>
    /// <exception cref="InvalidOperationException">The session's state does not allow it.</exception>
    /// <exception cref="ArgumentException">No such act.</exception>
    public StandInSession Act(string act, string paymentSessionId, string? lnInvoice = null)
    {
        var session = Find(paymentSessionId);
        return act switch
        {
            "pay-lightning" => session.Change((state, now) => SessionChanges.PayByLightning(state, now, lnInvoice)),
            "pay-on-chain" => session.Change(SessionChanges.SeeOnChain),
            "confirm" => session.Change(SessionChanges.Confirm),
            "pay-too-little" => session.Change(SessionChanges.PayTooLittle),
            "pay-late" => session.Change(SessionChanges.PayLate),
            "expire" => session.Change(SessionChanges.Expire),
            "refund" => session.Change(SessionChanges.Refund),
            "advance" => session.Change(SessionChanges.Advance),
            "call-webhooks" => CallWebhooks(session),
            _ => throw new ArgumentException($"'{act}' is none of {string.Join(", ", Acts)}.", nameof(act))
        };
    }

    private static StandInSession CallWebhooks(PaymentSession session)
    {
        session.CallWebhooks();
        return session.Read();
    }

    private PaymentSession Find(string paymentSessionId) => sessions.Find(paymentSessionId)
        ?? throw new KeyNotFoundException($"There is no payment session {paymentSessionId}.");
}
