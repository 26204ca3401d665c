using Nop.Core.Configuration;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion;

/// <summary>The merchant's settings; each can be overridden per store.</summary>
/// <remarks>
/// nopCommerce stores each property as <c>mionsettings.&lt;property&gt;</c>; the values given here hold until one is saved.
/// Outside an admin's or a shopper's own request load them with <see cref="StoreSettings"/> for the order's
/// store: settings that nopCommerce injects are those of the request's host.
/// </remarks>
public class MionSettings : ISettings
{
    /// <summary>The API key, encrypted by <see cref="ApiKeyProtector"/>; empty when none has been entered.</summary>
    public string ApiKey { get; set; } = string.Empty;

    /// <summary>Address of Mion's API, without a slash at the end (assumed).</summary>
    public string BaseUrl { get; set; } = MionApiOptions.DefaultBaseUrl;

    /// <summary>Where a shopper pays; <c>{paymentSessionId}</c> is replaced (documented).</summary>
    public string CheckoutUrlTemplate { get; set; } = "https://app.mion.group/checkout/{paymentSessionId}";

    /// <summary>Name of the HTTP header that carries the API key (assumed).</summary>
    public string ApiKeyHeader { get; set; } = MionApiOptions.DefaultApiKeyHeader;

    /// <summary>What stands before the key in the header's value, such as <c>Bearer</c>; a space is put between (assumed: nothing).</summary>
    public string ApiKeyPrefix { get; set; } = string.Empty;

    /// <summary>Path of <em>Initiate a new payment session</em> (assumed).</summary>
    public string CreateSessionPath { get; set; } = MionApiOptions.DefaultCreateSessionPath;

    /// <summary>Path of <em>Retrieve a payment session by its reference</em> (assumed).</summary>
    public string GetSessionByReferencePath { get; set; } = MionApiOptions.DefaultGetSessionByReferencePath;

    /// <summary>Path of <em>Get a payment session status</em> (assumed).</summary>
    public string GetSessionStatusPath { get; set; } = MionApiOptions.DefaultGetSessionStatusPath;

    /// <summary>Path of <em>Initiate a webhook for payment session status updates</em> (assumed).</summary>
    public string CreateWebhookPath { get; set; } = MionApiOptions.DefaultCreateWebhookPath;

    /// <summary>Path of <em>New payment attempt</em>, for the till (assumed).</summary>
    public string CreatePaymentAttemptPath { get; set; } = MionApiOptions.DefaultCreatePaymentAttemptPath;

    /// <summary>Whether <c>fundingAmountAvailable</c> is what has arrived (assumed); switched off by itself where a new session has some.</summary>
    public bool FundingAmountMeansArrived { get; set; } = true;

    /// <summary>
    /// What differs from the assumed names and forms of Mion's API, as <see cref="MionContract.ToText"/> writes it; empty
    /// for nothing.
    /// </summary>
    public string ApiContract { get; set; } = string.Empty;

    /// <summary>The header in which Mion signs its calls; empty for none (assumed: none).</summary>
    public string CallbackSignatureHeader { get; set; } = string.Empty;

    /// <summary>With which Mion signs its calls, encrypted by <see cref="ApiKeyProtector"/>; empty where they are not verified.</summary>
    public string CallbackSecret { get; set; } = string.Empty;

    /// <summary>How long a shopper can pay a session, in minutes; a payment on the blockchain can take hours.</summary>
    public int SessionLifetimeMinutes { get; set; } = 24 * 60;

    /// <summary>Whether Mion is asked to report changes to the store.</summary>
    public bool WebhooksEnabled { get; set; } = true;

    /// <summary>Seconds between two checks of a fresh session by the scheduled task; older ones are checked less often.</summary>
    public int PollIntervalSeconds { get; set; } = 60;

    /// <summary>Days after its expiry in which a session is still checked for a late payment.</summary>
    public int LatePaymentDays { get; set; } = 7;

    /// <summary>Additional fee: an amount in the primary store currency, or a percentage; 0 for none.</summary>
    public decimal AdditionalFee { get; set; }

    /// <summary>Whether <see cref="AdditionalFee"/> is a percentage of the order total without it.</summary>
    public bool AdditionalFeePercentage { get; set; }

    /// <summary>How much is written to the log; the same for all stores.</summary>
    public LogDetail LogDetail { get; set; } = LogDetail.Errors;

    /// <summary>Below this order total (primary store currency) the method is not offered; 0 for no limit.</summary>
    public decimal MinimumOrderTotal { get; set; }

    /// <summary>Above this order total (primary store currency) the method is not offered; 0 for no limit.</summary>
    public decimal MaximumOrderTotal { get; set; }

    /// <summary>The merchant's own description at checkout; empty for the localized default.</summary>
    public string DescriptionText { get; set; } = string.Empty;

    /// <summary>Whether customers can take an unpaid order back into the cart, to change it.</summary>
    public bool AllowOrderChange { get; set; } = true;

    /// <summary>
    /// The keys that <see cref="ApiKey"/> replaced, the latest first, one a line, encrypted likewise: sessions that were
    /// opened with one of them are read with it where Mion does not show them to the new one. Empty where there was none.
    /// </summary>
    public string PreviousApiKey { get; set; } = string.Empty;

    /// <summary>SHA-256 of the key with which machines ask for the plugin's health; empty where none may. The same for all stores.</summary>
    public string HealthKeyHash { get; set; } = string.Empty;

    /// <summary>Days for which the history of payments is kept; the same for all stores.</summary>
    public int HistoryDays { get; set; } = 400;

    /// <summary>Whether uninstalling deletes the records of payments.</summary>
    public bool DeleteDataOnUninstall { get; set; }
}
