namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>
/// Where and how Mion's API is reached. Everything that Mion's guides do not print stands here as a default that the
/// merchant can change; nothing else depends on an assumed value.
/// </summary>
/// <remarks>Not a record on purpose: a record's <c>ToString</c> would print the key.</remarks>
public sealed class MionApiOptions
{
    /// <summary>Assumed address of the API.</summary>
    public const string DefaultBaseUrl = "https://api.mion.group";

    /// <summary>Assumed header of the API key.</summary>
    public const string DefaultApiKeyHeader = "X-API-Key";

    /// <summary>Assumed path of <em>Initiate a new payment session</em>.</summary>
    public const string DefaultCreateSessionPath = "/payment-sessions";

    /// <summary>Assumed path of <em>Retrieve a payment session by its reference</em>.</summary>
    public const string DefaultGetSessionByReferencePath = "/payment-sessions/reference/" + ReferencePlaceholder;

    /// <summary>Assumed path of <em>Get a payment session status</em>.</summary>
    public const string DefaultGetSessionStatusPath = "/payment-sessions/" + IdPlaceholder + "/status";

    /// <summary>Assumed path of <em>Initiate a webhook for payment session status updates</em>.</summary>
    public const string DefaultCreateWebhookPath = "/payment-sessions/" + IdPlaceholder + "/webhook";

    /// <summary>Assumed path of <em>New payment attempt</em>.</summary>
    public const string DefaultCreatePaymentAttemptPath = "/payment-sessions/" + IdPlaceholder + "/payment-attempts";

    /// <summary>
    /// The keys before the present one, the latest first: a read that Mion refuses to the present key, or does not find
    /// with it, is tried once with each of these.
    /// </summary>
    public IReadOnlyList<string> PreviousApiKeys { get; init; } = [];

    /// <summary>Stands for the session's id in a path or URL.</summary>
    public const string IdPlaceholder = "{paymentSessionId}";

    /// <summary>Stands for the session's reference in a path.</summary>
    public const string ReferencePlaceholder = "{reference}";

    /// <summary>Address of the API: https, or http on a loopback host.</summary>
    public string BaseUrl { get; init; } = DefaultBaseUrl;

    /// <summary>The API key in plain text; never logged.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Header that carries the key.</summary>
    public string ApiKeyHeader { get; init; } = DefaultApiKeyHeader;

    /// <summary>What stands before the key in the header, or empty.</summary>
    public string ApiKeyPrefix { get; init; } = string.Empty;

    /// <summary>Path of <em>Initiate a new payment session</em>.</summary>
    public string CreateSessionPath { get; init; } = DefaultCreateSessionPath;

    /// <summary>Path of <em>Retrieve a payment session by its reference</em>.</summary>
    public string GetSessionByReferencePath { get; init; } = DefaultGetSessionByReferencePath;

    /// <summary>Path of <em>Get a payment session status</em>.</summary>
    public string GetSessionStatusPath { get; init; } = DefaultGetSessionStatusPath;

    /// <summary>Path of <em>Initiate a webhook for payment session status updates</em>.</summary>
    public string CreateWebhookPath { get; init; } = DefaultCreateWebhookPath;

    /// <summary>Path of <em>New payment attempt</em>.</summary>
    public string CreatePaymentAttemptPath { get; init; } = DefaultCreatePaymentAttemptPath;

    /// <summary>Whether <c>fundingAmountAvailable</c> is what has arrived (assumed).</summary>
    public bool FundingAmountMeansArrived { get; init; } = true;

    /// <summary>Names and forms of requests and answers.</summary>
    public MionContract Contract { get; init; } = MionContract.Default;

    /// <summary>Whether one webhook is told of all sessions of the account: then nothing in its request names a session.</summary>
    public bool HasAccountWebhook =>
        !CreateWebhookPath.Contains(IdPlaceholder, StringComparison.Ordinal) && Contract["webhook.paymentSessionId"].Length == 0;

    /// <summary>Whether Mion's calls are verified.</summary>
    public bool VerifiesCallbacks => HasCallbackSecret && CallbackSignatureHeader.Length > 0;

    /// <summary>What these options have for one of <see cref="MionContract.Terms"/>.</summary>
    public string ValueOf(string key) => key switch
    {
        "baseUrl" => BaseUrl.TrimEnd('/'),
        "apiKeyHeader" => string.IsNullOrWhiteSpace(ApiKeyPrefix) ? ApiKeyHeader : $"{ApiKeyHeader}: {ApiKeyPrefix.Trim()}",
        "create.path" => $"{MethodOf(key)} {CreateSessionPath}",
        "status.path" => $"GET {GetSessionStatusPath}",
        "byReference.path" => $"GET {GetSessionByReferencePath}",
        "webhook.path" => $"{MethodOf(key)} {CreateWebhookPath}",
        "attempt.path" => $"{MethodOf(key)} {CreatePaymentAttemptPath}",
        "callback.signatureHeader" => CallbackSignatureHeader,
        _ => Contract[key]
    };

    /// <summary>The method of an operation; the path beside it in the contract is the setting's.</summary>
    /// <param name="key">Such as <c>create.path</c>.</param>
    public string MethodOf(string key) => Contract[key].Split(' ')[0];

    /// <summary>The header in which Mion signs its calls; empty where it does not.</summary>
    public string CallbackSignatureHeader { get; init; } = string.Empty;

    /// <summary>With which it signs them, in plain text; never logged. Empty where calls are not verified, or where it cannot be read.</summary>
    public string CallbackSecret { get; init; } = string.Empty;

    /// <summary>Whether one is stored: no call is Mion's while it cannot be read.</summary>
    public bool HasCallbackSecret { get; init; }

    /// <summary>The key as it goes over the wire.</summary>
    public string ApiKeyHeaderValue => string.IsNullOrWhiteSpace(ApiKeyPrefix) ? ApiKey : $"{ApiKeyPrefix.Trim()} {ApiKey}";

    /// <summary>These options with another key, and none before it.</summary>
    /// <param name="apiKey">The key in plain text.</param>
    public MionApiOptions WithKey(string apiKey) => new()
    {
        ApiKey = apiKey,
        ApiKeyHeader = ApiKeyHeader,
        ApiKeyPrefix = ApiKeyPrefix,
        BaseUrl = BaseUrl,
        Contract = Contract,
        CreatePaymentAttemptPath = CreatePaymentAttemptPath,
        CreateSessionPath = CreateSessionPath,
        CreateWebhookPath = CreateWebhookPath,
        FundingAmountMeansArrived = FundingAmountMeansArrived,
        GetSessionByReferencePath = GetSessionByReferencePath,
        GetSessionStatusPath = GetSessionStatusPath
    };

    /// <summary>
    /// Says whether a header can carry a value: HttpClient would send a line break as it is, and calls anything beyond
    /// ASCII a broken connection.
    /// </summary>
    /// <param name="value">A key, or a key with its prefix.</param>
    public static bool CanBeSent(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Says whether an address may be called: https anywhere, http only on this machine.</summary>
    /// <param name="address">An absolute address.</param>
    /// <param name="uri">The parsed address where it may be called.</param>
    public static bool IsAllowedAddress(string? address, out Uri uri)
    {
        var allowed = Uri.TryCreate(address, UriKind.Absolute, out var parsed)
            && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp && parsed.IsLoopback)
            && string.IsNullOrEmpty(parsed.UserInfo);
        uri = allowed ? parsed! : new Uri("about:blank");
        return allowed;
    }
}
