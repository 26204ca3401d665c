using System.Globalization;
using Nop.Core.Domain.Localization;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How people who read a language write numbers.</summary>
internal static class LanguageCulture
{
    /// <summary>The culture of one of the store's languages.</summary>
    /// <param name="language">The language; null for none.</param>
    /// <returns>Its culture, or the invariant one where the store names none that this machine knows.</returns>
    public static CultureInfo Of(Language? language)
    {
        try
        {
            return string.IsNullOrEmpty(language?.LanguageCulture) ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language.LanguageCulture);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
