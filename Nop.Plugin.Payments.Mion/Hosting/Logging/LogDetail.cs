namespace Nop.Plugin.Payments.Mion.Hosting.Logging;

/// <summary>How much the plugin writes to nopCommerce's log.</summary>
public enum LogDetail
{
    /// <summary>Errors and warnings: what a person may have to do something about.</summary>
    Errors,

    /// <summary>Also what happens to payments.</summary>
    Information,

    /// <summary>Also each call to Mion and each of Mion's.</summary>
    Debug
}
