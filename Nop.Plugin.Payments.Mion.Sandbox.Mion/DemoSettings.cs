using Nop.Plugin.Payments.Mion.Sandbox.Mion;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>The plugin's settings by which a demo shop talks to a stand-in.</summary>
public static class DemoSettings
{
    /// <summary>Key, addresses, and a poll often enough to be watched.</summary>
    /// <param name="mion">The stand-in's address.</param>
    /// <param name="apiKey">The key that the stand-in accepts.</param>
    public static IReadOnlyDictionary<string, string> For(Uri mion, string? apiKey = null) => new Dictionary<string, string>
    {
        ["mionsettings.apikey"] = apiKey ?? new MionStandInOptions().ApiKey,
        ["mionsettings.baseurl"] = mion.ToString().TrimEnd('/'),
        ["mionsettings.checkouturltemplate"] = new Uri(mion, "checkout/").ToString() + "{paymentSessionId}"
    };
}
