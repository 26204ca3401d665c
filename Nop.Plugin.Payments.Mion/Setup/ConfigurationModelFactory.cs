using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Prepares the configuration page.</summary>
public class ConfigurationModelFactory(
    ConfigurationSettings configurationSettings,
    DescriptionModelFactory descriptionModelFactory,
    EuroConversion euroConversion,
    HealthModelFactory healthModelFactory,
    IStoreService storeService,
    MionClock mionClock,
    PaymentTexts texts,
    StoreSettings storeSettings)
{
    /// <summary>Prepares the page for a store.</summary>
    /// <param name="storeId">The chosen store; 0 for the values shared by all.</param>
    /// <param name="posted">A form that was not valid: its values are kept, so that nothing typed is lost.</param>
    public async Task<ConfigurationModel> PrepareAsync(int storeId, ConfigurationModel? posted = null)
    {
        var settings = await storeSettings.LoadAsync(storeId);
        var model = posted ?? new ConfigurationModel();
        if (posted is null)
            await configurationSettings.LoadAsync(model, storeId);
        model.ActiveStoreScopeConfiguration = storeId;
        model.ApiKey = null;
        model.CallbackSecret = null;
        model.HasApiKey = settings.ApiKey.Length > 0;
        model.HasCallbackSecret = settings.CallbackSecret.Length > 0;
        model.HasHealthKey = settings.HealthKeyHash.Length > 0;
        model.Contract = await descriptionModelFactory.PrepareLinesAsync(storeId);
        model.IsApiKeyReadable = storeSettings.IsKeyReadable(settings);
        await DescribeStoreAsync(model, storeId);
        foreach (var detail in Enum.GetValues<LogDetail>())
            model.LogDetails.Add(new SelectListItem(await texts.GetAsync($"LogDetail.{detail}"), ((int)detail).ToString(CultureInfo.InvariantCulture)));
        model.Health = await healthModelFactory.PrepareAsync(storeId);
        return model;
    }

    private async Task DescribeStoreAsync(ConfigurationModel model, int storeId)
    {
        var rate = await euroConversion.FindRateAsync();
        model.PrimaryCurrencyCode = rate?.Currency.CurrencyCode ?? string.Empty;
        model.CurrencyNotice = rate switch
        {
            null => CurrencyNotice.NoEuro,
            { RateOnUtc: not null } => CurrencyNotice.Converted,
            _ => CurrencyNotice.None
        };

        if (mionClock.Ahead != TimeSpan.Zero)
            model.ClockNotice = await texts.GetAsync("Clock.Differs", (await texts.FormatAsync()).Number((long)mionClock.Ahead.Duration().TotalSeconds));

        var stores = await storeService.GetAllStoresAsync();
        var store = stores.FirstOrDefault(candidate => candidate.Id == storeId) ?? stores.FirstOrDefault();
        model.WebhookUrl = store is null ? string.Empty : $"{PaymentUrls.GetStoreUrl(store)}/{MionDefaults.Path.Webhook}/…";
        model.HealthUrl = store is null ? string.Empty : $"{PaymentUrls.GetStoreUrl(store)}/{MionDefaults.Path.Health}";
    }
}
