using System.Globalization;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Initiate a new payment session.</summary>
internal sealed record CreateSessionRequest(
    long Amount, string CurrencyIso3, bool RetailPos, string? Reference, string? RedirectUrl, DateTimeOffset ExpiresAt)
{
    private const long MostCents = 100_000_000_000;
    private const int LongestReference = 100;

    /// <exception cref="ApiRefusal">422 with every field that is wrong.</exception>
    public static CreateSessionRequest Read(JsonFields fields, StandInContract contract, DateTimeOffset now)
    {
        var request = new CreateSessionRequest(
            fields.WholeNumber("create.amount", 1, MostCents),
            fields.Text("create.currencyIso3")!,
            fields.Boolean("create.retailPos"),
            fields.Optional("create.reference"),
            fields.Optional("create.redirectUrl"),
            contract.RequestTime(fields, "create.times", now));

        if (request.CurrencyIso3 is not null and not "EUR")
            fields.Wrong<string>("create.currencyIso3", "must be \"EUR\"");
        if (request.Reference is { Length: 0 or > LongestReference })
            fields.Wrong<string>("create.reference", $"must have 1 to {LongestReference} characters");
        if (request.RedirectUrl is null ? !request.RetailPos : !HttpUrls.IsHttp(request.RedirectUrl, out _))
            fields.Wrong<string>("create.redirectUrl", "must be an absolute http or https URL");
        if (request.ExpiresAt != default && request.ExpiresAt <= now)
            fields.Wrong<string>("create.expiresAt", "must be in the future");
        fields.Check();
        return request;
    }
}

/// <summary>New payment attempt. The session may be named in the body as well as in the path.</summary>
internal static class CreateAttemptRequest
{
    /// <exception cref="ApiRefusal">422 with every field that is wrong.</exception>
    public static void Read(JsonFields fields, string paymentSessionId, bool sessionIsRetailPos)
    {
        var retailPos = fields.Boolean("attempt.retailPos");
        if (!retailPos || !sessionIsRetailPos)
            fields.Wrong<bool>("attempt.retailPos",
                "must be true, in the request and in its session: an online payment needs the customer's details");
        if (fields.Optional("attempt.paymentSessionId") is { } named && !named.Equals(paymentSessionId, StringComparison.OrdinalIgnoreCase))
            fields.Wrong<string>("attempt.paymentSessionId", "is another than the path's");
        fields.Check();
    }
}

/// <summary>Initiate a webhook for payment session status updates.</summary>
internal static class RegisterWebhookRequest
{
    /// <exception cref="ApiRefusal">422: the URL is no https URL, nor http on this machine.</exception>
    public static Uri Read(JsonFields fields)
    {
        var url = fields.Text("webhook.url");
        if (url is not null && (!HttpUrls.IsHttp(url, out var uri) || (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)))
            fields.Wrong<string>("webhook.url", "must be an absolute https URL");
        fields.Check();
        return new Uri(url!);
    }
}

/// <summary>The kinds of text that the requests are made of.</summary>
internal static class RequestFields
{
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>A moment in UTC, marked as such.</summary>
    public static DateTimeOffset UtcTime(this JsonFields fields, string name)
    {
        if (fields.Text(name) is not { } text)
            return default;
        var isUtc = text.EndsWith('Z') || text.EndsWith("+00:00", StringComparison.Ordinal);
        return isUtc && DateTimeOffset.TryParseExact(text, Iso8601, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : fields.Wrong<DateTimeOffset>(name, "must be a time in UTC by ISO 8601, such as 2030-01-31T12:00:00Z");
    }
}

/// <summary>Which addresses are taken.</summary>
internal static class HttpUrls
{
    public static bool IsHttp(string url, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(url, UriKind.Absolute, out uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.OriginalString.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
