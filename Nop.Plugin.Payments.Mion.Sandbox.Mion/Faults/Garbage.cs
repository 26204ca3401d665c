using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Bodies that no client should trust.</summary>
internal static partial class Garbage
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

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

    /// <summary>The same answer without some of its fields.</summary>
    public static string Without(string body, params IReadOnlyList<string> names)
    {
        var answer = JsonNode.Parse(body) as JsonObject ?? [];
        foreach (var name in names)
            answer.Remove(name);
        return answer.ToJsonString();
    }

    /// <summary>The same answer about another session.</summary>
    public static string About(string paymentSessionId, string body)
    {
        var answer = JsonNode.Parse(Without(body, "reference", "amount", "currencyIso3")) as JsonObject ?? [];
        if (answer.ContainsKey("paymentSessionId"))
            answer["paymentSessionId"] = paymentSessionId;
        return answer.ToJsonString();
    }

    /// <summary>What a status said before anything was paid; what else is answered stays as it is.</summary>
    public static string BeforePayment(string body)
    {
        var answer = JsonNode.Parse(body) as JsonObject ?? [];
        if (!answer.ContainsKey("paidAt"))
            return body;
        (answer["paidAt"], answer["paymentMethod"], answer["fundingAmountAvailable"]) = (null, null, 0);
        (answer["status"], answer["fundingStatus"], answer["refundSessionIds"]) = (StandInStatus.Initiated, "not-funded", new JsonArray());
        return answer.ToJsonString();
    }

    /// <summary>A byte order mark before the JSON, white space in it, and times with an offset in place of Z.</summary>
    public static string InOtherForm(string body) =>
        "\uFEFF\r\n" + Times().Replace(JsonNode.Parse(body)?.ToJsonString(_indented) ?? body, "$1t$2+00:00\"");

    [GeneratedRegex(@"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z""")]
    private static partial Regex Times();

    private static JsonNode Wrong(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => 42,
        JsonValueKind.Number => "not a number",
        JsonValueKind.Array => new JsonObject { ["0"] = true },
        null => new JsonObject(),
        _ => new JsonArray(1, "two")
    };
}
