using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The customer's screen: amount, code and state, once it is paid the way to the receipt, and nothing else.</summary>
public record TillScreenModel : BaseNopModel
{
    /// <summary>Token in the screen's address.</summary>
    public string Token { get; set; } = string.Empty;

    /// <summary>Where the charge stands.</summary>
    public TillState State { get; set; }

    /// <summary>What the customer pays, as a person writes it.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>The same with the tip apart; empty where there is none.</summary>
    public string Split { get; set; } = string.Empty;

    /// <summary>What that is in euro, and the rate; empty where nothing is converted.</summary>
    public string Euro { get; set; } = string.Empty;

    /// <summary>The tips to choose from, while one is to be chosen; the first is none, and has no words.</summary>
    public IReadOnlyList<TipButton> Tips { get; set; } = [];

    /// <summary>Satoshi in groups of three digits, or empty.</summary>
    public string Satoshi { get; set; } = string.Empty;

    /// <summary>Bitcoin with eight decimals, or empty.</summary>
    public string Bitcoin { get; set; } = string.Empty;

    /// <summary>Row of the attempt; 0 for none.</summary>
    public int AttemptId { get; set; }

    /// <summary>Milliseconds until the attempt ends, by the server's clock.</summary>
    public long MillisecondsLeft { get; set; }

    /// <summary>Milliseconds after which to look again.</summary>
    public long NextMilliseconds { get; set; } = (long)MionDefaults.TillReadAge.TotalMilliseconds;

    /// <summary>The digital receipt's address as a code: the address of a picture; empty where there is none now.</summary>
    public string ReceiptCode { get; set; } = string.Empty;

    /// <summary>Two letters of the language of <see cref="Texts"/>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Texts by the last parts of their resource names.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; set; } = new Dictionary<string, string>();
}
