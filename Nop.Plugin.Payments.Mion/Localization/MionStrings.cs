using System.Globalization;
using Newtonsoft.Json;

namespace Nop.Plugin.Payments.Mion.Localization;

/// <summary>The plugin's texts, as they are installed.</summary>
public static class MionStrings
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> _all = new(LoadAll);
    private static readonly Lazy<ILookup<string, string>> _retired = new(LoadRetired);

    /// <summary>Languages that the plugin speaks, by the two letters of their culture.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de", "fi", "sv", "nb", "da", "nl", "fr", "it", "es"];

    /// <summary>English texts by the full name of the resource.</summary>
    public static IReadOnlyDictionary<string, string> English => _all.Value["en"];

    /// <summary>The texts of one language alone, without English for what it lacks.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static IReadOnlyDictionary<string, string> In(string language) => _all.Value[language];

    /// <summary>
    /// The texts for a culture: its language's, English for what that lacks and for languages that the plugin does not speak.
    /// </summary>
    /// <param name="culture">Such as <c>de-AT</c>; may be empty.</param>
    public static IReadOnlyDictionary<string, string> For(string? culture)
    {
        var texts = new Dictionary<string, string>(English, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, text) in _all.Value[FindLanguage(culture)])
            texts[key] = text;
        return texts;
    }

    /// <summary>Whether the plugin has ever delivered a text: then nobody has edited it.</summary>
    /// <param name="text">What the store has.</param>
    public static bool IsDelivered(string key, string text) =>
        Languages.Any(language => _all.Value[language].TryGetValue(key, out var delivered) && delivered == text)
        || _retired.Value[key].Contains(text, StringComparer.Ordinal);

    /// <summary>Puts values into a text's placeholders; a text that a merchant has broken comes out as it stands.</summary>
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

    /// <summary>The one of <see cref="Languages"/> in which whoever asks for a culture reads.</summary>
    /// <param name="culture">Such as <c>de-AT</c>; may be empty.</param>
    public static string FindLanguage(string? culture)
    {
        var language = culture?.Split('-')[0].ToLowerInvariant();
        // Norwegians who write nynorsk, or do not say which they write, read bokmål rather than English
        if (language is "no" or "nn")
            language = "nb";
        return language is not null && Languages.Contains(language) ? language : "en";
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> LoadAll() =>
        Languages.ToDictionary(language => language, language => (IReadOnlyDictionary<string, string>)Load(language), StringComparer.Ordinal);

    private static Dictionary<string, string> Load(string language) =>
        Read<Dictionary<string, string>>(language)
            .ToDictionary(text => $"{MionDefaults.ResourcePrefix}.{text.Key}", text => text.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the texts of earlier versions that read otherwise now: <c>retired.json</c>, name to texts.</summary>
    private static ILookup<string, string> LoadRetired() =>
        Read<Dictionary<string, List<string>>>("retired")
            .SelectMany(entry => entry.Value.Select(text => (Key: $"{MionDefaults.ResourcePrefix}.{entry.Key}", Text: text)))
            .ToLookup(entry => entry.Key, entry => entry.Text, StringComparer.OrdinalIgnoreCase);

    private static T Read<T>(string name) where T : new()
    {
        using var reader = new StreamReader(typeof(MionStrings).Assembly.GetManifestResourceStream("Localization." + name + ".json")!);
        return PlainJson.Read<T>(reader.ReadToEnd()) ?? new T();
    }
}
