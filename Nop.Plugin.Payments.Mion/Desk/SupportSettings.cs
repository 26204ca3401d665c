using System.Globalization;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Configuration;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>
/// The settings of all stores for the support bundle, and how sure each name of Mion's API is; by a list of what may go in.
/// </summary>
public class SupportSettings(ContractStandings standings, ISettingService settingService, IStoreService storeService,
    StoreSettings storeSettings)
{
    /// <returns>Names of files, and what goes into them.</returns>
    public async Task<IReadOnlyList<(string Name, object Content)>> DescribeAsync()
    {
        var stores = await storeService.GetAllStoresAsync();
        var files = new List<(string, object)>();
        // what counts in each, with what is the store's own
        foreach (var storeId in stores.Count > 1 ? stores.Select(store => store.Id).Prepend(0) : [0])
        {
            var end = storeId == 0 ? ".json" : string.Create(CultureInfo.InvariantCulture, $"-store-{storeId}.json");
            files.Add(("settings" + end, await DescribeSettingsAsync(storeId)));
            files.Add(("api" + end, (await standings.GetAsync(storeId))
                .Select(row => new { row.Key, row.Value, Standing = row.Standing.ToString(), row.ProvenOnUtc })));
        }

        return files;
    }

    private async Task<object> DescribeSettingsAsync(int storeId) =>
        Describe(await storeSettings.LoadAsync(storeId), await settingService.LoadSettingAsync<MionTillSettings>(storeId));

    private object Describe(MionSettings settings, MionTillSettings till) => new
    {
        HasApiKey = settings.ApiKey.Length > 0,
        IsApiKeyReadable = storeSettings.IsKeyReadable(settings),
        HasPreviousApiKey = settings.PreviousApiKey.Length > 0,
        settings.BaseUrl,
        settings.CheckoutUrlTemplate,
        settings.ApiKeyHeader,
        settings.ApiKeyPrefix,
        settings.CreateSessionPath,
        settings.GetSessionStatusPath,
        settings.GetSessionByReferencePath,
        settings.CreateWebhookPath,
        settings.CreatePaymentAttemptPath,
        settings.FundingAmountMeansArrived,
        settings.ApiContract,
        settings.CallbackSignatureHeader,
        HasCallbackSecret = settings.CallbackSecret.Length > 0,
        HasHealthKey = settings.HealthKeyHash.Length > 0,
        settings.SessionLifetimeMinutes,
        settings.WebhooksEnabled,
        settings.PollIntervalSeconds,
        settings.LatePaymentDays,
        settings.HistoryDays,
        settings.AdditionalFee,
        settings.AdditionalFeePercentage,
        settings.MinimumOrderTotal,
        settings.MaximumOrderTotal,
        settings.AllowOrderChange,
        settings.DeleteDataOnUninstall,
        LogDetail = settings.LogDetail.ToString(),
        Till = new
        {
            till.LifetimeMinutes,
            till.AllowOnChain,
            till.OnChainLifetimeMinutes,
            till.Sound,
            till.ReturnSeconds,
            till.TipPercent1,
            till.TipPercent2,
            till.TipPercent3,
            till.AllowFreeTip
        }
    };
}
