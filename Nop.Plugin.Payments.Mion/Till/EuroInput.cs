using System.Globalization;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>An amount in euro as a shop assistant types it.</summary>
public static partial class EuroInput
{
    /// <summary>The largest amount that can be charged: a slip of the finger should not ask for millions.</summary>
    public const long MaxCents = 99_999_99;

    /// <summary>
    /// Reads <c>12</c>, <c>12.5</c>, <c>12,50</c>, <c>1.234,50</c> and <c>1,234.50</c>, which mean the same to everybody;
    /// <c>1.234</c> means two amounts in two countries, and is read only where the culture separates thousands so.
    /// </summary>
    /// <param name="culture">Of the assistant's language.</param>
    /// <param name="cents">Euro cents; more than zero, <see cref="MaxCents"/> at most.</param>
    /// <returns>Whether it is such an amount.</returns>
    public static bool TryParse(string? text, CultureInfo culture, out long cents)
    {
        cents = 0;
        var match = Amount().Match((text ?? string.Empty).Trim());
        var (thousands, point) = (match.Groups["thousands"].Value, match.Groups["point"].Value);
        if (!match.Success || thousands.Length > 0 && thousands == point)
            return false;
        // a point or a comma between three digits each, and nothing after them that says which of the two it is
        if (thousands is "." or "," && point.Length == 0 && thousands != culture.NumberFormat.CurrencyGroupSeparator)
            return false;

        var euro = long.Parse(NoDigits().Replace(match.Groups["euro"].Value, string.Empty), CultureInfo.InvariantCulture);
        cents = euro * 100 + (point.Length > 0 ? long.Parse(match.Groups["cents"].Value.PadRight(2, '0'), CultureInfo.InvariantCulture) : 0);
        return cents is > 0 and <= MaxCents;
    }

    // spaces of all widths and apostrophes stand between thousands in some countries
    [GeneratedRegex(@"^(?<euro>[0-9]{1,5}|[0-9]{1,2}(?<thousands>[.,'’ \u00A0\u202F])[0-9]{3})(?:(?<point>[.,])(?<cents>[0-9]{1,2}))?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigits();
}
