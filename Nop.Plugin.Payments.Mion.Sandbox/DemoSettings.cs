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

/// <summary>What is printed when everything runs.</summary>
internal static class Announcement
{
    public static string Both(Uri shop, Uri mion) => $"""

        Demo shop          {shop}
        Stand-in for Mion  {mion}

        What to do next
          1. Buy something in the shop and pay with Bitcoin: you are sent to the stand-in.
          2. There press a button: pay, pay too little, let it expire, or just close the window.
          3. Watch the order become paid, in the shop or at {new Uri(shop, "Admin/Order/List")}
             (the scheduled task asks once a minute; "Run now" at {new Uri(shop, "Admin/ScheduleTask/List")}).
          4. Look at the plugin's configuration: {new Uri(shop, "Admin/Plugin/List")}
          5. Make the stand-in fail in every way you can think of: {mion}

        Ctrl+C stops both and forgets everything.

        """;

    public const string Stalled = "Standing still.";

    public static string ShopAlone(Uri shop) => $"Demo shop {shop}";

    public static string StandInAlone(Uri mion) => $$"""

        Stand-in for Mion  {{mion}}

        Point a store at it, on the plugin's configuration page:
          API key           demo-key
        and there under Advanced:
          API address       {{mion.ToString().TrimEnd('/')}}
          Checkout address  {{mion}}checkout/{paymentSessionId}

        Ctrl+C stops it and forgets everything.

        """;
}
