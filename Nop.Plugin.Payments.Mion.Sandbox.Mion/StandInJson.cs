using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>One way of writing JSON for the API and for the controls.</summary>
internal static class StandInJson
{
    /// <summary>camelCase names, kebab-case enumerations; a field that nobody knows is an error, not a typing mistake that hides.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) }
    };

    /// <summary>A moment as Mion's guide prints it; fractions of a second only where there are some.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Time(DateTimeOffset)"/>
    public static string? Time(DateTimeOffset? time) => time is { } value ? Time(value) : null;
}
