using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>What the merchant should know about the store's currency.</summary>
public enum CurrencyNotice
{
    /// <summary>The store sells in euro.</summary>
    None,

    /// <summary>Totals are converted with the store's own rate.</summary>
    Converted,

    /// <summary>There is no way to the euro: the method is hidden.</summary>
    NoEuro
}

/// <summary>The configuration page. Each setting has a companion that says whether the chosen store has a value of its own.</summary>
public record ConfigurationModel : BaseNopModel, ISettingsModel, ILocalizedModel<ConfigurationLocalizedModel>
{
    /// <summary>The chosen store; 0 for the values shared by all stores.</summary>
    public int ActiveStoreScopeConfiguration { get; set; }

    /// <summary>A new API key; empty leaves the stored one. The stored key is never put here.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.ApiKey")]
    [DataType(DataType.Password)]
    public string? ApiKey { get; set; }
    public bool ApiKey_OverrideForStore { get; set; }

    /// <summary>Whether a key is stored.</summary>
    public bool HasApiKey { get; set; }

    /// <summary>The key for machines that was just made, shown this once; null where none was.</summary>
    public string? NewHealthKey { get; set; }

    /// <summary>Whether machines may ask for the plugin's health.</summary>
    public bool HasHealthKey { get; set; }

    /// <summary>Where they do.</summary>
    public string HealthUrl { get; set; } = string.Empty;

    /// <summary>Whether the stored key can be read.</summary>
    public bool IsApiKeyReadable { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.SessionLifetimeMinutes")]
    public int SessionLifetimeMinutes { get; set; }
    public bool SessionLifetimeMinutes_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.WebhooksEnabled")]
    public bool WebhooksEnabled { get; set; }
    public bool WebhooksEnabled_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.PollIntervalSeconds")]
    public int PollIntervalSeconds { get; set; }
    public bool PollIntervalSeconds_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.LatePaymentDays")]
    public int LatePaymentDays { get; set; }
    public bool LatePaymentDays_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.AdditionalFee")]
    public decimal AdditionalFee { get; set; }
    public bool AdditionalFee_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.AdditionalFeePercentage")]
    public bool AdditionalFeePercentage { get; set; }
    public bool AdditionalFeePercentage_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.MinimumOrderTotal")]
    public decimal MinimumOrderTotal { get; set; }
    public bool MinimumOrderTotal_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.MaximumOrderTotal")]
    public decimal MaximumOrderTotal { get; set; }
    public bool MaximumOrderTotal_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.AllowOrderChange")]
    public bool AllowOrderChange { get; set; }
    public bool AllowOrderChange_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.DescriptionText")]
    public string? DescriptionText { get; set; }
    public bool DescriptionText_OverrideForStore { get; set; }

    /// <summary>That text in each language, on the page for all stores.</summary>
    public IList<ConfigurationLocalizedModel> Locales { get; set; } = [];

    /// <summary>See <see cref="MionSettings.DeleteDataOnUninstall"/>; the same for all stores.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.DeleteDataOnUninstall")]
    public bool DeleteDataOnUninstall { get; set; }

    /// <summary>See <see cref="MionSettings.HistoryDays"/>; the same for all stores.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.HistoryDays")]
    public int HistoryDays { get; set; } = new MionSettings().HistoryDays;

    /// <summary>See <see cref="MionSettings.LogDetail"/>; the same for all stores.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.LogDetail")]
    public int LogDetail { get; set; }

    /// <summary>What can be chosen there.</summary>
    public IList<SelectListItem> LogDetails { get; set; } = [];

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.BaseUrl")]
    public string? BaseUrl { get; set; }
    public bool BaseUrl_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CheckoutUrlTemplate")]
    public string? CheckoutUrlTemplate { get; set; }
    public bool CheckoutUrlTemplate_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.ApiKeyHeader")]
    public string? ApiKeyHeader { get; set; }
    public bool ApiKeyHeader_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.ApiKeyPrefix")]
    public string? ApiKeyPrefix { get; set; }
    public bool ApiKeyPrefix_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CreateSessionPath")]
    public string? CreateSessionPath { get; set; }
    public bool CreateSessionPath_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.GetSessionStatusPath")]
    public string? GetSessionStatusPath { get; set; }
    public bool GetSessionStatusPath_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.GetSessionByReferencePath")]
    public string? GetSessionByReferencePath { get; set; }
    public bool GetSessionByReferencePath_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CreateWebhookPath")]
    public string? CreateWebhookPath { get; set; }
    public bool CreateWebhookPath_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CreatePaymentAttemptPath")]
    public string? CreatePaymentAttemptPath { get; set; }
    public bool CreatePaymentAttemptPath_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.FundingAmountMeansArrived")]
    public bool FundingAmountMeansArrived { get; set; }
    public bool FundingAmountMeansArrived_OverrideForStore { get; set; }

    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CallbackSignatureHeader")]
    public string? CallbackSignatureHeader { get; set; }
    public bool CallbackSignatureHeader_OverrideForStore { get; set; }

    /// <summary>A new secret; empty leaves the stored one. The stored one is never put here.</summary>
    [NopResourceDisplayName("Plugins.Payments.Mion.Fields.CallbackSecret")]
    [DataType(DataType.Password)]
    public string? CallbackSecret { get; set; }
    public bool CallbackSecret_OverrideForStore { get; set; }

    /// <summary>Whether a secret is stored.</summary>
    public bool HasCallbackSecret { get; set; }

    /// <summary>What the plugin depends on of Mion's API, and how sure each of it is.</summary>
    public IReadOnlyList<ContractLine> Contract { get; set; } = [];

    /// <summary>The three steps of the set-up, and how the plugin is doing.</summary>
    public HealthModel Health { get; set; } = new();

    /// <summary>What the merchant should know about the store's currency.</summary>
    public CurrencyNotice CurrencyNotice { get; set; }

    /// <summary>That this machine's clock and Mion's differ; empty where they agree.</summary>
    public string ClockNotice { get; set; } = string.Empty;

    /// <summary>ISO code of the primary store currency.</summary>
    public string PrimaryCurrencyCode { get; set; } = string.Empty;

    /// <summary>Where Mion reports changes, with a placeholder for the token; to be let through by firewalls.</summary>
    public string WebhookUrl { get; set; } = string.Empty;
}
