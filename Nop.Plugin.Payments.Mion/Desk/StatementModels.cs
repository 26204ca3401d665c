using Microsoft.AspNetCore.Mvc.Rendering;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>The statement of a month; texts are ready to be shown, and not HTML.</summary>
public record StatementModel
{
    /// <summary>The month, such as <c>2026-11</c>.</summary>
    public string Month { get; set; } = string.Empty;

    /// <summary>The store; 0 for all.</summary>
    public int StoreId { get; set; }

    /// <summary>The months to choose from, the newest first.</summary>
    public IList<SelectListItem> AvailableMonths { get; set; } = [];

    /// <summary>The stores to choose from.</summary>
    public IList<SelectListItem> AvailableStores { get; set; } = [];

    /// <summary>Which month, and of which store.</summary>
    public string Of { get; set; } = string.Empty;

    /// <summary>When it was made; a person may decide, and Mion may report, until it is printed again.</summary>
    public string MadeOn { get; set; } = string.Empty;

    /// <summary>Whether more can be paid in the month.</summary>
    public bool IsUnderWay { get; set; }

    /// <summary>What was paid before, less what was refunded.</summary>
    public string Opening { get; set; } = string.Empty;

    /// <summary>What was paid in the month.</summary>
    public StatementSum Paid { get; set; } = new(string.Empty, string.Empty);

    /// <summary>The tips that were paid with it; empty for none.</summary>
    public string Tips { get; set; } = string.Empty;

    /// <summary>What was refunded in the month.</summary>
    public StatementSum Refunded { get; set; } = new(string.Empty, string.Empty);

    /// <summary>What Mion should have credited by the end of the month.</summary>
    public string Closing { get; set; } = string.Empty;

    /// <summary>What was paid, by day and method.</summary>
    public IList<StatementDayRow> Days { get; set; } = [];

    /// <summary>The same of the whole month, by method.</summary>
    public IList<StatementDayRow> Methods { get; set; } = [];

    /// <summary>What Mion has reported as refunded in the month.</summary>
    public IList<StatementLine> Refunds { get; set; } = [];

    /// <summary>What waits for a person.</summary>
    public IList<StatementLine> Waiting { get; set; } = [];

    /// <summary>What was not brought to an order, and dealt with.</summary>
    public IList<StatementLine> Handled { get; set; } = [];
}

/// <summary>How many, and how much.</summary>
public record StatementSum(string Count, string Amount);

/// <summary>What was paid on a day in one way.</summary>
public record StatementDayRow(string Day, string Method, string Count, string Amount);

/// <summary>A payment of the statement.</summary>
/// <param name="Id">Of its row.</param>
/// <param name="Amount">Empty where Mion has received nothing.</param>
public record StatementLine(int Id, string On, string Order, string State, string Reason, string Amount, string PaymentId);
