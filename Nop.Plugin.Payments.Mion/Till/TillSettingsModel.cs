using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The till's settings; each with whether the chosen store has its own.</summary>
public record TillSettingsModel : BaseNopModel
{
    /// <summary>The chosen store; 0 for all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.LifetimeMinutes")]
    public int LifetimeMinutes { get; set; }
    public bool LifetimeMinutes_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.AllowOnChain")]
    public bool AllowOnChain { get; set; }
    public bool AllowOnChain_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.OnChainLifetimeMinutes")]
    public int OnChainLifetimeMinutes { get; set; }
    public bool OnChainLifetimeMinutes_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.Sound")]
    public bool Sound { get; set; }
    public bool Sound_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.ReturnSeconds")]
    public int ReturnSeconds { get; set; }
    public bool ReturnSeconds_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.TipPercent1")]
    public int TipPercent1 { get; set; }
    public bool TipPercent1_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.TipPercent2")]
    public int TipPercent2 { get; set; }
    public bool TipPercent2_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.TipPercent3")]
    public int TipPercent3 { get; set; }
    public bool TipPercent3_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.AllowFreeTip")]
    public bool AllowFreeTip { get; set; }
    public bool AllowFreeTip_OverrideForStore { get; set; }
}
