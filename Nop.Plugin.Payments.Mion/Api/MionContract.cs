using System.Collections.Frozen;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>One name or form of Mion's API that the plugin depends on.</summary>
/// <param name="Key">
/// The operation or answer, a dot, and Mion's name in the guides: <c>create.amount</c>, <c>session.paidAt</c>; or a field and
/// one of its values: <c>status=funded</c>.
/// </param>
/// <param name="Default">What holds until an import says otherwise.</param>
/// <param name="IsDocumented">Whether Mion's guides print it; the others are assumed.</param>
public sealed record ContractTerm(string Key, string Default, bool IsDocumented);

/// <summary>
/// What Mion's requests and answers are called and how they are written, as data: the defaults, and what differs from them
/// by a description of Mion's API. Addresses, paths and headers are settings of their own, which a person can change; here
/// stands of them what the description said, and the method of a request.
/// </summary>
/// <remarks>
/// A name may be a way into the answer (<c>data.paidAt</c>), and in answers several names for one thing (<c>id|paymentId</c>).
/// An empty name is not sent and not looked for. Immutable, and safe to share.
/// </remarks>
public sealed class MionContract
{
    /// <summary>Longest text of <see cref="ToText"/>; what nopCommerce keeps of a setting.</summary>
    public const int MaxText = 6000;

    private static readonly string[] _none = [];
    private static Parsed? _latest;

    private readonly FrozenDictionary<string, string> _values;
    private readonly FrozenDictionary<string, string[][]> _ways;
    private readonly FrozenDictionary<string, string> _words;

    private MionContract(IReadOnlyDictionary<string, string> differences, IEnumerable<string> read)
    {
        Differences = differences.Where(each =>
            _defaults.TryGetValue(each.Key, out var value) && value != each.Value && ContractValue.IsGood(each.Key, each.Value))
            .ToDictionary();
        Read = [.. read.Where(IsKnown).Distinct()];
        _values = Terms.ToFrozenDictionary(term => term.Key, term => Differences.GetValueOrDefault(term.Key, term.Default));
        _ways = _values.ToFrozenDictionary(each => each.Key,
            each => Array.ConvertAll(each.Value.Split('|', StringSplitOptions.RemoveEmptyEntries), name => name.Split('.')));
        _words = Terms.Where(term => term.Key.Contains('=', StringComparison.Ordinal))
            .DistinctBy(term => $"{term.Key.Split('=')[0]}={_values[term.Key]}")
            .ToFrozenDictionary(term => $"{term.Key.Split('=')[0]}={_values[term.Key]}", term => term.Default);
    }

    /// <summary>Everything that the plugin depends on, in the order in which a person is shown it.</summary>
    public static IReadOnlyList<ContractTerm> Terms { get; } =
    [
        Assumed("baseUrl", MionApiOptions.DefaultBaseUrl),
        Assumed("apiKeyHeader", MionApiOptions.DefaultApiKeyHeader),
        Assumed("create.path", "POST " + MionApiOptions.DefaultCreateSessionPath),
        .. Documented("create", "amount", "currencyIso3", "retailPos", "reference", "redirectUrl"),
        Assumed("create.expiresAt", "expiresAt"),
        Assumed("create.times", TimeForm.Iso),
        Assumed("status.path", "GET " + MionApiOptions.DefaultGetSessionStatusPath),
        .. Documented("session", "paymentSessionId", "paidAt", "expiresAt", "status", "fundingStatus", "feeStatus",
            "fundingAmountAvailable", "paymentMethod", "refundSessionIds"),
        Assumed("session.amount", "amount"), Assumed("session.currencyIso3", "currencyIso3"), Assumed("session.reference", "reference"),
        new ContractTerm("answers.times", TimeForm.Iso, IsDocumented: true),
        .. Values("status", "funding-received", "funding-collected", "exchanged", "funded"),
        .. Values("fundingStatus", "well-funded"), .. Values("paymentMethod", "lightning"),
        Assumed("byReference.path", "GET " + MionApiOptions.DefaultGetSessionByReferencePath),
        Assumed("byReference.items", string.Empty),
        Assumed("webhook.path", "POST " + MionApiOptions.DefaultCreateWebhookPath),
        Assumed("webhook.url", "url"), Assumed("webhook.paymentSessionId", string.Empty),
        Assumed("attempt.path", "POST " + MionApiOptions.DefaultCreatePaymentAttemptPath),
        .. Documented("attempt", "paymentSessionId", "retailPos"),
        .. Documented("offer", "paymentSessionId", "amountMsat", "expiry", "lnInvoice", "onChainAddress", "suggestedFeeRate",
            "blockedByCompliance", "missingComplianceCustomerFields"),
        Assumed("callback.paymentSessionId", "paymentSessionId"),
        Assumed("callback.paidAt", "paidAt"),
        Assumed("callback.status", "status"),
        Assumed("callback.signatureHeader", string.Empty)
    ];

