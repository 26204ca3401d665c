using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>Loads and saves the page of the till's settings.</summary>
public class TillSettingsService(ISettingService settingService)
{
    /// <summary>The page's settings.</summary>
    public static SettingsTable<MionTillSettings, TillSettingsModel> Table { get; } = new SettingsTable<MionTillSettings, TillSettingsModel>()
        .Add(x => x.LifetimeMinutes)
        .Add(x => x.AllowOnChain)
        .Add(x => x.OnChainLifetimeMinutes)
        .Add(x => x.Sound)
        .Add(x => x.ReturnSeconds)
        .Add(x => x.TipPercent1)
        .Add(x => x.TipPercent2)
        .Add(x => x.TipPercent3)
        .Add(x => x.AllowFreeTip);

    /// <summary>Loads the page for a store.</summary>
    /// <param name="storeId">The chosen store; 0 for the values shared by all.</param>
    public async Task<TillSettingsModel> LoadAsync(int storeId)
    {
        var model = new TillSettingsModel { ActiveStoreScopeConfiguration = storeId };
        await Table.LoadAsync(settingService, model, storeId);
        return model;
    }

    /// <summary>Saves the settings of one store, or those shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    public async Task SaveAsync(TillSettingsModel model, int storeId)
    {
        await Table.SaveAsync(settingService, model, storeId);
        await settingService.ClearCacheAsync();
    }
}
