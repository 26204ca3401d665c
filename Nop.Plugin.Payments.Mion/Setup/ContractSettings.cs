using Nop.Plugin.Payments.Mion.Api;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// Saves what a description of Mion's API says, as if a person had typed it on the configuration page, and goes back to the
/// defaults.
/// </summary>
public class ContractSettings(ConfigurationSettings configurationSettings, ISettingService settingService)
{
    /// <summary>Saves a proposal for all stores or for one.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    /// <param name="apiKey">The key as it is typed anew; needed where the stored one would go to another address.</param>
    /// <param name="callbackSecret">With which Mion signs its calls; empty leaves the stored one, if the header stays.</param>
    /// <returns>False where the key is needed; then nothing is saved.</returns>
    public Task<bool> TryApplyAsync(ContractProposal proposal, int storeId, string? apiKey, string? callbackSecret = null) =>
        TrySaveAsync(ValuesOf(proposal), proposal.ToContract().ToText(), storeId, apiKey, callbackSecret);

    /// <summary>Whether a proposal can be applied only with the key typed anew.</summary>
    public async Task<bool> NeedsKeyAsync(ContractProposal proposal, int storeId) =>
        await configurationSettings.NeedsKeyAgainAsync(await FormAsync(ValuesOf(proposal), isOwn: true, storeId, apiKey: null), storeId);

    /// <summary>Goes back to the defaults; a store, to the values shared by all.</summary>
    /// <param name="storeId">The chosen store; 0 for all stores.</param>
    /// <param name="apiKey">As in <see cref="TryApplyAsync"/>.</param>
    public Task<bool> TryResetAsync(int storeId, string? apiKey) =>
        TrySaveAsync(MionContract.Terms.ToDictionary(term => term.Key, term => term.Default), contract: null, storeId, apiKey, callbackSecret: null);

    private static Dictionary<string, string> ValuesOf(ContractProposal proposal) => proposal.Rows.ToDictionary(row => row.Key, row => row.Value);

    private async Task<ConfigurationModel> FormAsync(Dictionary<string, string> values, bool isOwn, int storeId, string? apiKey)
    {
        var form = new ConfigurationModel { ActiveStoreScopeConfiguration = storeId };
        await configurationSettings.LoadAsync(form, storeId);
        (form.ApiKey, form.ApiKey_OverrideForStore) = (apiKey, form.ApiKey_OverrideForStore || !string.IsNullOrWhiteSpace(apiKey));
        Fill(form, values, isOwn);
        return form;
    }

    private async Task<bool> TrySaveAsync(Dictionary<string, string> values, string? contract, int storeId, string? apiKey, string? callbackSecret)
    {
        var form = await FormAsync(values, isOwn: contract is not null, storeId, apiKey);
        // back at the shared values a store has no secret of its own either
        (form.CallbackSecret, form.CallbackSecret_OverrideForStore) =
            (callbackSecret, contract is not null && (form.CallbackSecret_OverrideForStore || !string.IsNullOrWhiteSpace(callbackSecret)));
        if (await configurationSettings.NeedsKeyAgainAsync(form, storeId))
            return false;
        var settings = await settingService.LoadSettingAsync<MionSettings>(storeId);
        settings.ApiContract = contract ?? string.Empty;
        if (contract is null && storeId == 0)
            await settingService.DeleteSettingAsync(settings, x => x.ApiContract);
        else
            await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ApiContract, contract is not null, storeId,
                clearCache: false);
        await configurationSettings.SaveAsync(form, storeId);
        return true;
    }

    /// <param name="isOwn">Whether a store gets values of its own: all, since they belong together whatever the shared ones become.</param>
    private static void Fill(ConfigurationModel form, Dictionary<string, string> values, bool isOwn)
    {
        var header = values["apiKeyHeader"].Split(": ");
        (form.BaseUrl, form.BaseUrl_OverrideForStore) = Choose(values["baseUrl"]);
        (form.ApiKeyHeader, form.ApiKeyHeader_OverrideForStore) = Choose(header[0]);
        (form.ApiKeyPrefix, form.ApiKeyPrefix_OverrideForStore) = Choose(header.ElementAtOrDefault(1) ?? "");
        (form.CreateSessionPath, form.CreateSessionPath_OverrideForStore) = Choose(PathOf("create.path"));
        (form.GetSessionStatusPath, form.GetSessionStatusPath_OverrideForStore) = Choose(PathOf("status.path"));
        (form.GetSessionByReferencePath, form.GetSessionByReferencePath_OverrideForStore) = Choose(PathOf("byReference.path"));
        (form.CreateWebhookPath, form.CreateWebhookPath_OverrideForStore) = Choose(PathOf("webhook.path"));
        (form.CreatePaymentAttemptPath, form.CreatePaymentAttemptPath_OverrideForStore) = Choose(PathOf("attempt.path"));
        (form.CallbackSignatureHeader, form.CallbackSignatureHeader_OverrideForStore) = Choose(values["callback.signatureHeader"]);

        string PathOf(string key) => values[key].Split(' ')[1];

        (string, bool) Choose(string value) => (value, isOwn);
    }
}
