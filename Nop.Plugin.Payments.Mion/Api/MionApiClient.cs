using System.Net;
using System.Text;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Mion's HTTP API. Knows nothing of nopCommerce; throws nothing but <see cref="MionApiException"/>.</summary>
/// <remarks>Amounts are integer cents, times UTC. Source: Mion's checkout integration guide.</remarks>
public sealed class MionApiClient
{
    /// <summary>A larger answer is refused.</summary>
    public const int MaxAnswerBytes = 1024 * 1024;

    private const string CreateSession = "Initiate a new payment session";
    private const string GetStatus = "Get a payment session status";
    private const string GetByReference = "Retrieve a payment session by its reference";
    private const string NewPaymentAttempt = "New payment attempt";
    private const string CreateWebhook = "Initiate a webhook for payment session status updates";

    private static readonly TimeSpan _expiryTolerance = TimeSpan.FromMinutes(2);
    private static readonly byte[] _nothing = "null"u8.ToArray();

    private readonly HttpClient _http;
    private readonly MionApiResilience _resilience;
    private readonly MionClock _clock;
    private readonly IContractProof? _proof;

    /// <summary>Creates the client.</summary>
    /// <param name="http">A client whose handler follows no redirects; time limits and size limits are set here.</param>
    /// <param name="proof">Is told what the answers prove.</param>
    public MionApiClient(HttpClient http, MionApiResilience resilience, MionClock clock, IContractProof? proof = null)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        http.DefaultRequestHeaders.UserAgent.Clear();
        http.DefaultRequestHeaders.UserAgent.ParseAdd($"Nop.Plugin.Payments.Mion/{MionDefaults.Version}");
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _http = http;
        _resilience = resilience;
        _clock = clock;
        _proof = proof;
    }

    /// <summary>
    /// <em>Initiate a new payment session</em>. Sent once: whether to send it again is the caller's decision, after a
    /// look-up by reference where <see cref="MionApiException.MayHaveHappened"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the call as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    public Task<MionSession> CreateSessionAsync(MionApiOptions options, MionSessionRequest request, CancellationToken cancellationToken = default) =>
        WriteAsync(options, CreateSession, "create.path", options.CreateSessionPath,
            (request with { ExpiresOnUtc = request.ExpiresOnUtc + _clock.Ahead })
                .GetFields(options.Contract, (_clock.Now + _clock.Ahead).UtcDateTime),
            (body, proven) =>
            {
                var session = Adapt(options, MionSessionReader.Read(body, options.Contract, proven));
                // a session that ends when nobody asked it to, or does not say when: whether the field was understood is not known
                if (session.ExpiresOnUtc is not { } end || (end - request.ExpiresOnUtc).Duration() > _expiryTolerance)
                    proven.RemoveAll(key => key is "create.expiresAt" or "create.times");
                return session;
            }, cancellationToken);

    /// <summary><em>Get a payment session status</em>.</summary>
    /// <param name="paymentSessionId">Mion's id; an answer about another session is an error.</param>
    /// <param name="cancellationToken">Ends the call as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    public Task<MionSession> GetStatusAsync(MionApiOptions options, string paymentSessionId,
        CancellationToken cancellationToken = default) =>
        ReadAsync(options, GetStatus, "status.path", FillId(options.GetSessionStatusPath, paymentSessionId), (body, proven) =>
        {
            var session = Adapt(options, MionSessionReader.Read(body, options.Contract, proven));
            return string.Equals(session.PaymentSessionId, paymentSessionId, StringComparison.OrdinalIgnoreCase)
                ? session
                : throw new FormatException("it is about another session");
        }, cancellationToken);

    /// <summary><em>Retrieve a payment session by its reference</em>.</summary>
    /// <param name="reference">Our reference; an answer that carries another one is an error.</param>
    /// <param name="cancellationToken">Ends the call as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    /// <returns>The session, or null where Mion has none of that reference.</returns>
    public async Task<MionSession?> FindByReferenceAsync(MionApiOptions options, string reference, CancellationToken cancellationToken = default)
    {
        var path = options.GetSessionByReferencePath.Replace(MionApiOptions.ReferencePlaceholder, Uri.EscapeDataString(reference), StringComparison.Ordinal);
        try
        {
            return await ReadAsync(options, GetByReference, "byReference.path", path,
                (body, proven) => MionSessionReader.ReadByReference(body, reference, options.Contract, proven) is { } session
                    ? Adapt(options, session) : null, cancellationToken);
        }
        catch (MionApiException exception) when (exception.Kind == MionApiErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary><em>Initiate a webhook for payment session status updates</em>.</summary>
    /// <param name="url">The address that Mion calls for each change.</param>
    /// <param name="cancellationToken">Ends the call as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    public Task CreateWebhookAsync(MionApiOptions options, string paymentSessionId, string url,
        CancellationToken cancellationToken = default) =>
        WriteAsync(options, CreateWebhook, "webhook.path", FillId(options.CreateWebhookPath, paymentSessionId),
            [("webhook.url", url), ("webhook.paymentSessionId", paymentSessionId)], (_, _) => true, cancellationToken);

    /// <summary>
    /// <em>New payment attempt</em>, for a till. Sent once; a lost answer does no harm, since the next attempt is as good.
    /// </summary>
    /// <param name="options">Where and with which key; it needs <em>Retail Point-of-sale Payments Create</em>.</param>
    /// <param name="paymentSessionId">Mion's id of a session that was created with <see cref="MionSessionRequest.RetailPos"/>.</param>
    /// <param name="cancellationToken">Ends the call as <see cref="MionApiErrorKind.TimedOut"/>.</param>
    public Task<MionAttempt> CreatePaymentAttemptAsync(MionApiOptions options, string paymentSessionId,
        CancellationToken cancellationToken = default) =>
        WriteAsync(options, NewPaymentAttempt, "attempt.path", FillId(options.CreatePaymentAttemptPath, paymentSessionId),
            [("attempt.paymentSessionId", paymentSessionId), ("attempt.retailPos", true)],
            (body, proven) =>
            {
                var attempt = MionSessionReader.ReadAttempt(body, paymentSessionId, options.Contract, proven);
                return attempt with { ExpiresOnUtc = attempt.ExpiresOnUtc - _clock.Ahead };
            }, cancellationToken);

    private MionSession Adapt(MionApiOptions options, MionSession session) => session with
    {
        ClockAhead = _clock.Ahead,
        ExpiresOnUtc = session.ExpiresOnUtc - _clock.Ahead,
        FundingAmountMeansArrived = options.FundingAmountMeansArrived
    };

    private static string FillId(string path, string paymentSessionId) =>
        path.Replace(MionApiOptions.IdPlaceholder, Uri.EscapeDataString(paymentSessionId), StringComparison.Ordinal);

    private Task<T> WriteAsync<T>(MionApiOptions options, string operation, string key, string path,
        IEnumerable<(string Key, JToken Value)> fields,
        Func<byte[], List<string>, T> read, CancellationToken cancellationToken)
    {
        var (body, used) = (new JObject(), new List<string> { key });
        foreach (var (name, value) in fields)
        {
            if (options.Contract.TryPut(body, name, value))
                used.Add(name);
        }

        if (key == "create.path")
            used.Add("create.times");
        var method = new HttpMethod(options.MethodOf(key));
        return _resilience.WriteAsync(options, operation,
            token => SendAsync(options, operation, method, path, body, used, read, token), cancellationToken);
    }

    /// <summary>
    /// Reads a session; with the keys before the present one where Mion does not show it to the present one, since a
    /// session that was opened with an old key may still be paid.
    /// </summary>
    private async Task<T> ReadAsync<T>(MionApiOptions options, string operation, string key, string path,
        Func<byte[], List<string>, T> read, CancellationToken cancellationToken)
    {
        Task<T> Read(MionApiOptions with) => _resilience.ReadAsync(with, operation,
            token => SendAsync(with, operation, HttpMethod.Get, path, body: null, [key], read, token), cancellationToken);

        try
        {
            return await Read(options);
        }
        catch (MionApiException exception) when (options.PreviousApiKeys.Count > 0
            && exception.Kind is MionApiErrorKind.Unauthorized or MionApiErrorKind.Forbidden or MionApiErrorKind.NotFound)
        {
            foreach (var former in options.PreviousApiKeys)
            {
                try
                {
                    return await Read(options.WithKey(former));
                }
                catch (MionApiException)
                {
                    // what the present key was told, thrown below, is what a person can do something about
                }
            }

            throw;
        }
    }

    private async Task<T> SendAsync<T>(MionApiOptions options, string operation, HttpMethod method, string path, JObject? body,
        IReadOnlyCollection<string> used, Func<byte[], List<string>, T> read, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(options, operation, method, path, body);
        var requestedAt = _clock.Now;
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refused(operation, response, await ReadReasonAsync(response, options, cancellationToken));
            _clock.Observe(response.Headers.Date, requestedAt);
            var proven = new List<string>(used) { "baseUrl", "apiKeyHeader" };
            // what has no content is read as JSON's nothing
            var content = response.StatusCode == HttpStatusCode.NoContent ? _nothing
                : await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var answer = read(content, proven);
            _proof?.Note(options, proven);
            return answer;
        }
        catch (FormatException exception)
        {
            throw new MionApiException(MionApiErrorKind.UnreadableAnswer, operation, exception.Message, exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new MionApiException(MionApiErrorKind.UnreadableAnswer, operation, "it is too large", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var error = (exception as HttpRequestException)?.HttpRequestError;
            throw new MionApiException(MionApiErrorKind.Unreachable, operation, error?.ToString(), exception);
        }
    }

    private static HttpRequestMessage CreateRequest(MionApiOptions options, string operation, HttpMethod method, string path, JObject? body)
    {
        if (string.IsNullOrWhiteSpace(options.ApiKey))
            throw new MionApiException(MionApiErrorKind.Misconfigured, operation, "there is no API key");
        if (!MionApiOptions.CanBeSent(options.ApiKeyHeaderValue))
            throw new MionApiException(MionApiErrorKind.Misconfigured, operation, "the API key contains characters that do not belong there");
        if (!MionApiOptions.IsAllowedAddress(options.BaseUrl.TrimEnd('/') + "/" + path.TrimStart('/'), out var address))
            throw new MionApiException(MionApiErrorKind.Misconfigured, operation, "the address is not an https URL");

        var request = new HttpRequestMessage(method, address);
        if (!request.Headers.TryAddWithoutValidation(options.ApiKeyHeader, options.ApiKeyHeaderValue))
            throw new MionApiException(MionApiErrorKind.Misconfigured, operation, "the name of the API key's header is not valid");
        if (body is not null)
            request.Content = new StringContent(PlainJson.Write(body), Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>What Mion says about its refusal, without what must not get into a log.</summary>
    /// <returns>The reason, empty where none is given; null where the body cannot be Mion's.</returns>
    private static async Task<string?> ReadReasonAsync(HttpResponseMessage response, MionApiOptions options, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!MionSessionReader.TryReadReason(body, out var reason))
            return null;
        foreach (var key in options.PreviousApiKeys.Append(options.ApiKey).Where(key => key.Length > 0))
            reason = reason.Replace(key, "***", StringComparison.OrdinalIgnoreCase);
        return reason;
    }

    private static MionApiException Refused(string operation, HttpResponseMessage response, string? reason)
    {
        var kind = (int)response.StatusCode switch
        {
            >= 400 and < 500 and not 408 and not 429 when reason is null => MionApiErrorKind.SomethingInFront,
            401 => MionApiErrorKind.Unauthorized,
            403 => MionApiErrorKind.Forbidden,
            404 or 410 => MionApiErrorKind.NotFound,
            408 => MionApiErrorKind.TimedOut,
            429 => MionApiErrorKind.RateLimited,
            >= 500 => MionApiErrorKind.ServerError,
            >= 400 => MionApiErrorKind.Rejected,
            >= 300 => MionApiErrorKind.Redirected,
            _ => MionApiErrorKind.UnreadableAnswer
        };
        var retryAfter = response.Headers.RetryAfter;
        return new MionApiException(kind, operation, $"HTTP {(int)response.StatusCode}{(string.IsNullOrEmpty(reason) ? "" : $": {reason}")}")
        {
            StatusCode = response.StatusCode,
            RetryAfter = retryAfter?.Delta ?? retryAfter?.Date - response.Headers.Date
        };
    }
}
