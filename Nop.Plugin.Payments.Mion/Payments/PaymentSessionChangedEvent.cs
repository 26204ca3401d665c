namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Published through nopCommerce's event publisher when something has happened to a payment session, after its row says so, for
/// other plugins (an <c>IConsumer&lt;PaymentSessionChangedEvent&gt;</c>). Once each, but where the process dies in between: what
/// must not be missed is read from the order.
/// </summary>
/// <param name="Kind">
/// <see cref="PaymentEventKind.Opened"/>, <see cref="PaymentEventKind.Seen"/>, <see cref="PaymentEventKind.Paid"/>,
/// <see cref="PaymentEventKind.Expired"/>, <see cref="PaymentEventKind.NeedsPerson"/>, <see cref="PaymentEventKind.RefundSeen"/> or
/// <see cref="PaymentEventKind.Handled"/>.
/// </param>
/// <param name="SessionId">The number of the plugin's row.</param>
/// <param name="PaymentSessionId">Mion's id.</param>
/// <param name="OrderId">0 for a charge of the till without an order.</param>
/// <param name="AmountCents">In euro cents, without the tip.</param>
/// <param name="ReviewReason">Why a person must decide; <see cref="ReviewReason.None"/> where nobody must.</param>
/// <param name="OnUtc">UTC.</param>
public sealed record PaymentSessionChangedEvent(
    PaymentEventKind Kind,
    int SessionId,
    string PaymentSessionId,
    int OrderId,
    int StoreId,
    bool IsTill,
    long AmountCents,
    ReviewReason ReviewReason,
    DateTime OnUtc)
{
    /// <summary>What the customer gives on top of the amount at the till, in euro cents.</summary>
    public long TipCents { get; init; }

    /// <summary>Whether other plugins are told of a kind.</summary>
    internal static bool IsAbout(PaymentEventKind kind) => kind is PaymentEventKind.Opened or PaymentEventKind.Seen or PaymentEventKind.Paid
        or PaymentEventKind.Expired or PaymentEventKind.NeedsPerson or PaymentEventKind.RefundSeen or PaymentEventKind.Handled;

    internal static PaymentSessionChangedEvent Of(MionPaymentSession session, PaymentEventKind kind, DateTime onUtc) => new(kind, session.Id,
        session.PaymentSessionId, session.OrderId, session.StoreId, session.IsTill, session.AmountCents, session.ReviewReason, onUtc)
    {
        TipCents = session.TipCents
    };
}
