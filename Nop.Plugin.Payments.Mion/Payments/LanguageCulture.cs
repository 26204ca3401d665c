using System.Globalization;
using Nop.Core.Domain.Localization;
using Nop.Plugin.Payments.Mion.Localization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How people who read a language write numbers.</summary>
internal static class LanguageCulture
{
    /// <summary>The culture of one of the store's languages.</summary>
    /// <param name="language">The language; null for none.</param>
    /// <returns>Its culture, or the invariant one where the store names none that this machine knows.</returns>
    public static CultureInfo Of(Language? language) =>
        string.IsNullOrEmpty(language?.LanguageCulture) ? CultureInfo.InvariantCulture : Find(language.LanguageCulture, predefinedOnly: false) ?? CultureInfo.InvariantCulture;

    /// <summary>The culture that a browser asks for, as far as the plugin speaks its language; else that of the texts that it gets instead.</summary>
    /// <param name="culture">Such as <c>de-AT</c>; anything at all.</param>
    public static CultureInfo OfBrowser(string culture)
    {
        var spoken = MionStrings.FindLanguage(culture);
        // who asks for Polish gets English texts, and English numbers in them
        var isSpoken = spoken != "en" || culture.StartsWith(spoken, StringComparison.OrdinalIgnoreCase);
        // predefined ones only: of any other name .NET makes a culture, and keeps it
        return (isSpoken ? Find(culture, predefinedOnly: true) : null) ?? Find(spoken, predefinedOnly: true) ?? CultureInfo.InvariantCulture;
    }

    private static CultureInfo? Find(string name, bool predefinedOnly)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
