using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The payments of an order, or a charge without an order. Times are texts in the time zone of whoever looks.</summary>
public record OrderPanelModel : BaseNopModel
{
    /// <summary>Id of the order; 0 where there is none.</summary>
    public int OrderId { get; set; }

    /// <summary>Whether nopCommerce shows a page of the order: not of one that is deleted.</summary>
    public bool HasOrderPage { get; set; }

    /// <summary>Whether this person may decide.</summary>
    public bool CanDecide { get; set; }

    /// <summary>Whether the order waits for a payment that its pay link offers.</summary>
    public bool HasPayLink { get; set; }

    /// <summary>The pay link; empty where it is made when it is asked for.</summary>
    public string PayLink { get; set; } = string.Empty;

    /// <summary>Whether this person may offer Bitcoin for the order, which was placed with another method.</summary>
    public bool CanOffer { get; set; }

    /// <summary>What came of the button that was pressed; empty on the page itself.</summary>
    public string Message { get; set; } = string.Empty;

    /// <summary>Whether <see cref="Message"/> is an error.</summary>
    public bool IsError { get; set; }

    /// <summary>All sessions of the order, the newest first; or the charge alone.</summary>
    public List<SessionPanelModel> Sessions { get; set; } = [];
}

/// <summary>A payment session on the order page.</summary>
public record SessionPanelModel : BaseNopEntityModel
{
    /// <summary>1 for the order's first session, then counting.</summary>
    public int Attempt { get; set; }

    /// <summary>How far it has come.</summary>
    public PaymentSessionState State { get; set; }

    /// <summary>How far it has come, in words: those of the list.</summary>
    public string StateText { get; set; } = string.Empty;

    /// <summary>Whether only its address was given away so far.</summary>
    public bool IsReserved { get; set; }

    /// <summary>Why it waits, or waited, for a person.</summary>
    public ReviewReason Reason { get; set; }

    /// <summary>Whether a payment has been seen that does not complete the session yet.</summary>
    public bool FundsSeen { get; set; }

    /// <summary>What was asked for, as a text in euro.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>What the customer gave on top of it at the till, or empty.</summary>
    public string Tip { get; set; } = string.Empty;

    /// <summary>What an amount without an order was charged for at the till, or empty.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>Name of the till that charged it, or empty.</summary>
    public string Till { get; set; } = string.Empty;

    /// <summary>Who charged it at the till, or empty.</summary>
    public string Assistant { get; set; } = string.Empty;

    /// <summary>How the amount was converted; empty where it was not.</summary>
    public string Rate { get; set; } = string.Empty;

    /// <summary>How it was paid, in words; empty while it was not.</summary>
    public string Method { get; set; } = string.Empty;

    /// <summary>When the session was made.</summary>
    public string CreatedOn { get; set; } = string.Empty;

    /// <summary>Until when it can be paid.</summary>
    public string ExpiresOn { get; set; } = string.Empty;

    /// <summary>When it was paid; empty while it was not.</summary>
    public string PaidOn { get; set; } = string.Empty;

    /// <summary>When Mion was last asked; empty where it was not.</summary>
    public string LastCheckOn { get; set; } = string.Empty;

    /// <summary>The last failure in words; empty where there was none since.</summary>
    public string LastError { get; set; } = string.Empty;

    /// <summary>Mion's id; empty until Mion has confirmed the session.</summary>
    public string PaymentSessionId { get; set; } = string.Empty;

    /// <summary>Mion's checkout; empty until Mion has confirmed the session.</summary>
    public string CheckoutUrl { get; set; } = string.Empty;

    /// <summary>Mion's ids of refunds; empty where there are none.</summary>
    public string Refunds { get; set; } = string.Empty;

    /// <summary>What happened, the oldest first.</summary>
    public List<HistoryLineModel> History { get; set; } = [];
}

/// <summary>A line of a session's history, in words.</summary>
/// <param name="On">When.</param>
/// <param name="Trigger">What made the plugin look.</param>
/// <param name="Detail">What is to be said beyond that; may be empty.</param>
public sealed record HistoryLineModel(string On, string What, string Trigger, string Detail);
