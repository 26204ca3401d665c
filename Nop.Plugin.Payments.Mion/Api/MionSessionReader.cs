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

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads an answer about a session.</summary>
    /// <exception cref="FormatException">The answer is not what the guide describes; the message says which part.</exception>
    public static MionSession Read(byte[] body)
    {
        var json = Parse(body);
        return new MionSession
        {
            PaymentSessionId = RequireId(json),
            PaidOnUtc = ReadPaidAt(json["paidAt"]),
            ExpiresOnUtc = TryReadTime(json["expiresAt"], out var expiresAt) ? expiresAt : null,
            Status = ReadText(json["status"]),
            FundingStatus = ReadText(json["fundingStatus"]),
            FeeStatus = ReadText(json["feeStatus"]),
            FundingAmountAvailable = ReadNumber(json["fundingAmountAvailable"]) ?? 0,
            PaymentMethod = ReadText(json["paymentMethod"]),
            RefundSessionIds = json["refundSessionIds"] is JArray refunds ? [.. refunds.Select(ReadText).OfType<string>()] : [],
            AmountCents = ReadNumber(json["amount"]) is { } amount && amount == decimal.Truncate(amount) && Math.Abs(amount) < long.MaxValue ? (long)amount : null,
            Currency = ReadText(json["currencyIso3"]),
            Reference = ReadText(json["reference"])
        };
    }

    /// <summary>Reads an answer about a till's payment attempt.</summary>
    /// <param name="paymentSessionId">The session that it must be about.</param>
    /// <exception cref="FormatException">The answer is not what the guide describes; the message says which part.</exception>
    public static MionAttempt ReadAttempt(byte[] body, string paymentSessionId)
    {
        var json = Parse(body);
        if (!string.Equals(RequireId(json), paymentSessionId, StringComparison.OrdinalIgnoreCase))
            throw new FormatException("it is about another session");
        var attempt = new MionAttempt
        {
            AmountMsat = ReadNumber(json["amountMsat"]) is { } msat and > 0 && msat == decimal.Truncate(msat) && msat < long.MaxValue
                ? (long)msat
                : throw new FormatException("amountMsat is not a positive integer"),
            ExpiresOnUtc = TryReadTime(json["expiry"], out var expiry) ? expiry : throw new FormatException("expiry is not a timestamp"),
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

    private static JObject Parse(byte[] body)
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
            var json = JToken.ReadFrom(reader) as JObject ?? throw new FormatException("not a JSON object");
            if (reader.Read())
                throw new FormatException("more than one JSON value");
            return json;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or OverflowException)
        {
            throw new FormatException("not JSON", exception);
        }
    }

    private static string RequireId(JObject json) =>
        ReadText(json["paymentSessionId"]) is { } text && Guid.TryParseExact(text, "D", out var id)
            ? id.ToString("D")
            : throw new FormatException("paymentSessionId is not a UUID");

    /// <summary>A payment is only believed when its time can be read; a value that cannot be read is an error and not "unpaid".</summary>
    private static DateTime? ReadPaidAt(JToken? token)
    {
        if (token is null or { Type: JTokenType.Null } || ReadText(token) is "")
            return null;
        if (!TryReadTime(token, out var time))
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
        return true;
    }

    // RFC 3339, and besides: no zone is UTC, and seconds may be missing
    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();

    // .NET knows no 61st second
    private static string WithoutLeapSecond(string text) => text.Length > 18 && text.AsSpan(16, 3) is ":60" ? string.Concat(text.AsSpan(0, 16), ":59", text.AsSpan(19)) : text;

    /// <summary>Whether a webhook's body announces a payment. A hint: whoever knows the address can write one.</summary>
    public static bool SaysPaid(byte[] body)
    {
        try
        {
            var json = Parse(body);
            return ReadPaidAt(json["paidAt"]) is not null || MionSession.IsCompletedStatus(ReadText(json["status"]));
        }
        catch (FormatException)
        {
            return false;
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
            reason = line.Length <= MaxReasonLength ? line : line[..MaxReasonLength];
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
}
