namespace Nop.Plugin.Payments.Mion;

/// <summary>
/// The names that the till's parts depend on.
/// </summary>
public static class TillDefaults
{
    /// <summary>System name of the permission <em>charge at the till</em>.</summary>
    public const string Permission = "Payments.Mion.Till.Charge";

    /// <summary>Name of the menu entry.</summary>
    public const string MenuItem = "Payments.Mion.Till";

    /// <summary>Cookie by which a till remembers the address of its customer's screen.</summary>
    public const string ScreenCookie = ".Mion.TillScreen";

    /// <summary>Path of the customer's screen below the store's address, followed by its token.</summary>
    public const string ScreenPath = "mion/till";

    /// <summary>The longest note about an amount without an order.</summary>
    public const int MaxNoteLength = 200;

    /// <summary>A charge that ends sooner than this is not gone on with; a new one is opened instead.</summary>
    public static TimeSpan ReuseMargin { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a customer's screen keeps showing that a charge has ended.</summary>
    public static TimeSpan ScreenLinger { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Names of the till's routes.</summary>
    public static class Route
    {
        /// <summary>The till's start page.</summary>
        public const string Start = "Plugin.Payments.Mion.Till";

        /// <summary>What is done with the till, by action and id.</summary>
        public const string Action = "Plugin.Payments.Mion.Till.Action";

        /// <summary>The till's settings.</summary>
        public const string Settings = "Plugin.Payments.Mion.Till.Settings";

        /// <summary>QR code of an attempt, for the assistant.</summary>
        public const string Qr = "Plugin.Payments.Mion.Till.Qr";

        /// <summary>The customer's screen.</summary>
        public const string Screen = "Plugin.Payments.Mion.TillScreen";

        /// <summary>State of the customer's screen as JSON.</summary>
        public const string ScreenStatus = "Plugin.Payments.Mion.TillScreen.Status";

        /// <summary>QR code of an attempt, for the customer.</summary>
        public const string ScreenQr = "Plugin.Payments.Mion.TillScreen.Qr";
    }

    /// <summary>Views, by the path at which a store compiles them.</summary>
    public static class View
    {
        private const string Root = "~/Plugins/" + MionDefaults.SystemName + "/Views/";

        /// <summary>The till's start page.</summary>
        public const string Start = Root + "Admin/Till.cshtml";

        /// <summary>A charge.</summary>
        public const string Charge = Root + "Admin/TillCharge.cshtml";

        /// <summary>The till's settings.</summary>
        public const string Settings = Root + "Admin/TillSettings.cshtml";

        /// <summary>The button on an order's page.</summary>
        public const string OrderButton = Root + "Admin/TillOrderButton.cshtml";

        /// <summary>The customer's screen.</summary>
        public const string Screen = Root + "Public/TillScreen.cshtml";
    }
}
