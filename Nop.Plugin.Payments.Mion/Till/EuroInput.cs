namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>An amount in euro as a shop assistant types it.</summary>
public static class EuroInput
{
    /// <summary>The largest amount that can be charged: a slip of the finger should not ask for millions.</summary>
    public const long MaxCents = 99_999_99;

    /// <summary>
    /// Reads <c>12</c>, <c>12.5</c>, <c>12,50</c>: a point or a comma before the cents, nothing between the thousands,
    /// because <c>1.234</c> means two different amounts in two countries.
    /// </summary>
    /// <param name="cents">Euro cents; more than zero, <see cref="MaxCents"/> at most.</param>
    /// <returns>Whether it is such an amount.</returns>
    public static bool TryParse(string? text, out long cents)
    {
        cents = 0;
        var parts = (text ?? string.Empty).Trim().Split('.', ',');
        if (parts.Length > 2 || parts[0].Length is 0 or > 5 || parts.Length == 2 && parts[1].Length is 0 or > 2)
            return false;
        if (parts.Any(part => part.Any(character => !char.IsAsciiDigit(character))))
            return false;

        cents = long.Parse(parts[0]) * 100 + (parts.Length == 2 ? long.Parse(parts[1].PadRight(2, '0')) : 0);
        return cents is > 0 and <= MaxCents;
    }
}
