using Nop.Plugin.Payments.Mion.Api;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>The plugin's settings of a given store, ready for use.</summary>
/// <remarks>The only way to the settings in the plugin's logic: what nopCommerce injects belongs to the request's host.</remarks>
public class StoreSettings(ISettingService settingService, ApiKeyProtector apiKeyProtector)
{
    /// <summary>Loads the settings of a store.</summary>
    /// <param name="storeId">Id of the store; 0 for the values shared by all stores.</param>
    public async Task<MionSettings> LoadAsync(int storeId)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        if (storeId > 0 && await settingService.LoadSettingAsync<MionSettings>() is { } shared)
            settings.PreviousApiKey = FindPreviousKeys(settings, shared);
        return settings;
    }

    /// <summary>
    /// The keys before the present one that a store's sessions may have been opened with: its own and the shared ones,
    /// which a value of its own would hide. Those of another address stay away from this one.
    /// </summary>
    private static string FindPreviousKeys(MionSettings settings, MionSettings shared)
    {
        var isSame = settings.PreviousApiKey == shared.PreviousApiKey;
        if (KeyTarget.Of(settings) != KeyTarget.Of(shared))
            return isSame ? string.Empty : settings.PreviousApiKey;
        return isSame || shared.PreviousApiKey.Length == 0 ? settings.PreviousApiKey : $"{settings.PreviousApiKey}\n{shared.PreviousApiKey}".Trim();
    }

    /// <summary>Loads what a call to Mion's API for a store needs.</summary>
    /// <param name="storeId">Id of the store of the order.</param>
    public async Task<MionApiOptions> LoadApiOptionsAsync(int storeId) => ToApiOptions(await LoadAsync(storeId));

    /// <summary>What a call to Mion's API needs; the key is empty where none can be read.</summary>
    public MionApiOptions ToApiOptions(MionSettings settings)
    {
        apiKeyProtector.TryUnprotect(settings.ApiKey, out var apiKey);
        apiKeyProtector.TryUnprotect(settings.CallbackSecret, out var callbackSecret);
        return new MionApiOptions
        {
            ApiKey = apiKey,
            PreviousApiKeys = [.. SplitKeys(settings.PreviousApiKey).SelectMany(ReadKeys).Where(key => key != apiKey).Distinct()],
            ApiKeyHeader = settings.ApiKeyHeader,
            ApiKeyPrefix = settings.ApiKeyPrefix,
            BaseUrl = settings.BaseUrl,
            CallbackSecret = callbackSecret,
            HasCallbackSecret = settings.CallbackSecret.Length > 0,
            CallbackSignatureHeader = settings.CallbackSignatureHeader,
            Contract = MionContract.Parse(settings.ApiContract),
            CreateSessionPath = settings.CreateSessionPath,
            GetSessionByReferencePath = settings.GetSessionByReferencePath,
            GetSessionStatusPath = settings.GetSessionStatusPath,
            CreateWebhookPath = settings.CreateWebhookPath,
            CreatePaymentAttemptPath = settings.CreatePaymentAttemptPath,
            FundingAmountMeansArrived = settings.FundingAmountMeansArrived
        };
    }

    /// <summary>Remembers that an available amount does not mean that something has arrived: Mion said it of a session that nobody had been shown.</summary>
    public async Task DisbelieveFundingAmountAsync()
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        // a store that has its own word about it keeps it
        if (!settings.FundingAmountMeansArrived)
            return;
        settings.FundingAmountMeansArrived = false;
        await settingService.SaveSettingAsync(settings, x => x.FundingAmountMeansArrived);
    }

    private string[] ReadKeys(string stored) => apiKeyProtector.TryUnprotect(stored, out var keys) ? SplitKeys(keys) : [];

    /// <summary>The keys of <see cref="MionSettings.PreviousApiKey"/>, in plain text.</summary>
    /// <param name="keys">One a line.</param>
    public static string[] SplitKeys(string keys) => keys.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Tells whether a test was made with these settings: of all that a connection to Mion consists of.</summary>
    /// <param name="settings">The store's settings. The key is taken as it is stored, encrypted.</param>
    public static string GetFingerprint(MionSettings settings) =>
        Fingerprint.Of([settings.ApiKey, settings.ApiKeyHeader, settings.ApiKeyPrefix,
        settings.BaseUrl, settings.CreateSessionPath, settings.GetSessionByReferencePath, settings.GetSessionStatusPath,
        .. settings.ApiContract.Length > 0 ? [settings.ApiContract] : Array.Empty<string>()]);

    /// <summary>Whether the stored key, if there is one, can be read.</summary>
    public bool IsKeyReadable(MionSettings settings) => apiKeyProtector.TryUnprotect(settings.ApiKey, out _);

    /// <summary>Whether the method can work at all with these settings.</summary>
    public bool IsConfigured(MionSettings settings) =>
        apiKeyProtector.TryUnprotect(settings.ApiKey, out var apiKey) && apiKey.Length > 0
        && MionApiOptions.IsAllowedAddress(settings.BaseUrl, out _)
        && MionApiOptions.IsAllowedAddress(settings.CheckoutUrlTemplate.Replace(MionApiOptions.IdPlaceholder, "id", StringComparison.Ordinal), out _)
        && settings.CheckoutUrlTemplate.Contains(MionApiOptions.IdPlaceholder, StringComparison.Ordinal);
}
