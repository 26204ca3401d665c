using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// What the stand-in's requests and answers are called: the guides' names, where nothing else is given. Its keys are those
/// of the plugin's contract, and its reading of them is its own.
/// </summary>
internal sealed class StandInContract(IReadOnlyDictionary<string, string> differences)
{
    private static readonly Dictionary<string, string> _assumed = new(StringComparer.Ordinal)
    {
        ["create.path"] = "POST /payment-sessions",
        ["status.path"] = "GET /payment-sessions/{paymentSessionId}/status",
        ["byReference.path"] = "GET /payment-sessions/reference/{reference}",
        ["webhook.path"] = "POST /payment-sessions/{paymentSessionId}/webhook",
        ["attempt.path"] = "POST /payment-sessions/{paymentSessionId}/payment-attempts",
        ["byReference.items"] = string.Empty,
        ["webhook.paymentSessionId"] = string.Empty,
        ["callback.signatureHeader"] = string.Empty,
        ["create.times"] = "iso",
        ["answers.times"] = "iso"
    };

    /// <summary>One webhook for all sessions of a merchant: nothing in its request names a session.</summary>
    public bool HasAccountWebhook =>
        !this["webhook.path"].Contains("{paymentSessionId}", StringComparison.Ordinal) && this["webhook.paymentSessionId"].Length == 0;

    /// <summary>A name, a form, or a method and a path.</summary>
    public string this[string key] => differences.TryGetValue(key, out var other) ? other : _assumed.TryGetValue(key, out var assumed)
        ? assumed : key[(key.IndexOf('.') + 1)..];

    /// <summary>
    /// Whether the list of a reference's sessions is the whole answer, or a field of it; null where the session comes alone.
    /// </summary>
    public string? ListField => differences.TryGetValue("byReference.items", out var field) ? field.TrimEnd(']').TrimEnd('[') : null;

    /// <summary>What a status, or another word, is written as.</summary>
    public string? Word(string field, string? word) =>
        word is not null && differences.TryGetValue($"{field}={word}", out var other) ? other : word;

    /// <summary>A moment in an answer.</summary>
    public JsonNode? Time(DateTimeOffset? time) => time is not { } value ? null : this["answers.times"] switch
    {
        "unix" => value.ToUnixTimeSeconds(),
        "unix-ms" => value.ToUnixTimeMilliseconds(),
        _ => StandInJson.Time(value)
    };

    /// <summary>An answer, from the guides' names and their values.</summary>
    public JsonObject Write(string group, params (string Name, JsonNode? Value)[] fields)
    {
        var answer = new JsonObject();
        foreach (var (name, value) in fields)
        {
            var way = this[$"{group}.{name}"].Split('|')[0].Split('.');
            var at = answer;
            foreach (var folder in way[..^1])
                at = (JsonObject)(at[folder] ??= new JsonObject());
            at[way[^1]] = value;
        }
        return answer;
    }

    /// <summary>Reads a request's moment in the form it must have.</summary>
    public DateTimeOffset RequestTime(JsonFields fields, string key, DateTimeOffset now) => this[key] switch
    {
        "unix" => DateTimeOffset.FromUnixTimeSeconds(fields.WholeNumber("create.expiresAt", 1, int.MaxValue)),
        "unix-ms" => DateTimeOffset.FromUnixTimeMilliseconds(fields.WholeNumber("create.expiresAt", 1, (long)int.MaxValue * 1000)),
        "seconds" => now.AddSeconds(fields.WholeNumber("create.expiresAt", 1, int.MaxValue)),
        "minutes" => now.AddMinutes(fields.WholeNumber("create.expiresAt", 1, int.MaxValue)),
        _ => fields.UtcTime("create.expiresAt")
    };
}
