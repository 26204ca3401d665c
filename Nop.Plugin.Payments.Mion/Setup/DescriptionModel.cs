using System.ComponentModel.DataAnnotations;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>One value, as a person sees it.</summary>
/// <param name="Group">What it belongs to: one of Mion's operations; empty for all.</param>
/// <param name="Name">What it is.</param>
public sealed record ContractLine(string Group, string Name, StandingRow Standing, string StandingText)
{
    /// <summary>What a description says about it; null where none was read.</summary>
    public ProposalRow? Proposal { get; init; }
}

/// <summary>The page on which a description of Mion's API is read.</summary>
public record DescriptionModel : BaseNopModel
{
    /// <summary>The chosen store; 0 for all stores.</summary>
    public int StoreId { get; set; }

    /// <summary>The description that was read, protected; what it proposes is worked out anew from it and the choices.</summary>
    public string? Description { get; set; }

    /// <summary>What was chosen or entered, by key.</summary>
    public Dictionary<string, string> Choices { get; set; } = [];

    /// <summary>The key, typed anew where the address changes.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.ApiKey")]
    [DataType(DataType.Password)]
    public string? ApiKey { get; set; }

    /// <summary>With which Mion signs its calls, where the description says that it does.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CallbackSecret")]
    [DataType(DataType.Password)]
    public string? CallbackSecret { get; set; }

    /// <summary>Whether that secret is asked for; it may be entered later.</summary>
    public bool AsksForSecret => Lines.Any(line => line.Proposal is { Key: "callback.signatureHeader", Value.Length: > 0 });

    /// <summary>How many values a proposal changes.</summary>
    public int Changes => Lines.Count(line => line.Proposal is { IsAsked: false } row && row.Value != line.Standing.Value);

    /// <summary>Whether the key is asked for.</summary>
    public bool NeedsKey { get; set; }

    /// <summary>Title and version of the description.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>Fields that Mion demands and that the plugin does not send.</summary>
    public IReadOnlyList<string> NotSent { get; set; } = [];

    /// <summary>Every value.</summary>
    public IReadOnlyList<ContractLine> Lines { get; set; } = [];
}
