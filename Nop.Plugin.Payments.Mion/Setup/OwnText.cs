using Nop.Services.Configuration;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>
/// The merchant's own text at checkout in each language: a localized setting of nopCommerce's, which belongs to the value
/// that all stores share.
/// </summary>
public class OwnText(ILanguageService languageService, ILocalizationService localizationService, ISettingService settingService)
{
    /// <summary>Fills the page with a text for each language; none where the store has one only.</summary>
    public async Task LoadAsync(ConfigurationModel model)
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        var languages = await languageService.GetAllLanguagesAsync(showHidden: true);
        if (languages.Count < 2)
            return;
        foreach (var language in languages)
        {
            model.Locales.Add(new ConfigurationLocalizedModel
            {
                LanguageId = language.Id,
                DescriptionText = await localizationService.GetLocalizedSettingAsync(settings, x => x.DescriptionText, language.Id, storeId: 0,
                    returnDefaultValue: false, ensureTwoPublishedLanguages: false)
            });
        }
    }

    /// <summary>Saves the texts of a form.</summary>
    public async Task SaveAsync(ConfigurationModel model)
    {
        if (model.Locales.Count == 0)
            return;
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        // a translation belongs to the row of its setting
        await settingService.SaveSettingAsync(settings, x => x.DescriptionText);
        foreach (var locale in model.Locales)
            await localizationService.SaveLocalizedSettingAsync(settings, x => x.DescriptionText, locale.LanguageId, locale.DescriptionText?.Trim() ?? string.Empty);
    }

    /// <summary>Deletes the texts; nopCommerce would leave them behind when their setting is deleted.</summary>
    public async Task DeleteAsync()
    {
        var settings = await settingService.LoadSettingAsync<MionSettings>();
        foreach (var language in await languageService.GetAllLanguagesAsync(showHidden: true))
            await localizationService.SaveLocalizedSettingAsync(settings, x => x.DescriptionText, language.Id, string.Empty);
    }
}
