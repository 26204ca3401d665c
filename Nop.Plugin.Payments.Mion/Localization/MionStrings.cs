using System.Globalization;
using Newtonsoft.Json;

namespace Nop.Plugin.Payments.Mion.Localization;

/// <summary>
/// The plugin's texts, as they are installed.
/// </summary>
public static class MionStrings
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> _english = new(() => Load("en"));

    /// <summary>English texts by the full name of the resource.</summary>
    public static IReadOnlyDictionary<string, string> English => _english.Value;

    /// <summary>
    /// Puts values into a text's placeholders; a text that a merchant has broken comes out as it stands.
    /// </summary>
    /// <param name="text">A text with <c>{0}</c>, <c>{1}</c> ….</param>
    /// <param name="arguments">The values.</param>
    public static string Format(string text, params object[] arguments)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, text, arguments);
        }
        catch (FormatException)
        {
            return $"{text} [{string.Join(", ", arguments)}]";
        }
    }

    /// <summary>Reads every embedded <c>&lt;part&gt;.&lt;language&gt;.json</c>; a name that two parts give is an error.</summary>
    private static Dictionary<string, string> Load(string language)
    {
        var assembly = typeof(MionStrings).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith($".{language}.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            foreach (var (key, text) in JsonConvert.DeserializeObject<Dictionary<string, string>>(reader.ReadToEnd()) ?? [])
                texts.Add($"{MionDefaults.ResourcePrefix}.{key}", text);
        }

        return texts;
    }
}