    private static readonly FrozenDictionary<string, string> _defaults = Terms.ToFrozenDictionary(term => term.Key, term => term.Default);

    /// <summary>As Mion's guides have it, and what was assumed beside them.</summary>
    public static MionContract Default { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>What differs from the defaults.</summary>
    public IReadOnlyDictionary<string, string> Differences { get; }

    /// <summary>The keys that stood in a description of Mion's API.</summary>
    public IReadOnlyCollection<string> Read { get; }

    /// <summary>What Mion calls something, or how it writes it.</summary>
    public string this[string key] => _values[key];

    /// <summary>Whether a key is one of <see cref="Terms"/>.</summary>
    public static bool IsKnown(string key) => _defaults.ContainsKey(key);

    /// <summary>These terms, changed; what cannot be a value is left out.</summary>
    /// <param name="read">The keys that stood in a description.</param>
    public static MionContract Of(IReadOnlyDictionary<string, string> differences, IEnumerable<string>? read = null) =>
        new(differences, read ?? _none);

    /// <summary>Reads what <see cref="ToText"/> wrote; anything else is the defaults.</summary>
    public static MionContract Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Default;
        // the settings are loaded for every call, and are nearly always the same
        if (_latest is { } latest && latest.Text == text)
            return latest.Contract;
        try
        {
            var saved = PlainJson.Read<Saved>(text);
            var contract = saved is null ? Default : Of(saved.Values ?? [], saved.Read);
            _latest = new Parsed(text, contract);
            return contract;
        }
        catch (JsonException)
        {
            return Default;
        }
    }

    /// <summary>Writes down what differs from the defaults; empty where nothing does and nothing was read.</summary>
    public string ToText() =>
        Differences.Count + Read.Count == 0 ? string.Empty : PlainJson.Write(new Saved(Differences.ToDictionary(), Read));

    /// <summary>
    /// The value in an answer, by the first of its names that has one; JSON's null where none has, and null where none is
    /// there.
    /// </summary>
    public JToken? Find(JToken answer, string key)
    {
        JToken? empty = null;
        foreach (var way in _ways[key])
        {
            var found = way.Aggregate((JToken?)answer, (at, name) => (at as JObject)?[name]);
            if (found is { Type: not JTokenType.Null })
                return found;
            empty ??= found;
        }

        return empty;
    }

    /// <summary>Puts a value into a request; one without a name is left out.</summary>
    /// <returns>Whether it was put in.</returns>
    public bool TryPut(JObject request, string key, JToken value)
    {
        if (_ways[key] is not [[.. var folders, var name], ..])
            return false;
        foreach (var folder in folders)
            request = request[folder] as JObject ?? Add(request, folder);
        request[name] = value;
        return true;
    }

    /// <summary>What the guides call a value that Mion writes otherwise; any other as it is.</summary>
    /// <param name="field">The field: <c>status</c>, <c>fundingStatus</c>, <c>paymentMethod</c>.</param>
    public string? ToDocumented(string field, string? value) => value is null ? null : _words.GetValueOrDefault($"{field}={value}", value);

    private static JObject Add(JObject parent, string name)
    {
        var child = new JObject();
        parent[name] = child;
        return child;
    }

    private static ContractTerm Assumed(string key, string value) => new(key, value, IsDocumented: false);

    private static IEnumerable<ContractTerm> Documented(string group, params string[] names) =>
        names.Select(name => new ContractTerm($"{group}.{name}", name, IsDocumented: true));

    private static IEnumerable<ContractTerm> Values(string field, params string[] values) =>
        values.Select(value => new ContractTerm($"{field}={value}", value, IsDocumented: true));

    private sealed record Parsed(string Text, MionContract Contract);

    private sealed record Saved(Dictionary<string, string>? Values, IReadOnlyCollection<string> Read);
}
