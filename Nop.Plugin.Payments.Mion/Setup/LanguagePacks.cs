using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Installs the plugin's texts in the languages of the store, by each language's culture; English for any other.</summary>
/// <remarks>
/// A text that a merchant has edited stays: only what is missing is added, and only what still reads as the plugin has
/// once delivered it, in any of its languages, is replaced.
/// </remarks>
public class LanguagePacks(ILanguageService languageService, ILocalizationService localizationService)
{
    // one that every version has: where it is missing, the language has come since
    private const string Sentinel = MionDefaults.ResourcePrefix + ".PaymentMethodDescription";

    /// <summary>Brings the texts of all languages to this version.</summary>
    public async Task InstallAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await InstallAsync(language);
    }

    /// <summary>Adds the texts of languages that have none of them. Cheap where there is nothing to do.</summary>
    public async Task InstallMissingAsync()
    {
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
        {
            var text = await localizationService.GetResourceAsync(Sentinel, language.Id, logIfNotFound: false, defaultValue: string.Empty, returnEmptyIfNotFound: true);
            if (string.IsNullOrEmpty(text))
                await InstallAsync(language);
        }
    }

    /// <summary>Removes all texts.</summary>
    public Task UninstallAsync() => localizationService.DeleteLocaleResourcesAsync(MionDefaults.ResourcePrefix);

    private async Task InstallAsync(Language language)
    {
        var present = await localizationService.GetAllResourceValuesAsync(language.Id, loadPublicLocales: null);
        var wanted = MionStrings.For(language.LanguageCulture);
        var changes = wanted.Where(text => !present.TryGetValue(text.Key.ToLowerInvariant(), out var row)
                || (row.Value != text.Value && MionStrings.IsDelivered(text.Key, row.Value)))
            .ToDictionary(text => text.Key, text => text.Value);
        if (changes.Count > 0)
            await localizationService.AddOrUpdateLocaleResourceAsync(changes, language.Id);
    }
}
