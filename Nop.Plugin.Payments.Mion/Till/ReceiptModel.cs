using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>A digital receipt: what was paid, where and when, and nothing about who paid or who charged.</summary>
public record ReceiptModel : BaseNopModel
{
    /// <summary>Name of the store that was paid.</summary>
    public string StoreName { get; set; } = string.Empty;

    /// <summary>Its address.</summary>
    public string StoreUrl { get; set; } = string.Empty;

    /// <summary>The receipt's own address.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>Number of the order, or empty.</summary>
    public string OrderNumber { get; set; } = string.Empty;

    /// <summary>What was paid without the tip, in the currency of the charge.</summary>
    public string Base { get; set; } = string.Empty;

    /// <summary>The tip, or empty.</summary>
    public string Tip { get; set; } = string.Empty;

    /// <summary>Both together.</summary>
    public string Sum { get; set; } = string.Empty;

    /// <summary>What both are in euro, and the rate; empty where nothing is converted.</summary>
    public string Euro { get; set; } = string.Empty;

    /// <summary>Satoshi as people write them, or empty.</summary>
    public string Satoshi { get; set; } = string.Empty;

    /// <summary>When it was paid, by the store's clock.</summary>
    public string PaidOn { get; set; } = string.Empty;

    /// <summary>Mion's id of the payment; our name of it where Mion's is not known.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>Until when the receipt opens.</summary>
    public string Until { get; set; } = string.Empty;

    /// <summary>Two letters of the language of <see cref="Texts"/>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>Texts by their resource names.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; set; } = new Dictionary<string, string>();
}
