namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Names and limits of the till.</summary>
public static class TillDefaults
{
    /// <summary>Cookie by which a till remembers the address of its customer's screen.</summary>
    public const string ScreenCookie = ".Mion.TillScreen";

    /// <summary>Cookie by which a browser remembers the name of its till.</summary>
    public const string NameCookie = ".Mion.TillName";

    /// <summary>The longest name of a till.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The longest note about an amount without an order.</summary>
    public const int MaxNoteLength = 200;

    /// <summary>The largest amount that can be charged, in euro cents: a slip of the finger should not ask for millions.</summary>
    public const long MaxCents = 99_999_99;

    /// <summary>A charge that ends sooner than this is not gone on with; a new one is opened instead.</summary>
    public static TimeSpan ReuseMargin { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a customer's screen keeps showing that a charge has ended.</summary>
    public static TimeSpan ScreenLinger { get; } = TimeSpan.FromSeconds(20);

    /// <summary>The same of a charge that is paid: whoever has just paid puts the wallet away, finds the camera and scans the receipt.</summary>
    public static TimeSpan ReceiptLinger { get; } = TimeSpan.FromSeconds(60);

    /// <summary>For how long after the payment its digital receipt opens.</summary>
    public static TimeSpan ReceiptLifetime { get; } = TimeSpan.FromDays(30);
}
