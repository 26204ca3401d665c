using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// One attempt to pay one order, or an amount without an order at the till: what was asked of Mion, what Mion said, and what became of it.
/// </summary>
/// <remarks>
/// A row is written before the shopper leaves the store and is never overwritten by a later attempt, since an earlier
/// session stays payable at Mion. All times are UTC. Columns are the settable properties; enums are stored as numbers.
/// </remarks>
public class MionPaymentSession : BaseEntity
{
    /// <summary>Room for <see cref="RefundSessionIds"/>: a hundred refunds of one payment.</summary>
    public const int MaxRefundSessionIds = 3700;

    /// <summary><see cref="PersonToldOf"/> of a payment that was seen and is not complete long after its time.</summary>
    public const string ToldOfStalled = "SeenNotPaid";

    /// <summary>Id of the order; 0 where an amount without an order was charged at the till.</summary>
    public int OrderId { get; set; }

    /// <summary>GUID of the order; empty where there is none.</summary>
    public Guid OrderGuid { get; set; }

    /// <summary>Store of the order; its settings and its address are used.</summary>
    public int StoreId { get; set; }

    /// <summary>1 for the order's first session, then counting.</summary>
    public int Attempt { get; set; }

    /// <summary>Our name of the session at Mion: order GUID and attempt; unique, so that each attempt is opened once.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>Mion's id, a UUID in lower case; empty until Mion has confirmed the session.</summary>
    public string PaymentSessionId { get; set; } = string.Empty;

    /// <summary>128 random bits in lower-case hex: whoever has it may see and retry this payment; of a charge at the till, see its receipt and nothing else.</summary>
    public string Token { get; set; } = string.Empty;

    /// <summary>128 random bits in lower-case hex, known to Mion alone.</summary>
    public string WebhookToken { get; set; } = string.Empty;

    /// <summary>What the order, or the charge, is about, in euro cents; without the tip.</summary>
    public long AmountCents { get; set; }

    /// <summary>What the customer gives on top of it at the till, in euro cents; no part of any order.</summary>
    public long TipCents { get; set; }

    /// <summary>The order's total when the session was made, or the amount that was typed at the till, in the primary store currency then.</summary>
    public decimal OrderTotal { get; set; }

    /// <summary>The tip in the same currency; 0 also in rows from before it was kept.</summary>
    public decimal TipTotal { get; set; }

    /// <summary>ISO code of the primary store currency then.</summary>
    public string CurrencyCode { get; set; } = string.Empty;

    /// <summary>Euro for one unit of <see cref="CurrencyCode"/>; 1 where that is the euro.</summary>
    public decimal ExchangeRate { get; set; }

    /// <summary>When the store's rate was last updated; null where nothing was converted.</summary>
    public DateTime? ExchangeRateOnUtc { get; set; }

    /// <summary><see cref="PaymentSessionState"/> as stored.</summary>
    public int StateId { get; set; }

    /// <summary><see cref="ReviewReason"/> as stored.</summary>
    public int ReviewReasonId { get; set; }

    /// <summary>Mion's <c>status</c>, as it came.</summary>
    public string MionStatus { get; set; } = string.Empty;

    /// <summary>Mion's <c>fundingStatus</c>, as it came.</summary>
    public string FundingStatus { get; set; } = string.Empty;

    /// <summary>Mion's <c>paymentMethod</c>, such as <c>lightning</c>.</summary>
    public string PaymentMethod { get; set; } = string.Empty;

    /// <summary>Whether a payment has been seen that does not complete the session (yet).</summary>
    public bool FundsSeen { get; set; }

    /// <summary>When the row was written.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>Until when the session can be paid, by Mion's word once it is known.</summary>
    public DateTime ExpiresOnUtc { get; set; }

    /// <summary>Mion's <c>paidAt</c>.</summary>
    public DateTime? PaidOnUtc { get; set; }

    /// <summary>When the order was marked as paid, or handed to a person.</summary>
    public DateTime? SettledOnUtc { get; set; }

    /// <summary>When Mion was last asked successfully.</summary>
    public DateTime? LastCheckOnUtc { get; set; }

    /// <summary>When the scheduled task asks next; null when it does not any more.</summary>
    public DateTime? NextCheckOnUtc { get; set; }

    /// <summary>Mion has refused to open the session, and is not asked to before; null where nothing forbids it.</summary>
    public DateTime? NotBeforeUtc { get; set; }

    /// <summary>Failed checks in a row.</summary>
    public int CheckFailures { get; set; }

    /// <summary>The last failure in words; free of secrets.</summary>
    public string LastError { get; set; } = string.Empty;

    /// <summary>When Mion accepted the webhook; null while it has not.</summary>
    public DateTime? WebhookOnUtc { get; set; }

    /// <summary>Failed registrations of the webhook.</summary>
    public int WebhookFailures { get; set; }

    /// <summary>Who is working on the row right now; null for nobody.</summary>
    public Guid? ClaimToken { get; set; }

    /// <summary>After this the claim counts no more: its holder has crashed.</summary>
    public DateTime? ClaimedUntilUtc { get; set; }

