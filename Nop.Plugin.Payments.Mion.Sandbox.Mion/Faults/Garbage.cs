using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Bodies that no client should trust.</summary>
internal static class Garbage
{
    private const int HugeLength = 2 * 1024 * 1024;

    /// <summary>What a proxy says in place of an API.</summary>
    public const string Html =
        "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1></body></html>";

    private static readonly string[] _callbacks =
    [
        "{\"paymentSessionId\":",
        Html,
        "[]",
        "null",
        "",
        "{\"paymentSessionId\":42,\"status\":{\"a\":[]}}",
        "{\"paymentSessionId\":\"00000000-0000-0000-0000-000000000000\",\"status\":\"funded\"}",
        "{\"padding\":\"" + new string('x', 300_000) + "\"}"
    ];

    /// <summary>A body for a callback that says nothing true; the kinds follow one another.</summary>
    public static string Callback(int number) => _callbacks[number % _callbacks.Length];

    /// <summary>The first half of an answer.</summary>
    public static string Truncated(string body) => body[..(body.Length / 2)];

    /// <summary>The same answer with more than a megabyte besides: only its size is wrong with it.</summary>
    public static string Huge(string body)
    {
        var answer = JsonNode.Parse(body) as JsonObject ?? [];
        answer["padding"] = new string('x', HugeLength);
        return answer.ToJsonString();
    }

    /// <summary>The same fields, each with a value of another type.</summary>
    public static string WrongTypes(string body)
    {
        var answer = JsonNode.Parse(body) as JsonObject ?? [];
        foreach (var name in answer.Select(field => field.Key).ToArray())
            answer[name] = Wrong(answer[name]);
        return answer.ToJsonString();
    }

    private static JsonNode Wrong(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => 42,
        System.Text.Json.JsonValueKind.Number => "not a number",
        System.Text.Json.JsonValueKind.Array => new JsonObject { ["0"] = true },
        null => new JsonObject(),
        _ => new JsonArray(1, "two")
    };
}
