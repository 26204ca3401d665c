using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Reads Mion's JSON. Strict where money depends on it (id, paidAt), lenient where the guide leaves values open.</summary>
internal static partial class MionSessionReader
{
    /// <summary>A longer reason is cut.</summary>
    public const int MaxReasonLength = 200;

    private static readonly DateTime _noEndBefore = DateTime.UnixEpoch.AddDays(1);
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads an answer about a session.</summary>
    /// <param name="proven">Takes the keys of what the answer held.</param>
    /// <exception cref="FormatException">The answer is not what the guide describes; the message says which part.</exception>
    public static MionSession Read(byte[] body, MionContract? contract = null, ICollection<string>? proven = null) =>
        Read(new Answer(Parse(body), contract ?? MionContract.Default, "session", proven));

    /// <summary>Reads an answer about the session of a reference, which may come alone or in a list; there may be none.</summary>
    /// <returns>The session; null where there is none of that reference.</returns>
    /// <exception cref="FormatException">The answer is not what the guide describes, or about another session.</exception>
    public static MionSession? ReadByReference(byte[] body, string reference, MionContract contract, ICollection<string>? proven = null)
    {
        var json = ParseAny(body);
        if (json is JObject holder && contract["byReference.items"] is not ("" or "[]"))
            json = contract.Find(holder, "byReference.items") as JArray ?? throw new FormatException("the list is missing");
        proven?.Add("byReference.items");
        if (json is not JArray list)
            return json.Type == JTokenType.Null ? null : ReadOne(json, reference, contract, proven);
        var sessions = list.Select(item => ReadOne(item, reference: null, contract, proven)).ToList();
        // where the reference that was asked for is not there, the list is of whatever; without references a session may be anybody's
        return sessions.Count == 0 ? null : sessions.Where(session => session.Reference == reference)
            .OrderByDescending(session => session.IsPaid)
            .FirstOrDefault() ?? throw new FormatException("it lists other sessions");
    }

    /// <param name="reference">The one that it must have, if it says one; null for any.</param>
    private static MionSession ReadOne(JToken json, string? reference, MionContract contract, ICollection<string>? proven)
    {
        var session = Read(new Answer(json as JObject ?? throw new FormatException("not a JSON object"), contract, "session", proven));
        return reference is null || session.Reference is null || session.Reference == reference
            ? session : throw new FormatException("it is about another session");
    }

    private static MionSession Read(Answer json) => new()
    {
        PaymentSessionId = RequireId(json),
        PaidOnUtc = ReadPaidAt(json, "paidAt"),
        // near 1970 it is no end, but no time, or a number of seconds
        ExpiresOnUtc = json.TryReadTime("expiresAt", out var expiresAt) && expiresAt > _noEndBefore ? expiresAt : null,
        Status = json.ReadWord("status"),
        FundingStatus = json.ReadWord("fundingStatus"),
        FeeStatus = ReadText(json["feeStatus"]),
        FundingAmountAvailable = ReadNumber(json["fundingAmountAvailable"]) ?? 0,
        PaymentMethod = json.ReadWord("paymentMethod"),
        RefundSessionIds = json["refundSessionIds"] is JArray refunds ? [.. refunds.Select(ReadText).OfType<string>()] : [],
        AmountCents = ReadNumber(json["amount"]) is { } amount && amount == decimal.Truncate(amount) && Math.Abs(amount) < long.MaxValue
            ? (long)amount : null,
        Currency = ReadText(json["currencyIso3"]),
        Reference = ReadText(json["reference"])
    };

    /// <summary>Reads an answer about a till's payment attempt.</summary>
    /// <param name="paymentSessionId">The session that it must be about.</param>
    /// <exception cref="FormatException">The answer is not what the guide describes; the message says which part.</exception>
    public static MionAttempt ReadAttempt(byte[] body, string paymentSessionId, MionContract? contract = null,
        ICollection<string>? proven = null)
    {
        var json = new Answer(Parse(body), contract ?? MionContract.Default, "offer", proven);
        if (!string.Equals(RequireId(json), paymentSessionId, StringComparison.OrdinalIgnoreCase))
            throw new FormatException("it is about another session");
        var attempt = new MionAttempt
        {
            AmountMsat = ReadNumber(json["amountMsat"]) is { } msat and > 0 && msat == decimal.Truncate(msat) && msat < long.MaxValue
                ? (long)msat
                : throw new FormatException("amountMsat is not a positive integer"),
            ExpiresOnUtc = json.TryReadTime("expiry", out var expiry) ? expiry : throw new FormatException("expiry is not a timestamp"),
            LightningInvoice = ReadText(json["lnInvoice"]) is { Length: > 0 } invoice ? invoice : null,
            OnChainAddress = ReadText(json["onChainAddress"]) is { Length: > 0 } address ? address : null,
            SuggestedFeeRate = ReadNumber(json["suggestedFeeRate"]),
            BlockedByCompliance = json["blockedByCompliance"] is { Type: JTokenType.Boolean } blocked && (bool)blocked,
            MissingCustomerFields = json["missingComplianceCustomerFields"] is JArray missing ? [.. missing.Select(ReadText).OfType<string>()] : []
        };
        // nothing to scan although nothing stands in the way: the answer cannot be what it should be
        return attempt.IsPayable || attempt.BlockedByCompliance || attempt.MissingCustomerFields.Count > 0
            ? attempt
            : throw new FormatException("lnInvoice is missing");
    }

