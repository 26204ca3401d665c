using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// A line of a payment session's history: what was seen when, by which trigger, and what was decided. Written at
/// changes only, never for a look that found nothing new.
/// </summary>
/// <remarks>Holds nothing personal but the id of the person who decided. Times are UTC; columns are the settable properties.</remarks>
public class MionPaymentEvent : BaseEntity
{
    /// <summary>Id of the <see cref="MionPaymentSession"/>.</summary>
    public int SessionId { get; set; }

    /// <summary>Id of the session's order.</summary>
    public int OrderId { get; set; }

    /// <summary>When it happened, UTC.</summary>
    public DateTime OnUtc { get; set; }

    /// <summary><see cref="PaymentEventKind"/> as stored.</summary>
    public int KindId { get; set; }

    /// <summary>What made the plugin look (<c>CheckTrigger</c>), as stored.</summary>
    public int TriggerId { get; set; }

    /// <summary>What is to be said beyond the kind, in at most 400 characters; free of secrets.</summary>
    public string Detail { get; set; } = string.Empty;

    /// <summary>The customer account of the person who decided; null where no person did.</summary>
    public int? CustomerId { get; set; }

    /// <summary>What happened.</summary>
    public PaymentEventKind Kind
    {
        get => (PaymentEventKind)KindId;
        set => KindId = (int)value;
    }
}
