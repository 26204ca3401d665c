using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>An amount as a shop assistant types it, in whatever currency the store has.</summary>
public static partial class AmountInput
{
    /// <summary>
    /// Reads <c>12</c>, <c>12.5</c>, <c>12,50</c>, <c>1.234,50</c> and <c>1,234.50</c>, which mean the same to everybody;
    /// <c>1.234</c> means two amounts in two countries, and is read only where the culture separates thousands so.
    /// </summary>
    /// <param name="culture">Of the assistant's language.</param>
    /// <param name="hundredths">Of the currency: cents of a euro; more than zero.</param>
    /// <returns>Whether it is such an amount.</returns>
    public static bool TryParse(string? text, CultureInfo culture, out long hundredths)
    {
        hundredths = 0;
        var match = Amount().Match((text ?? string.Empty).Trim());
        var (thousands, point) = (match.Groups["thousands"].Value, match.Groups["point"].Value);
        if (!match.Success || thousands.Length > 0 && thousands == point)
            return false;
        // one point or comma between three digits, and nothing after them that says which of the two it is
        if (thousands is "." or "," && point.Length == 0 && !match.Groups["more"].Success && thousands != culture.NumberFormat.CurrencyGroupSeparator)
            return false;

        var whole = long.Parse(NoDigits().Replace(match.Groups["whole"].Value, string.Empty), CultureInfo.InvariantCulture);
        hundredths = whole * 100 + (point.Length > 0 ? long.Parse(match.Groups["part"].Value.PadRight(2, '0'), CultureInfo.InvariantCulture) : 0);
        return hundredths > 0;
    }

    // spaces of all widths and apostrophes stand between thousands in some countries
    [GeneratedRegex(@"^(?<whole>[0-9]{1,10}|[1-9][0-9]{0,2}(?<thousands>[.,'’ \u00A0\u202F])[0-9]{3}(?<more>\k<thousands>[0-9]{3}){0,2})(?:(?<point>[.,])(?<part>[0-9]{1,2}))?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigits();
}
