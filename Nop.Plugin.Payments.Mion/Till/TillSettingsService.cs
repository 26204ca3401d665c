using System.Linq.Expressions;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>
/// Loads and saves the page of the till's settings.
/// </summary>
public class TillSettingsService(ISettingService settingService)
{
    /// <summary>
    /// Loads the page for a store.
    /// </summary>
    /// <param name="storeId">The chosen store; 0 for the values shared by all.</param>
    public async Task<TillSettingsModel> LoadAsync(int storeId)
    {
        var settings = await settingService.LoadSettingAsync<MionTillSettings>(storeId);
        var model = new TillSettingsModel
        {
            ActiveStoreScopeConfiguration = storeId,
            LifetimeMinutes = settings.LifetimeMinutes,
            AllowOnChain = settings.AllowOnChain,
            OnChainLifetimeMinutes = settings.OnChainLifetimeMinutes,
            Sound = settings.Sound,
            ReturnSeconds = settings.ReturnSeconds
        };
        if (storeId == 0)
            return model;

        Task<bool> IsOwn<T>(Expression<Func<MionTillSettings, T>> property) => settingService.SettingExistsAsync(settings, property, storeId);
        model.LifetimeMinutes_OverrideForStore = await IsOwn(x => x.LifetimeMinutes);
        model.AllowOnChain_OverrideForStore = await IsOwn(x => x.AllowOnChain);
        model.OnChainLifetimeMinutes_OverrideForStore = await IsOwn(x => x.OnChainLifetimeMinutes);
        model.Sound_OverrideForStore = await IsOwn(x => x.Sound);
        model.ReturnSeconds_OverrideForStore = await IsOwn(x => x.ReturnSeconds);
        return model;
    }

    /// <summary>
    /// Saves the settings of one store, or those shared by all.
    /// </summary>
    /// <param name="model">The form, valid.</param>
    /// <param name="storeId">The chosen store; 0 for all stores. There, only what is marked as the store's own is saved.</param>
    public async Task SaveAsync(TillSettingsModel model, int storeId)
    {
        var settings = await settingService.LoadSettingAsync<MionTillSettings>(storeId);
        settings.LifetimeMinutes = model.LifetimeMinutes;
        settings.AllowOnChain = model.AllowOnChain;
        settings.OnChainLifetimeMinutes = model.OnChainLifetimeMinutes;
        settings.Sound = model.Sound;
        settings.ReturnSeconds = model.ReturnSeconds;

        Task SaveAsync<T>(Expression<Func<MionTillSettings, T>> property, bool isOwn) =>
            settingService.SaveSettingOverridablePerStoreAsync(settings, property, isOwn, storeId, clearCache: false);
        await SaveAsync(x => x.LifetimeMinutes, model.LifetimeMinutes_OverrideForStore);
        await SaveAsync(x => x.AllowOnChain, model.AllowOnChain_OverrideForStore);
        await SaveAsync(x => x.OnChainLifetimeMinutes, model.OnChainLifetimeMinutes_OverrideForStore);
        await SaveAsync(x => x.Sound, model.Sound_OverrideForStore);
        await SaveAsync(x => x.ReturnSeconds, model.ReturnSeconds_OverrideForStore);
        await settingService.ClearCacheAsync();
    }
}
