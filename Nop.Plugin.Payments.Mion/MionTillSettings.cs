using Nop.Core.Configuration;

namespace Nop.Plugin.Payments.Mion;

/// <summary>The merchant's settings of the till; each can be overridden per store.</summary>
/// <remarks>nopCommerce stores each property as <c>miontillsettings.&lt;property&gt;</c>.</remarks>
public class MionTillSettings : ISettings
{
    /// <summary>How long a charge can be paid over Lightning, in minutes.</summary>
    public int LifetimeMinutes { get; set; } = 15;

    /// <summary>Whether the customer may also pay on the blockchain, which can take hours.</summary>
    public bool AllowOnChain { get; set; }

    /// <summary>How long a charge can be paid where the blockchain is allowed, in minutes.</summary>
    public int OnChainLifetimeMinutes { get; set; } = 24 * 60;

    /// <summary>Whether a till plays a sound when a charge is paid, until its assistant switches it off there.</summary>
    public bool Sound { get; set; } = true;

    /// <summary>Seconds after which a till goes back to its start once a charge is paid; 0 to stay.</summary>
    public int ReturnSeconds { get; set; } = 15;

    /// <summary>The first tip that is offered before the code is shown, in percent of the amount; 0 for none.</summary>
    public int TipPercent1 { get; set; }

    /// <summary>The second one.</summary>
    public int TipPercent2 { get; set; }

    /// <summary>The third one.</summary>
    public int TipPercent3 { get; set; }

    /// <summary>Whether a tip may be typed as an amount.</summary>
    public bool AllowFreeTip { get; set; }

    /// <summary>How long a charge can be paid.</summary>
    public TimeSpan GetLifetime() => TimeSpan.FromMinutes(AllowOnChain ? OnChainLifetimeMinutes : LifetimeMinutes);
}
