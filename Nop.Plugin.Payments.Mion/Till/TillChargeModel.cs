using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>A charge, as the shop assistant sees it.</summary>
public record TillChargeModel : BaseNopModel
{
    /// <summary>Row of the session.</summary>
    public int Id { get; set; }

    /// <summary>Where it stands.</summary>
    public TillState State { get; set; }

    /// <summary>Why there is no code.</summary>
    public OpeningProblem Problem { get; set; }

    /// <summary>Number of the order, or empty.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>What Mion knows the charge by.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>What the amount is for, or empty.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>What the customer pays, the tip included, in the currency of the charge.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>The same without the tip.</summary>
    public string Base { get; set; } = string.Empty;

    /// <summary>The tip, or empty.</summary>
    public string Tip { get; set; } = string.Empty;

    /// <summary>What the customer pays in euro, and the rate; empty where nothing is converted.</summary>
    public string Euro { get; set; } = string.Empty;

    /// <summary>The tips to choose from, besides none.</summary>
    public IReadOnlyList<TipButton> Tips { get; set; } = [];

    /// <summary>Whether a tip may be typed.</summary>
    public bool AllowsFreeTip { get; set; }

    /// <summary>The largest tip.</summary>
    public string LargestTip { get; set; } = string.Empty;

    /// <summary>The tip as typed, where it could not be taken.</summary>
    public string TipText { get; set; } = string.Empty;

    /// <summary>Whether the chosen tip could not be taken.</summary>
    public bool HasTipProblem { get; set; }

    /// <summary>Satoshi as people write them, or empty while there is no attempt. Once paid: what was paid.</summary>
    public string Satoshi { get; set; } = string.Empty;

    /// <summary>Bitcoin with eight decimals, or empty.</summary>
    public string Bitcoin { get; set; } = string.Empty;

    /// <summary>The Lightning invoice, or empty.</summary>
    public string Invoice { get; set; } = string.Empty;

    /// <summary>Row of the attempt; 0 for none.</summary>
    public int AttemptId { get; set; }

    /// <summary>Milliseconds until the attempt ends, by the server's clock.</summary>
    public long MillisecondsLeft { get; set; }

    /// <summary>Address on the blockchain where the merchant allows it, or empty.</summary>
    public string OnChainAddress { get; set; } = string.Empty;

    /// <summary>Fee rate that Mion suggests, or empty.</summary>
    public string SuggestedFeeRate { get; set; } = string.Empty;

    /// <summary>What Mion would have to know about the customer, in Mion's words.</summary>
    public string MissingCustomerFields { get; set; } = string.Empty;

    /// <summary>Milliseconds after which to look again.</summary>
    public long NextMilliseconds { get; set; } = (long)MionDefaults.TillReadAge.TotalMilliseconds;

    /// <summary>Whether the state is as Mion says it now.</summary>
    public bool IsMionReachable { get; set; } = true;

    /// <summary>When it was paid, by the assistant's clock and as people write it; empty while it is not.</summary>
    public string PaidOn { get; set; } = string.Empty;

    /// <summary>Mion's id of the session, for the receipt.</summary>
    public string PaymentSessionId { get; set; } = string.Empty;

    /// <summary>Name of the store that is paid, for the receipt.</summary>
    public string StoreName { get; set; } = string.Empty;

    /// <summary>The digital receipt's address as a code: the address of a picture; empty where there is none now.</summary>
    public string ReceiptCode { get; set; } = string.Empty;

    /// <summary>The customer's e-mail address as typed, where the receipt could not be sent to it.</summary>
    public string MailAddress { get; set; } = string.Empty;

    /// <summary>What came of sending the receipt; null where nobody has asked for it.</summary>
    public ReceiptMailResult? MailResult { get; set; }

    /// <summary>Address of the customer's screen.</summary>
    public string ScreenUrl { get; set; } = string.Empty;

    /// <summary>Token for charging the same amount again.</summary>
    public string ChargeKey { get; set; } = string.Empty;

    /// <summary>Whether a sound is played when it is paid.</summary>
    public bool Sound { get; set; }

    /// <summary>Seconds after which the page goes back to the start once it is paid; 0 to stay.</summary>
    public int ReturnSeconds { get; set; }
}
