namespace Nop.Plugin.Payments.Mion;

/// <summary>The names and fixed values that more than one part of the plugin, or something outside it, depends on.</summary>
public static class MionDefaults
{
    /// <summary>The plugin's system name, as in plugin.json and in <c>Order.PaymentMethodSystemName</c>.</summary>
    public const string SystemName = "Payments.Mion";

    /// <summary>Of the meter and of the source of spans.</summary>
    public const string Telemetry = "Nop.Plugin.Payments.Mion";

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

    /// <summary>A session that should have been looked at longer ago is overdue, and so is the scheduled task's run, at least.</summary>
    public static TimeSpan OverdueAfter { get; } = TimeSpan.FromMinutes(5);

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
        public const string Configure = "Plugin.Payments.Mion.Configure";
        public const string Description = "Plugin.Payments.Mion.Description";
        public const string DescriptionAction = "Plugin.Payments.Mion.Description.Action";
        public const string DescriptionButton = "Plugin.Payments.Mion.Description.Button";
        public const string DiscountRule = "Plugin.Payments.Mion.DiscountRule";
        public const string DiscountRuleAdd = "Plugin.Payments.Mion.DiscountRule.Add";
        public const string HealthKeyAction = "Plugin.Payments.Mion.HealthKey.Action";
        public const string HealthKeyButton = "Plugin.Payments.Mion.HealthKey.Button";
        public const string Return = "Plugin.Payments.Mion.Return";
        public const string Payment = "Plugin.Payments.Mion.Payment";
        public const string PaymentStatus = "Plugin.Payments.Mion.PaymentStatus";
        public const string PaymentByToken = "Plugin.Payments.Mion.PaymentByToken";
        public const string PaymentInLanguage = "Plugin.Payments.Mion.PaymentInLanguage";
        public const string Unknown = "Plugin.Payments.Mion.Unknown";
        public const string UnknownInLanguage = "Plugin.Payments.Mion.UnknownInLanguage";
        public const string Retry = "Plugin.Payments.Mion.Retry";
        public const string ChangeOrder = "Plugin.Payments.Mion.ChangeOrder";
        public const string Webhook = "Plugin.Payments.Mion.Webhook";
        public const string Health = "Plugin.Payments.Mion.Health";
        public const string TillStart = "Plugin.Payments.Mion.Till";
        public const string TillAction = "Plugin.Payments.Mion.Till.Action";
        public const string TillApp = "Plugin.Payments.Mion.Till.App";
        public const string TillCard = "Plugin.Payments.Mion.Till.Card";
        public const string TillDay = "Plugin.Payments.Mion.Till.Day";
        public const string TillDayAction = "Plugin.Payments.Mion.Till.Day.Action";
        public const string TillReceipt = "Plugin.Payments.Mion.Till.Receipt";
        public const string TillSettings = "Plugin.Payments.Mion.Till.Settings";
        public const string TillQr = "Plugin.Payments.Mion.Till.Qr";
        public const string TillScreen = "Plugin.Payments.Mion.TillScreen";
        public const string TillScreenStatus = "Plugin.Payments.Mion.TillScreen.Status";
        public const string TillScreenQr = "Plugin.Payments.Mion.TillScreen.Qr";
        public const string TillScreenTip = "Plugin.Payments.Mion.TillScreen.Tip";
        public const string Receipt = "Plugin.Payments.Mion.Receipt";
    }

    /// <summary>Paths below the store's address, each but the last followed by a token. Mion, customers and monitors hold them: never change one.</summary>
    public static class Path
    {
        /// <summary>Mion sends the shopper back here.</summary>
        public const string Return = "mion/return";

        /// <summary>The shopper's page about a payment; followed by the number of its row once the browser has its cookie.</summary>
        public const string Payment = "mion/payment";

        /// <summary>Mion reports changes here.</summary>
        public const string Webhook = "mion/webhook";

        /// <summary>The customer's screen beside a till.</summary>
        public const string TillScreen = "mion/till";

        /// <summary>The digital receipt of a charge at the till.</summary>
        public const string Receipt = "mion/receipt";

        /// <summary>By which a phone or a tablet installs the till.</summary>
        public const string TillApp = "mion/till.webmanifest";

        /// <summary>Machines ask here how the plugin is doing.</summary>
        public const string Health = "mion/health";
    }

    /// <summary>Views, by the path at which a store compiles them.</summary>
    public static class View
    {
        private const string Root = "~/Plugins/" + SystemName + "/Views/";

        public const string DiscountRule = Root + "Checkout/DiscountRule.cshtml";
        public const string Payment = Root + "Checkout/Payment.cshtml";
        public const string PaymentBody = Root + "Checkout/PaymentBody.cshtml";
        public const string PaymentInfo = Root + "Checkout/PaymentInfo.cshtml";
        public const string PaymentPlain = Root + "Checkout/PaymentPlain.cshtml";

        public const string Doctor = Root + "Desk/Doctor.cshtml";
        public const string Figures = Root + "Desk/Figures.cshtml";
        public const string FiguresCard = Root + "Desk/FiguresCard.cshtml";
        public const string OrderPanel = Root + "Desk/OrderPanel.cshtml";
        public const string OrderPanelCard = Root + "Desk/OrderPanelCard.cshtml";
        public const string PaymentPanel = Root + "Desk/PaymentPanel.cshtml";
        public const string Payments = Root + "Desk/Payments.cshtml";
        public const string PaymentTotals = Root + "Desk/PaymentTotals.cshtml";
        public const string Statement = Root + "Desk/Statement.cshtml";
        public const string StatementLines = Root + "Desk/StatementLines.cshtml";

        public const string Configure = Root + "Setup/Configure.cshtml";
        public const string Contract = Root + "Setup/Contract.cshtml";
        public const string Description = Root + "Setup/Description.cshtml";
        public const string Health = Root + "Setup/Health.cshtml";
        public const string Setup = Root + "Setup/Setup.cshtml";
        public const string SetupStep = Root + "Setup/SetupStep.cshtml";
        public const string Warnings = Root + "Setup/Warnings.cshtml";

        public const string Receipt = Root + "Till/Receipt.cshtml";
        public const string Till = Root + "Till/Till.cshtml";
        public const string TillCharge = Root + "Till/TillCharge.cshtml";
        public const string TillClose = Root + "Till/TillClose.cshtml";
        public const string TillDay = Root + "Till/TillDay.cshtml";
        public const string TillName = Root + "Till/TillName.cshtml";
        public const string TillOrderButton = Root + "Till/TillOrderButton.cshtml";
        public const string TillReport = Root + "Till/TillReport.cshtml";
        public const string TillScreen = Root + "Till/TillScreen.cshtml";
        public const string TillSettings = Root + "Till/TillSettings.cshtml";
    }
}
