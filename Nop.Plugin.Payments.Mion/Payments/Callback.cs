using System.Security.Cryptography;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// What is kept of a callback's body: enough to tell one that was sent twice. Nothing in it is believed.
/// </summary>
/// <param name="Fingerprint">SHA-256 of the body.</param>
/// <param name="Status">The <c>status</c> that the body announces; null where it names none.</param>
public sealed record Callback(string Fingerprint, string? Status)
{
    private const int MaxParsedBytes = 4096;

    /// <summary>
    /// Takes what is needed from a body.
    /// </summary>
    /// <param name="body">The body as it came; may be anything.</param>
    public static Callback From(ReadOnlySpan<byte> body) =>
        new(Convert.ToHexString(SHA256.HashData(body)), body.Length <= MaxParsedBytes ? ReadStatus(System.Text.Encoding.UTF8.GetString(body)) : null);

    private static string? ReadStatus(string text)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = 8, DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader) is JObject json && json["status"] is { Type: JTokenType.String } status ? (string?)status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
