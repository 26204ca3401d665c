using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Where a payment stands, as the shopper is told.</summary>
public enum PaymentPageState
{
    /// <summary>The address names no payment.</summary>
    Unknown,

    /// <summary>The payment could not be started at Mion; the shopper can try again.</summary>
    NotStarted,

    /// <summary>Waiting for the shopper to pay.</summary>
    Waiting,

    /// <summary>Something has arrived and is being confirmed.</summary>
    Seen,

    /// <summary>The order is paid.</summary>
    Paid,

    /// <summary>The time to pay is over; the shopper can begin again.</summary>
    Expired,

    /// <summary>Money has arrived, and the shop has to decide about it.</summary>
    NeedsHelp,

    /// <summary>The order was cancelled, is gone, or was settled otherwise; nothing is to be paid.</summary>
    Closed,

    /// <summary>The order waits for its payment, and no session was opened yet: that is done by a person's button.</summary>
    Ready
}

/// <summary>The shopper's page about a payment. Holds nothing personal: whoever has the address may see it.</summary>
public record PaymentPageModel : BaseNopModel
{
    /// <summary>Where the payment stands.</summary>
    public PaymentPageState State { get; set; }

    /// <summary>Whether the shopper need do nothing for the state to change.</summary>
    public bool Changes => State is PaymentPageState.Waiting or PaymentPageState.Seen;

    /// <summary>Whether the page's script asks for news.</summary>
    public bool AsksForNews => Changes || State == PaymentPageState.NotStarted;

    /// <summary>What the page's addresses name the payment by: the number of its row, or its token.</summary>
    public string Key { get; set; } = string.Empty;

    /// <summary>Language of the page's texts; 0 for none of the store's.</summary>
    public int LanguageId { get; set; }

    /// <summary>Culture of <see cref="LanguageId"/>, such as <c>de-DE</c>.</summary>
    public string Culture { get; set; } = "en";

    /// <summary>What is to be paid, as a text in euro; empty where nothing is known.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>The order's total as the shopper saw it at checkout, where that was in another currency; else empty.</summary>
    public string Total { get; set; } = string.Empty;

    /// <summary>The order's number as the shop prints it.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>The text that says how the payment was made, such as <c>Method.Lightning</c>; empty while nobody knows.</summary>
    public string MethodResource { get; set; } = string.Empty;

    /// <summary>How many more minutes there are to pay, one at least; null where nothing can be paid, or nobody knows until when.</summary>
    public int? MinutesLeft { get; set; }

    /// <summary>Whether the store lets an order be paid again whose time to pay is over.</summary>
    public bool CanPayAgain { get; set; }

    /// <summary>Mion's checkout, while the payment can be made there; else empty.</summary>
    public string ContinueUrl { get; set; } = string.Empty;

    /// <summary>The order's details, for the order's own customer; else empty.</summary>
    public string OrderUrl { get; set; } = string.Empty;

    /// <summary>Whether the order's own customer, who looks, can take it back into the cart.</summary>
    public bool CanChange { get; set; }

    /// <summary>nopCommerce's <em>checkout completed</em>, for the order's own customer once it is paid; else empty.</summary>
    public string CompletedUrl { get; set; } = string.Empty;
}
