namespace Nop.Plugin.Payments.Mion.Sandbox;

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
          6. See the figures move that an operator would collect: {new Uri(shop, ServedFigures.Path.TrimStart('/'))}

        Ctrl+C stops both and forgets everything.

        """;

    public const string Stalled = "Standing still.";

    public static string ShopAlone(Uri shop) => $"Demo shop {shop}";

    /// <param name="folder">The path of the API's address, where it answers by a description.</param>
    /// <param name="callbackSecret">With which it signs its calls; empty where it does not.</param>
    public static string StandInAlone(Uri mion, string folder, string callbackSecret) =>
        StandInAlone(mion, folder) + (callbackSecret.Length > 0 ? $"Its calls are signed; their secret is {callbackSecret}.\n" : string.Empty);

    private static string StandInAlone(Uri mion, string folder) => $$"""

        Stand-in for Mion  {{mion}}

        Point a store at it, on the plugin's configuration page:
          API key           demo-key
        and there under Advanced:
          API address       {{mion.ToString().TrimEnd('/')}}{{folder}}
          Checkout address  {{mion}}checkout/{paymentSessionId}

        Ctrl+C stops it and forgets everything.

        """;
}
