using System.Globalization;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Localization;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Texts that are read later, by somebody who is not there when they are written: what is kept in an order is in the
/// order's language, a mail in its reader's. Times are those of the store's zone.
/// </summary>
public class KeptTexts(
    IDateTimeHelper dateTimeHelper,
    ILanguageService languageService,
    ILocalizationService localizationService,
    LocalizationSettings localizationSettings)
{
    /// <summary>The language in which the store writes to its owner.</summary>
    public int OwnerLanguageId => localizationSettings.DefaultAdminLanguageId;

    /// <summary>The language in which an order was placed; the owner's where the store does not have it any more, or there is no order.</summary>
    public async Task<int> LanguageOfAsync(Order? order) =>
        order is not null && await FindAsync(order.CustomerLanguageId) is { } language ? language.Id : OwnerLanguageId;

    /// <summary>How people who read a language of the store read amounts and times.</summary>
    public async Task<ReaderFormat> FormatAsync(int languageId) => FormatFor(LanguageCulture.Of(await FindAsync(languageId)));

    /// <summary>How people of a culture read amounts and times.</summary>
    public ReaderFormat FormatFor(CultureInfo culture) => new(culture, dateTimeHelper.DefaultStoreTimeZone);

    /// <summary>A text in a language, English where it is missing there, with its placeholders filled in. Not HTML.</summary>
    /// <param name="name">Resource below <c>Plugins.Payments.Mion.</c></param>
    /// <param name="values">An <see cref="EuroAmount"/> and a time in UTC are written as the language writes them.</param>
    public async Task<string> GetAsync(int languageId, string name, params object[] values)
    {
        var key = $"{MionDefaults.ResourcePrefix}.{name}";
        var text = await localizationService.GetResourceAsync(key, languageId, logIfNotFound: false, defaultValue: string.Empty, returnEmptyIfNotFound: true);
        text = string.IsNullOrEmpty(text) ? MionStrings.English[key] : text;
        if (values.Length == 0)
            return text;
        var format = await FormatAsync(languageId);
        return MionStrings.Format(text, [.. values.Select(format.Value)]);
    }

    private async Task<Language?> FindAsync(int languageId) =>
        (await languageService.GetAllLanguagesAsync(showHidden: true)).FirstOrDefault(language => language.Id == languageId);
}
