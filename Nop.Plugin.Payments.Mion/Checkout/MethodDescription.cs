using Nop.Core;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>What checkout says about the method before the order is confirmed.</summary>
public class MethodDescription(EuroOffer euroOffer, ILocalizationService localizationService, IWorkContext workContext, PaymentSettings paymentSettings, PluginLog log)
{
    /// <summary>The line in the list of payment methods. Where the store skips the page after it, it names the amount in euro too.</summary>
    public async Task<string> GetAsync()
    {
        var text = await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.PaymentMethodDescription");
        return paymentSettings.SkipPaymentInfoStepForRedirectionPaymentMethods && await DescribeEuroAsync() is { Length: > 0 } euro ? $"{text} {euro}" : text;
    }

    /// <summary>The merchant's own text in the shopper's language, or the one for all languages; empty where there is none.</summary>
    public async Task<string> GetOwnTextAsync(MionSettings settings, int storeId) => await localizationService.GetLocalizedSettingAsync(settings,
        x => x.DescriptionText, (await workContext.GetWorkingLanguageAsync()).Id, storeId) ?? string.Empty;

    /// <summary>What will be asked for in euro; empty where nothing is converted. Throws nothing: checkout goes on without it.</summary>
    public async Task<string> DescribeEuroAsync()
    {
        try
        {
            return await euroOffer.DescribeAsync();
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"checkout could not say what will be asked for in euro.", exception);
            return string.Empty;
        }
    }
}
