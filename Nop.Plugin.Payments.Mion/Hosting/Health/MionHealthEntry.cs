using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>The last time that something of the plugin's workings happened, and how, as <see cref="HealthFact{T}"/> writes it.</summary>
/// <remarks>Not among the settings: saving a setting empties the store's caches, and these rows change every minute.</remarks>
public class MionHealthEntry : BaseEntity
{
    /// <summary>What happened, and in which store; unique.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>When, UTC.</summary>
    public DateTime OnUtc { get; set; }

    /// <summary>How, in at most 400 characters.</summary>
    public string Text { get; set; } = string.Empty;
}
