using System.Globalization;
using Newtonsoft.Json;

namespace Nop.Plugin.Payments.Mion;

/// <summary>Reads and writes JSON by what is said here, whatever another plugin has made the process's default.</summary>
public static class PlainJson
{
    private static readonly JsonSerializerSettings _plain = new();

    /// <summary>Writes a value.</summary>
    public static string Write(object value, JsonSerializerSettings? settings = null, Formatting formatting = Formatting.None)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var writer = new JsonTextWriter(text) { Formatting = formatting })
            JsonSerializer.Create(settings ?? _plain).Serialize(writer, value);
        return text.ToString();
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is not JSON, or not of this type.</exception>
    public static T? Read<T>(string json, JsonSerializerSettings? settings = null)
    {
        using var reader = new JsonTextReader(new StringReader(json));
        return JsonSerializer.Create(settings ?? _plain).Deserialize<T>(reader);
    }
}