    private static JObject Parse(byte[] body) => ParseAny(body) as JObject ?? throw new FormatException("not a JSON object");

    private static JToken ParseAny(byte[] body)
    {
        try
        {
            // a byte order mark may stand before the JSON, and says which of Unicode's encodings it is
            using var text = new StreamReader(new MemoryStream(body), _strictUtf8, detectEncodingFromByteOrderMarks: true);
            using var reader = new JsonTextReader(text)
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
                MaxDepth = 16
            };
            var json = JToken.ReadFrom(reader);
            if (reader.Read())
                throw new FormatException("more than one JSON value");
            return json;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or OverflowException)
        {
            throw new FormatException("not JSON", exception);
        }
    }

    private static string RequireId(Answer json) =>
        ReadText(json["paymentSessionId"]) is { } text && Guid.TryParseExact(text, "D", out var id)
            ? id.ToString()
            : throw new FormatException("paymentSessionId is not a UUID");

    /// <summary>A payment is only believed when its time can be read; a value that cannot be read is an error and not "unpaid".</summary>
    private static DateTime? ReadPaidAt(Answer json, string name)
    {
        if (json[name] is not { Type: not JTokenType.Null } token || ReadText(token) is "")
            return null;
        if (!json.TryReadTime(name, out var time))
            throw new FormatException("paidAt is not a timestamp");
        // what a serializer writes for "no time" is no time
        return time > DateTime.UnixEpoch ? time : null;
    }

    private static bool TryReadTime(JToken? token, out DateTime utc)
    {
        utc = default;
        if (ReadText(token) is not { } text || !Timestamp().IsMatch(text)
            || !DateTimeOffset.TryParse(WithoutLeapSecond(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        utc = time.UtcDateTime;
        return utc.Year < 9000;
    }

    // RFC 3339, and besides: no zone is UTC, and seconds may be missing
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();

    // .NET knows no 61st second
    private static string WithoutLeapSecond(string text) => text.Length >= 19 && text.AsSpan(16, 3) is ":60" ? string.Concat(text.AsSpan(0, 16), ":59", text.AsSpan(19)) : text;

    /// <summary>
    /// What a webhook's body says: of which session, and whether it announces a payment. Hints: whoever knows the address
    /// can write one.
    /// </summary>
    public static (string? PaymentSessionId, bool SaysPaid) ReadCallback(byte[] body, MionContract? contract = null,
        ICollection<string>? proven = null)
    {
        string? id = null;
        try
        {
            var json = new Answer(Parse(body), contract ?? MionContract.Default, "callback", proven);
            id = Guid.TryParseExact(ReadText(json["paymentSessionId"]), "D", out var parsed) ? parsed.ToString() : null;
            return (id, MionSession.IsCompletedStatus(json.ReadWord("status")) | ReadPaidAt(json, "paidAt") is not null);
        }
        catch (FormatException)
        {
            return (id, false);
        }
    }

    /// <summary>Reads why Mion refused a call, from whichever of the usual fields says it.</summary>
    /// <param name="reason">At most <see cref="MaxReasonLength"/> characters of one line; empty where there is none.</param>
    /// <returns>Whether the body can be Mion's: JSON, or nothing.</returns>
    public static bool TryReadReason(byte[] body, out string reason)
    {
        reason = string.Empty;
        if (body.Length == 0)
            return true;
        try
        {
            var json = Parse(body);
            var found = new[] { json["message"], json["detail"], json["title"], json["error"], (json["error"] as JObject)?["message"] }
                .Select(ReadText).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? string.Empty;
            var line = string.Concat(found.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
            reason = line[..Math.Min(line.Length, MaxReasonLength)];
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? ReadText(JToken? token) => token is { Type: JTokenType.String } ? PlainText.CleanWords((string)token!) : null;

    private static decimal? ReadNumber(JToken? token)
    {
        try
        {
            return token is { Type: JTokenType.Integer or JTokenType.Float } ? (decimal)token : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>An answer of Mion's, read by the guides' names.</summary>
    private readonly struct Answer(JObject json, MionContract contract, string group, ICollection<string>? proven)
    {
        /// <summary>A field; null where it is not there.</summary>
        public JToken? this[string name]
        {
            get
            {
                // a field that is empty is called so too
                var token = contract.Find(json, $"{group}.{name}");
                if (token is not null)
                    proven?.Add($"{group}.{name}");
                return token;
            }
        }

        /// <summary>A value of a list that the guides print in part, by their word for it.</summary>
        public string? ReadWord(string name)
        {
            var text = ReadText(this[name]);
            var word = contract.ToDocumented(name, text);
            if (word is not null && MionContract.IsKnown($"{name}={word}"))
                proven?.Add($"{name}={word}");
            return word;
        }

        /// <summary>A moment, in the form that Mion writes moments in, or in the documented one.</summary>
        public bool TryReadTime(string name, out DateTime utc)
        {
            var (token, form) = (this[name], contract["answers.times"]);
            var isTime = MionSessionReader.TryReadTime(token, out utc);
            if (isTime && form == TimeForm.Iso)
                proven?.Add("answers.times");
            if (isTime || ReadNumber(token) is not { } number || TimeForm.Read(form, number) is not { } moment)
                return isTime;
            proven?.Add("answers.times");
            utc = moment;
            return true;
        }
    }
}
