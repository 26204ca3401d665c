using Nop.Plugin.Payments.Mion.Payments;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The till's start page.</summary>
public record TillStartModel : BaseNopModel
{
    /// <summary>Token of the next charge of an amount: the same page charges once, however often its button is pressed.</summary>
    public string ChargeKey { get; set; } = string.Empty;

    /// <summary>The amount as typed, where it could not be charged.</summary>
    public string Amount { get; set; } = string.Empty;

    /// <summary>ISO code of the currency that it is typed in; posted, since the store's may be another by then.</summary>
    public string CurrencyCode { get; set; } = string.Empty;

    /// <summary>Its sign, or its code.</summary>
    public string Currency { get; set; } = string.Empty;

    /// <summary>What stands in the empty field: nothing, as people write it.</summary>
    public string AmountExample { get; set; } = string.Empty;

    /// <summary>What the amount is for, as typed.</summary>
    public string Note { get; set; } = string.Empty;

    /// <summary>The order's number as typed, where it could not be charged.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>What this till is called; empty where it has no name yet.</summary>
    public string TillName { get; set; } = string.Empty;

    /// <summary>Why the last charge did not work.</summary>
    public OpeningProblem Problem { get; set; }

    /// <summary>Whether the last charge was one of an order.</summary>
    public bool IsOrderProblem { get; set; }

    /// <summary>The store that is paid.</summary>
    public int StoreId { get; set; }

    /// <summary>Ids and names of the stores to choose from; only of interest where there are several.</summary>
    public IReadOnlyList<KeyValuePair<int, string>> Stores { get; set; } = [];

    /// <summary>Address of the customer's screen beside this till.</summary>
    public string ScreenUrl { get; set; } = string.Empty;

    /// <summary>Whether the settings may be opened.</summary>
    public bool CanConfigure { get; set; }

    /// <summary>The latest charges, the newest first.</summary>
    public IReadOnlyList<TillLineModel> Latest { get; set; } = [];
}

/// <summary>One of the latest charges.</summary>
/// <param name="OrderNumber">Number of the order, or empty.</param>
/// <param name="Note">What the amount was for, or empty.</param>
/// <param name="Amount">As a person writes it, in the currency of the charge.</param>
/// <param name="Till">Name of the till that charged it; empty where all are this till's.</param>
/// <param name="Time">When it was charged, by the assistant's clock and as people write it.</param>
public sealed record TillLineModel(int Id, string OrderNumber, string Note, string Amount, string Time, TillState State, string Till);
