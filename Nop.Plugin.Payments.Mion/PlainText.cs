using System.Text;

namespace Nop.Plugin.Payments.Mion;

/// <summary>Texts from outside, as every database can store them.</summary>
public static class PlainText
{
    private const char Nul = '\0';
    private const string Replacement = "\uFFFD";

    /// <summary>A person's text, without what no database takes: half a character, and the NUL that PostgreSQL refuses.</summary>
    public static string Clean(string text) => Keep(text, rune => rune.Value != Nul);

    /// <summary>
    /// A machine's words, without the characters of four bytes too, which most columns of MySQL do not take: they belong to
    /// no word that a machine sends, and must not keep a payment from being recorded.
    /// </summary>
    public static string CleanWords(string text) => Keep(text, rune => rune.Value != Nul && rune.IsBmp);

    /// <summary>Whether any column may hold it; what none holds need not be looked for.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains(Nul, StringComparison.Ordinal);

    private static string Keep(string text, Func<Rune, bool> isKept) =>
        IsPlain(text) ? text : string.Concat(text.EnumerateRunes().Select(rune => isKept(rune) ? rune.ToString() : Replacement));
}
