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

    private static Dictionary<string, string> Load(string language)
    {
        var name = $"Localization.{language}.json";
        using var stream = typeof(MionStrings).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the plugin.");
        using var reader = new StreamReader(stream);
        var texts = JsonConvert.DeserializeObject<Dictionary<string, string>>(reader.ReadToEnd())
            ?? throw new InvalidOperationException($"{name} is empty.");
        return texts.ToDictionary(text => $"{MionDefaults.ResourcePrefix}.{text.Key}", text => text.Value, StringComparer.OrdinalIgnoreCase);
    }
}
