namespace Nop.Plugin.Payments.Mion;

/// <summary>
/// The names and fixed values that more than one part of the plugin, or something outside it, depends on.
/// </summary>
public static class MionDefaults
{
    /// <summary>The plugin's system name, as in plugin.json and in <c>Order.PaymentMethodSystemName</c>.</summary>
    public const string SystemName = "Payments.Mion";

    /// <summary>The plugin's version, as in plugin.json; part of the URLs of scripts and styles, which stores cache for a year.</summary>
    public static string Version { get; } = typeof(MionDefaults).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The only currency that Mion accepts (ISO 4217).</summary>
    public const string EuroCode = "EUR";

    /// <summary>Prefix of every localization resource of the plugin.</summary>
    public const string ResourcePrefix = "Plugins.Payments.Mion";

    /// <summary>Name of the scheduled task as shown under System &gt; Schedule tasks.</summary>
    public const string PollTaskName = "Check Bitcoin payments (Mion)";

    /// <summary>Type of the scheduled task, as nopCommerce stores it.</summary>
    public const string PollTaskType = "Nop.Plugin.Payments.Mion.Tasks.PaymentPollTask";

    /// <summary>A session that ends sooner than this is not offered to a shopper again; a new attempt is opened instead.</summary>
    public static TimeSpan ReuseMargin { get; } = TimeSpan.FromMinutes(5);

    /// <summary>What a shopper waits at most while a session is being opened.</summary>
    public static TimeSpan OpenBudget { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the reservation of a session that is being opened lasts; longer than <see cref="OpenBudget"/>.</summary>
    public static TimeSpan OpenLease { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one worker may take to bring a payment to its order before another takes over.</summary>
    public static TimeSpan ApplyLease { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Triggers that anybody can pull share one read at Mion within this time.</summary>
    public static TimeSpan SharedReadAge { get; } = TimeSpan.FromSeconds(2);

    /// <summary>All screens that show one charge at the till share one read at Mion within this time.</summary>
    public static TimeSpan TillReadAge { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A till's payment attempt that ends sooner than this is followed by the next one.</summary>
    public static TimeSpan AttemptMargin { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one worker may take to get a payment attempt before another takes over; longer than the API's own limit.</summary>
    public static TimeSpan AttemptLease { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause after Mion gave no payment attempt.</summary>
    public static TimeSpan AttemptPause { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Names of the plugin's routes.</summary>
    public static class Route
    {
        /// <summary>The configuration page.</summary>
        public const string Configure = "Plugin.Payments.Mion.Configure";

        /// <summary>Where Mion sends the shopper back to.</summary>
        public const string Return = "Plugin.Payments.Mion.Return";

        /// <summary>The shopper's page about a payment.</summary>
        public const string Payment = "Plugin.Payments.Mion.Payment";

        /// <summary>State of a payment as JSON, polled by the payment page.</summary>
        public const string PaymentStatus = "Plugin.Payments.Mion.PaymentStatus";

        /// <summary>Open a session for the order again.</summary>
        public const string Retry = "Plugin.Payments.Mion.Retry";

        /// <summary>Where Mion reports a change.</summary>
        public const string Webhook = "Plugin.Payments.Mion.Webhook";
    }

    /// <summary>Paths below the store's address; none has a language in it, since machines call most of them.</summary>
    public static class Path
    {
        /// <summary>Return of the shopper: GET, with the session's token.</summary>
        public const string Return = "mion/return";

        /// <summary>The payment page: GET, with the session's token.</summary>
        public const string Payment = "mion/payment";

        /// <summary>Webhook: POST, with the session's webhook token.</summary>
        public const string Webhook = "mion/webhook";
    }

    /// <summary>Views, by the path at which a store compiles them.</summary>
    public static class View
    {
        private const string Root = "~/Plugins/" + SystemName + "/Views/";

        /// <summary>The configuration page.</summary>
        public const string Configure = Root + "Admin/Configure.cshtml";

        /// <summary>The card on an order's page, with the panel in it.</summary>
        public const string OrderPanelCard = Root + "Admin/OrderPanelCard.cshtml";

        /// <summary>The page of a payment, with the same card.</summary>
        public const string PaymentPanel = Root + "Admin/PaymentPanel.cshtml";

        /// <summary>The payments of an order, as the panel's buttons load them again.</summary>
        public const string OrderPanel = Root + "Admin/OrderPanel.cshtml";

        /// <summary>The list of payments.</summary>
        public const string Payments = Root + "Admin/Payments.cshtml";

        /// <summary>The examination of all payments.</summary>
        public const string Doctor = Root + "Admin/Doctor.cshtml";

        /// <summary>The plugin's lines on System &gt; Warnings.</summary>
        public const string Warnings = Root + "Admin/Warnings.cshtml";

        /// <summary>How the plugin is doing, on the configuration page.</summary>
        public const string Health = Root + "Admin/Health.cshtml";

        /// <summary>The three steps of the set-up, which lead the configuration page.</summary>
        public const string Setup = Root + "Admin/Setup.cshtml";

        /// <summary>How one of them stands.</summary>
        public const string SetupStep = Root + "Admin/SetupStep.cshtml";

        /// <summary>What a shopper sees when choosing the method.</summary>
        public const string PaymentInfo = Root + "Public/PaymentInfo.cshtml";

        /// <summary>The payment page.</summary>
        public const string Payment = Root + "Public/Payment.cshtml";
    }
}
