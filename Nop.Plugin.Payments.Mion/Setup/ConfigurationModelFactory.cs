using System.Globalization;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Configuration;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Prepares the configuration page.
/// </summary>
public class ConfigurationModelFactory(
    ApiKeyProtector apiKeyProtector,
    EuroConversion euroConversion,
    HealthModelFactory healthModelFactory,
    ISettingService settingService,
    IStoreService storeService,
    PaymentTexts texts)
{
    /// <summary>
    /// Prepares the page for a store.
    /// </summary>
    /// <param name="storeId">The chosen store; 0 for the values shared by all.</param>
    /// <param name="posted">A form that was not valid: its values are kept, so that nothing typed is lost.</param>
    public async Task<ConfigurationModel> PrepareAsync(int storeId, ConfigurationModel? posted = null)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        var model = posted ?? FromSettings(settings);
        model.ActiveStoreScopeConfiguration = storeId;
        model.ApiKey = null;
        model.HasApiKey = settings.ApiKey.Length > 0;
        model.IsApiKeyReadable = apiKeyProtector.TryUnprotect(settings.ApiKey, out _);
        if (posted is null && storeId > 0)
            await ReadOverridesAsync(model, settings, storeId);
        await DescribeStoreAsync(model, storeId);
        foreach (var detail in Enum.GetValues<LogDetail>())
            model.LogDetails.Add(new SelectListItem(await texts.GetAsync($"LogDetail.{detail}"), ((int)detail).ToString(CultureInfo.InvariantCulture)));
        model.Health = await healthModelFactory.PrepareAsync(storeId);
        return model;
    }

    private static ConfigurationModel FromSettings(MionSettings settings) => new()
    {
        SessionLifetimeMinutes = settings.SessionLifetimeMinutes,
        WebhooksEnabled = settings.WebhooksEnabled,
        PollIntervalSeconds = settings.PollIntervalSeconds,
        LatePaymentDays = settings.LatePaymentDays,
        AdditionalFee = settings.AdditionalFee,
        AdditionalFeePercentage = settings.AdditionalFeePercentage,
        MinimumOrderTotal = settings.MinimumOrderTotal,
        MaximumOrderTotal = settings.MaximumOrderTotal,
        DescriptionText = settings.DescriptionText,
        HistoryDays = settings.HistoryDays,
        DeleteDataOnUninstall = settings.DeleteDataOnUninstall,
        LogDetail = (int)settings.LogDetail,
        BaseUrl = settings.BaseUrl,
        CheckoutUrlTemplate = settings.CheckoutUrlTemplate,
        ApiKeyHeader = settings.ApiKeyHeader,
        ApiKeyPrefix = settings.ApiKeyPrefix,
        CreateSessionPath = settings.CreateSessionPath,
        GetSessionStatusPath = settings.GetSessionStatusPath,
        GetSessionByReferencePath = settings.GetSessionByReferencePath,
        CreateWebhookPath = settings.CreateWebhookPath,
        CreatePaymentAttemptPath = settings.CreatePaymentAttemptPath
    };

    private async Task ReadOverridesAsync(ConfigurationModel model, MionSettings settings, int storeId)
    {
        Task<bool> IsOwn<T>(Expression<Func<MionSettings, T>> property) => settingService.SettingExistsAsync(settings, property, storeId);

        model.ApiKey_OverrideForStore = await IsOwn(x => x.ApiKey);
        model.SessionLifetimeMinutes_OverrideForStore = await IsOwn(x => x.SessionLifetimeMinutes);
        model.WebhooksEnabled_OverrideForStore = await IsOwn(x => x.WebhooksEnabled);
        model.PollIntervalSeconds_OverrideForStore = await IsOwn(x => x.PollIntervalSeconds);
        model.LatePaymentDays_OverrideForStore = await IsOwn(x => x.LatePaymentDays);
        model.AdditionalFee_OverrideForStore = await IsOwn(x => x.AdditionalFee);
        model.AdditionalFeePercentage_OverrideForStore = await IsOwn(x => x.AdditionalFeePercentage);
        model.MinimumOrderTotal_OverrideForStore = await IsOwn(x => x.MinimumOrderTotal);
        model.MaximumOrderTotal_OverrideForStore = await IsOwn(x => x.MaximumOrderTotal);
        model.DescriptionText_OverrideForStore = await IsOwn(x => x.DescriptionText);
        model.BaseUrl_OverrideForStore = await IsOwn(x => x.BaseUrl);
        model.CheckoutUrlTemplate_OverrideForStore = await IsOwn(x => x.CheckoutUrlTemplate);
        model.ApiKeyHeader_OverrideForStore = await IsOwn(x => x.ApiKeyHeader);
        model.ApiKeyPrefix_OverrideForStore = await IsOwn(x => x.ApiKeyPrefix);
        model.CreateSessionPath_OverrideForStore = await IsOwn(x => x.CreateSessionPath);
        model.GetSessionStatusPath_OverrideForStore = await IsOwn(x => x.GetSessionStatusPath);
        model.GetSessionByReferencePath_OverrideForStore = await IsOwn(x => x.GetSessionByReferencePath);
        model.CreateWebhookPath_OverrideForStore = await IsOwn(x => x.CreateWebhookPath);
        model.CreatePaymentAttemptPath_OverrideForStore = await IsOwn(x => x.CreatePaymentAttemptPath);
    }

    private async Task DescribeStoreAsync(ConfigurationModel model, int storeId)
    {
        var rate = await euroConversion.FindRateAsync();
        model.PrimaryCurrencyCode = rate?.Primary.CurrencyCode ?? string.Empty;
        model.CurrencyNotice = rate switch
        {
            null => CurrencyNotice.NoEuro,
            { RateOnUtc: not null } => CurrencyNotice.Converted,
            _ => CurrencyNotice.None
        };

        var stores = await storeService.GetAllStoresAsync();
        var store = stores.FirstOrDefault(candidate => candidate.Id == storeId) ?? stores.FirstOrDefault();
        model.WebhookUrl = store is null ? string.Empty : $"{PaymentUrls.GetStoreUrl(store)}/{MionDefaults.Path.Webhook}/…";
    }
}
