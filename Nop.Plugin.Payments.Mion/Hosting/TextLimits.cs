namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>What fits into the table's text columns.</summary>
internal static class TextLimits
{
    /// <summary>Characters of a failure in words.</summary>
    public const int Error = 400;

    /// <summary>Characters of a word of Mion's.</summary>
    public const int Status = 100;

    /// <summary>A text as it fits and can be stored; empty for none. A character that takes two places goes as a whole.</summary>
    public static string Cut(string? text, int length) => text is null ? string.Empty : CutPlain(PlainText.Clean(text), length);

    private static string CutPlain(string text, int length) => text.Length <= length ? text
        : length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];
}
