using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>What can be the value of one of <see cref="MionContract.Terms"/>.</summary>
internal static partial class ContractValue
{
    private const int LongestPath = 300;

    /// <summary>Whether a text can be the value of a key; one that may be left out can be empty.</summary>
    public static bool IsGood(string key, string value) => value.Length == 0 ? MayBeEmpty(key) : key switch
    {
        "baseUrl" => MionApiOptions.IsAllowedAddress(value, out var address) && address is { Query: "", Fragment: "" },
        "apiKeyHeader" => KeyHeader().IsMatch(value),
        "callback.signatureHeader" => KeyHeader().IsMatch(value) && !value.Contains(':', StringComparison.Ordinal),
        "create.times" => TimeForm.All.Contains(value),
        "answers.times" => TimeForm.Moments.Contains(value),
        "byReference.items" => value == "[]" || Name().IsMatch(value),
        "status.path" => IsRequestLine(value, "GET", MionApiOptions.IdPlaceholder),
        "byReference.path" => IsRequestLine(value, "GET", MionApiOptions.ReferencePlaceholder),
        "create.path" => IsGood("webhook.path", value) && !value.Contains('{', StringComparison.Ordinal),
        _ when key.EndsWith(".path", StringComparison.Ordinal) => IsRequestLine(value, "POST", string.Empty)
            || IsRequestLine(value, "PUT", string.Empty) || IsRequestLine(value, "PATCH", string.Empty),
        _ => Name().IsMatch(value)
    };

    /// <summary>Whether something may be left out: not sent, or not looked for.</summary>
    public static bool MayBeEmpty(string key) => key is "create.retailPos" or "create.redirectUrl" or "byReference.items"
        or "webhook.paymentSessionId" or "attempt.paymentSessionId" or "attempt.retailPos" or "callback.signatureHeader";

    /// <summary>Whether a field's name can be told from a way of names, and from several.</summary>
    public static bool IsSingleName(string name) => Name().IsMatch(name) && !name.AsSpan().ContainsAny('.', '|');

    /// <summary>A method, a blank and a path whose only placeholder is ours.</summary>
    private static bool IsRequestLine(string value, string method, string placeholder)
    {
        var path = value.StartsWith(method + " ", StringComparison.Ordinal) ? value[(method.Length + 1)..] : string.Empty;
        return path.Length is > 0 and <= LongestPath && path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal)
            && !path.AsSpan().ContainsAnyExceptInRange('!', '~') && path.Contains(placeholder, StringComparison.Ordinal)
            && !path.Replace(placeholder.Length > 0 ? placeholder : MionApiOptions.IdPlaceholder, string.Empty, StringComparison.Ordinal)
                .Contains('{', StringComparison.Ordinal);
    }

    // a name, a way of names, or several of them
    [GeneratedRegex(@"^[A-Za-z0-9_$@:/\-]{1,80}([.|][A-Za-z0-9_$@:/\-]{1,80}){0,9}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,100}(: [A-Za-z0-9-]{1,50})?\z")]
    private static partial Regex KeyHeader();
}
