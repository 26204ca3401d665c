using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// The till's settings; each with whether the chosen store has its own.
/// </summary>
public record TillSettingsModel : BaseNopModel
{
    /// <summary>The chosen store; 0 for all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    /// <summary>See <see cref="MionTillSettings.LifetimeMinutes"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.LifetimeMinutes")]
    public int LifetimeMinutes { get; set; }

    /// <summary>See <see cref="LifetimeMinutes"/>.</summary>
    public bool LifetimeMinutes_OverrideForStore { get; set; }

    /// <summary>See <see cref="MionTillSettings.AllowOnChain"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.AllowOnChain")]
    public bool AllowOnChain { get; set; }

    /// <summary>See <see cref="AllowOnChain"/>.</summary>
    public bool AllowOnChain_OverrideForStore { get; set; }

    /// <summary>See <see cref="MionTillSettings.OnChainLifetimeMinutes"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.OnChainLifetimeMinutes")]
    public int OnChainLifetimeMinutes { get; set; }

    /// <summary>See <see cref="OnChainLifetimeMinutes"/>.</summary>
    public bool OnChainLifetimeMinutes_OverrideForStore { get; set; }

    /// <summary>See <see cref="MionTillSettings.Sound"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.Sound")]
    public bool Sound { get; set; }

    /// <summary>See <see cref="Sound"/>.</summary>
    public bool Sound_OverrideForStore { get; set; }

    /// <summary>See <see cref="MionTillSettings.ReturnSeconds"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Till.Fields.ReturnSeconds")]
    public int ReturnSeconds { get; set; }

    /// <summary>See <see cref="ReturnSeconds"/>.</summary>
    public bool ReturnSeconds_OverrideForStore { get; set; }
}
