using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>The key with which machines ask for the plugin's health. It is shown once; what is kept is its hash.</summary>
public class HealthKey(ISettingService settingService, StoreSettings storeSettings)
{
    /// <summary>Makes a key; one that was made before does not work any more.</summary>
    public async Task<string> CreateAsync()
    {
        var key = SecretToken.Create();
        await SaveAsync(Hash(key));
        return key;
    }

    /// <summary>Takes the key away: no machine may ask.</summary>
    public Task RemoveAsync() => SaveAsync(string.Empty);

    /// <summary>Whether a key is the one; null where there is none. Asks the cache of the settings, and no database.</summary>
    /// <param name="key">What was sent.</param>
    public async Task<bool?> IsGoodAsync(string? key)
    {
        var expected = (await storeSettings.LoadAsync(storeId: 0)).HealthKeyHash;
        return expected.Length == 0 ? null : SecretToken.AreEqual(expected, Hash(key ?? string.Empty));
    }

    private async Task SaveAsync(string hash)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        settings.HealthKeyHash = hash;
        await settingService.SaveSettingAsync(settings, x => x.HealthKeyHash);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
