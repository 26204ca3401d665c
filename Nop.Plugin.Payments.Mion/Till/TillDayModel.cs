using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The page of the day: what was received since the last close, and the closes before.</summary>
public record TillDayModel : BaseNopModel
{
    /// <summary>The store whose day it is.</summary>
    public int StoreId { get; set; }

    /// <summary>Ids and names of the stores to choose from; only of interest where there are several.</summary>
    public IReadOnlyList<KeyValuePair<int, string>> Stores { get; set; } = [];

    /// <summary>Whether all tills are shown, or this one only.</summary>
    public bool IsAll { get; set; } = true;

    /// <summary>What this till is called; empty where it has no name.</summary>
    public string TillName { get; set; } = string.Empty;

    /// <summary>What was received so far.</summary>
    public TillReportModel Report { get; set; } = new();

    /// <summary>Number of the close that the button makes.</summary>
    public int NextNumber { get; set; }

    /// <summary>Whether that close was begun and not finished.</summary>
    public bool IsUnfinished { get; set; }

    /// <summary>Why the last close could not be made, or empty.</summary>
    public string Problem { get; set; } = string.Empty;

    /// <summary>The closes, the newest first.</summary>
    public IReadOnlyList<TillCloseLine> Closes { get; set; } = [];

    /// <summary>Where the closes before these are; 0 where there are none.</summary>
    public int OlderThan { get; set; }
}

/// <summary>One of the closes.</summary>
/// <param name="ClosedOn">When, by the reader's clock and as people write it.</param>
/// <param name="Amount">What was received, in euro.</param>
public sealed record TillCloseLine(int Id, string Number, string ClosedOn, string Count, string Amount);

/// <summary>A report of the till, on the page and on paper.</summary>
public record TillReportModel : BaseNopModel
{
    /// <summary>Number of the close; empty before it is made.</summary>
    public string Number { get; set; } = string.Empty;

    /// <summary>The store that was paid.</summary>
    public string StoreName { get; set; } = string.Empty;

    /// <summary>Which till it is about; empty for all.</summary>
    public string TillName { get; set; } = string.Empty;

    /// <summary>When the close before was made; empty where there was none.</summary>
    public string From { get; set; } = string.Empty;

    /// <summary>When the close was made, or the report.</summary>
    public string To { get; set; } = string.Empty;

    /// <summary>Who closed, and at which till; empty before.</summary>
    public string ClosedBy { get; set; } = string.Empty;

    /// <summary>Charges made since the close before.</summary>
    public TillReportLine Charged { get; set; } = TillReportLine.None;

    /// <summary>What has come of them, and of older ones about which something is not settled.</summary>
    public IReadOnlyList<TillReportLine> States { get; set; } = [];

    /// <summary>All that was received.</summary>
    public TillReportLine Received { get; set; } = TillReportLine.None;

    /// <summary>What customers gave on top; null where none gave.</summary>
    public TillReportLine? Tips { get; set; }

    /// <summary>All that was received, and the tips.</summary>
    public string ReceivedWithTips { get; set; } = string.Empty;

    /// <summary>Who gets the tips.</summary>
    public IReadOnlyList<TillReportLine> TipShares { get; set; } = [];

    /// <summary>What was received in the store's currency, where that is not the euro.</summary>
    public IReadOnlyList<TillReportLine> Currencies { get; set; } = [];

    public IReadOnlyList<TillReportLine> Methods { get; set; } = [];

    public IReadOnlyList<TillReportLine> Tills { get; set; } = [];

    public IReadOnlyList<TillReportLine> Assistants { get; set; } = [];

    /// <summary>Charges from before the close before, paid after it: one by one.</summary>
    public IReadOnlyList<TillReportLine> Late { get; set; } = [];

    /// <summary>How many of them are not named.</summary>
    public string MoreLate { get; set; } = string.Empty;
}

/// <summary>A line of a report.</summary>
/// <param name="Name">What it is about, in the reader's language.</param>
/// <param name="Count">How many; empty for a single charge.</param>
/// <param name="Amount">Their sum in euro.</param>
public sealed record TillReportLine(string Name, string Count, string Amount)
{
    public static TillReportLine None { get; } = new(string.Empty, string.Empty, string.Empty);
}