    /// <summary>On an order's first session: which worker is bringing a payment to the order right now; null for nobody.</summary>
    public Guid? OrderClaimToken { get; set; }

    /// <summary>After this <see cref="OrderClaimToken"/> counts no more: its holder has crashed.</summary>
    public DateTime? OrderClaimedUntilUtc { get; set; }

    /// <summary>What the store owner was last told of by e-mail, such as <c>NeedsPerson.PaidTwice</c>; null for nothing.</summary>
    public string? PersonToldOf { get; set; }

    /// <summary>When nopCommerce had marked the order as paid and done all that follows (e-mails, roles, other plugins); null while it has not.</summary>
    public DateTime? MarkedOnUtc { get; set; }

    /// <summary>Mion's <c>refundSessionIds</c> that the order's notes tell of, separated by spaces; null for none.</summary>
    public string? RefundSessionIds { get; set; }

    /// <summary>When the store first heard that Mion has paid it back; null where it has not.</summary>
    public DateTime? RefundedOnUtc { get; set; }

    /// <summary>The run of the scheduled task that took the session last.</summary>
    public Guid? CheckToken { get; set; }

    /// <summary>Whether it was charged at the till, face to face, instead of at Mion's checkout.</summary>
    public bool IsTill { get; set; }

    /// <summary>Whether only its address has been given away, or its tip is to be chosen at the till: Mion has not been asked for it yet.</summary>
    public bool IsReserved { get; set; }

    /// <summary>Whether staff has offered Bitcoin for an order that was placed with another payment method.</summary>
    public bool IsOffered { get; set; }

    /// <summary>What the shop assistant wrote about an amount without an order, or empty.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>Token of the customer's screen that shows this charge, shared by all charges of one till; empty online.</summary>
    public string ScreenToken { get; set; } = string.Empty;

    /// <summary>Name of the till that charged it; empty online, at a till without a name, and in rows from before tills had names.</summary>
    public string TillName { get; set; } = string.Empty;

    /// <summary>The account of the shop assistant who charged it; null online and in rows from before it was kept.</summary>
    public int? AssistantId { get; set; }

    /// <summary>The close of the till's day that its payment belongs to; null while it belongs to none.</summary>
    public Guid? DayCloseToken { get; set; }

    /// <summary>When the shop assistant gave it up; it is still watched, since the customer may have scanned it.</summary>
    public DateTime? CancelledOnUtc { get; set; }

    /// <summary>Until then one worker is asking Mion for the next payment attempt.</summary>
    public DateTime? AttemptClaimedUntilUtc { get; set; }

    /// <summary><see cref="OpeningProblem"/> of the last request for a payment attempt, as stored.</summary>
    public int AttemptProblemId { get; set; }

    /// <summary><see cref="DoctorFinding"/> of the last examination, as stored.</summary>
    public int FindingId { get; set; }

    /// <summary><see cref="DoctorFinding"/> that a person has marked as handled, as stored; found again it is no news.</summary>
    public int SettledFindingId { get; set; }

    /// <summary>How far the session has come.</summary>
    public PaymentSessionState State
    {
        get => (PaymentSessionState)StateId;
        set => StateId = (int)value;
    }

    /// <summary>Why it waits for a person.</summary>
    public ReviewReason ReviewReason
    {
        get => (ReviewReason)ReviewReasonId;
        set => ReviewReasonId = (int)value;
    }

    /// <summary>What the last examination found.</summary>
    public DoctorFinding Finding
    {
        get => (DoctorFinding)FindingId;
        set => FindingId = (int)value;
    }

    /// <summary>The finding that a person has marked as handled.</summary>
    public DoctorFinding SettledFinding
    {
        get => (DoctorFinding)SettledFindingId;
        set => SettledFindingId = (int)value;
    }

    /// <summary>Why the till has no code to scan.</summary>
    public OpeningProblem AttemptProblem
    {
        get => (OpeningProblem)AttemptProblemId;
        set => AttemptProblemId = (int)value;
    }

    /// <summary>What the session at Mion is about, in euro cents: the amount and the tip.</summary>
    public long SumCents() => AmountCents + TipCents;

    /// <summary>Whether amount and tip were converted to euro.</summary>
    public bool IsConverted() => CurrencyCode.Length > 0 && !EuroConversion.IsEuro(CurrencyCode);

    /// <summary>Whether it pays an order.</summary>
    public bool IsForOrder() => OrderId > 0;

    /// <summary>Whether Mion has confirmed the session.</summary>
    public bool IsAtMion() => PaymentSessionId.Length > 0;

    /// <inheritdoc cref="SessionRules.HasMoney"/>
    public bool HasMoney() => SessionRules.HasMoney.Holds(this);

    /// <inheritdoc cref="SessionRules.Stalled"/>
    public bool IsStalled() => SessionRules.Stalled.Holds(this);

    /// <inheritdoc cref="SessionRules.OnItsWay"/>
    public bool IsPaymentOnItsWay() => SessionRules.OnItsWay.Holds(this);

    /// <inheritdoc cref="SessionRules.Settled"/>
    public bool IsSettled() => SessionRules.Settled.Holds(this);
}
