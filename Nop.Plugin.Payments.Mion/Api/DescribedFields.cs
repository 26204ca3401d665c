using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Finds what the guides name among the fields of a description, which may call it otherwise.</summary>
internal static partial class DescribedFields
{
    // assumed names, and those that the guides may have been shortened from; a payment's time is taken by its own name only
    private static readonly Dictionary<string, string[]> _synonyms = new(StringComparer.Ordinal)
    {
        ["paymentSessionId"] = ["sessionId", "paymentId", "id", "uuid"],
        ["expiresAt"] =
        [
            "expiry", "expiration", "expiresOn", "expirationTime", "expiryTime", "expirationDate", "validUntil"
        ],
        [Lifetime] = ["expiresIn", "expiresInSeconds", "expiresInMinutes"],
        ["expiry"] = ["expiresAt", "expiration", "expiresOn", "expirationTime", "expiryTime", "validUntil"],
        ["status"] = ["state", "paymentStatus", "sessionStatus"],
        ["amount"] = ["amountCents", "amountInCents"],
        ["currencyIso3"] = ["currency", "currencyCode"],
        ["retailPos"] = ["isRetailPos", "pos", "isPos", "pointOfSale"],
        ["reference"] = ["externalReference", "merchantReference", "externalId", "orderReference"],
        ["redirectUrl"] = ["returnUrl", "redirectUri", "redirect", "successUrl"],
        ["url"] = ["webhookUrl", "callbackUrl", "targetUrl", "endpoint"],
        ["refundSessionIds"] = ["refundIds", "refunds"],
        ["fundingAmountAvailable"] = ["amountAvailable", "availableAmount"],
        ["amountMsat"] = ["amountMilliSat", "amountMillisatoshi", "msat"],
        ["lnInvoice"] = ["lightningInvoice", "bolt11", "paymentRequest", "invoice"],
        ["onChainAddress"] = ["bitcoinAddress", "btcAddress", "address"],
        ["suggestedFeeRate"] = ["feeRate"],
        ["missingComplianceCustomerFields"] = ["missingCustomerFields", "missingFields"]
    };

    private const string Lifetime = "lifetime";

    private static readonly string[] _lists = ["refundSessionIds", "missingComplianceCustomerFields"];

    /// <summary>By the documented name, else by what it may be called instead; of several those that lie least deep.</summary>
    public static List<ApiField> Find(List<ApiField>? fields, string name)
    {
        var others = name == "paidAt" ? [] : _synonyms.GetValueOrDefault(name, []);
        foreach (var wanted in new[] { [name], others }.Select(names => names.Select(Plain).ToHashSet()))
        {
            var found = Leaves(fields)
                .Where(field => wanted.Contains(Plain(LastName(field.Path))) && (field.Type == "array") == IsList(field, name)).ToList();
            if (found.Count > 0)
                return found.FindAll(field => Level(field) == found.Min(Level));
        }

        return [];
    }

    /// <summary>As <see cref="Find"/>; the amount in cents is a whole number, and an end may be said by the time until then.</summary>
    public static List<ApiField> FindInRequest(List<ApiField>? fields, string name)
    {
        var found = Find(fields, name).FindAll(field => name != "amount" || field.Type is "integer" or "");
        return found.Count == 0 && name == "expiresAt" ? Find(fields, Lifetime) : found;
    }

    public static bool Has(List<ApiField> fields, string name) => Find(fields, name).Count > 0;

    /// <summary>What holds a value: no object, and nothing within a list.</summary>
    public static IEnumerable<ApiField> Leaves(List<ApiField>? fields) =>
        (fields ?? []).Where(field => field.Type != "object" && !field.Path.Contains("[]", StringComparison.Ordinal));

    /// <summary>Where the list of sessions is: a field, or <c>[]</c> for the whole answer; null where there is no list.</summary>
    public static string? FindList(List<ApiField> fields)
    {
        if (Has(fields, "paymentSessionId"))
            return null;
        var lists = ListsOf(fields.FindAll(field => IsId(LastName(field.Path)))).ToList();
        return lists is [var list] ? list : null;
    }

    /// <summary>Lists of objects.</summary>
    public static IEnumerable<string> ListsOf(List<ApiField> fields) => fields
        .Where(field => field.Path.Contains("[].", StringComparison.Ordinal)).Select(field => field.Path.Split("[].")[0]).Distinct()
        .Select(list => list.Length > 0 ? list : "[]");

    /// <summary>The fields of a list's sessions, as if each came alone.</summary>
    public static List<ApiField> WithinList(List<ApiField> fields) => fields.ConvertAll(field => field with
    {
        Path = field.Path.IndexOf("[].", StringComparison.Ordinal) is >= 0 and var at ? field.Path[(at + 3)..] : "[]" + field.Path
    });

    /// <summary>How a field may write a moment; several where its name does not tell.</summary>
    /// <param name="forms">Those that can be.</param>
    public static IEnumerable<string> FindForms(ApiField field, IReadOnlyList<string> forms)
    {
        var name = Plain(LastName(field.Path));
        var text = name + Plain(field.Format);
        string[] fitting = field.Type switch
        {
            "string" => [TimeForm.Iso],
            "" when field.Format == "date-time" => [TimeForm.Iso],
            "integer" or "number" when name.Contains("minute", StringComparison.Ordinal) => [TimeForm.Minutes],
            "integer" or "number" when Seconds().IsMatch(name) => [TimeForm.Seconds],
            "integer" or "number" when Epoch().IsMatch(text) => [Thousandths().IsMatch(text) ? TimeForm.UnixMs : TimeForm.Unix],
            "integer" or "number" => [.. forms.Where(form => form != TimeForm.Iso)],
            _ => []
        };
        return fitting.Where(forms.Contains);
    }

    public static bool IsReference(string name) =>
        Plain(name).EndsWith("reference", StringComparison.Ordinal) || Plain(name) == "externalid";

    public static bool IsId(string name) =>
        _synonyms["paymentSessionId"].Prepend("paymentSessionId").Any(each => Plain(each) == Plain(name));

    /// <summary>What is left of a name without signs and capitals.</summary>
    public static string Plain(string name) => new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static bool IsList(ApiField field, string name) => field.Type == "array" && _lists.Contains(name);

    private static int Level(ApiField field) => field.Path.Count(letter => letter == '.');

    private static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];

    [GeneratedRegex("(in|ttl|lifetime|duration|timeout|validity)seconds?$")]
    private static partial Regex Seconds();

    [GeneratedRegex("unix|epoch")]
    private static partial Regex Epoch();

    [GeneratedRegex("ms|milli")]
    private static partial Regex Thousandths();
}
