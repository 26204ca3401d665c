using System.Globalization;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>
/// Asks a Mion what is assumed about it: opens the smallest session, reads it each way, registers a webhook, asks for a
/// payment attempt, and prints each assumption as proven or not, with what came. Nobody pays; the key is not printed.
/// </summary>
internal sealed class Probe : IContractProof
{
    private readonly HashSet<string> _proven = new(StringComparer.Ordinal);
    private readonly TextWriter _output;
    private readonly MionApiOptions _options;
    private readonly LastAnswer _last;
    private readonly HttpClient _http;
    private bool _isGood = true;

    private Probe(TextWriter output, MionApiOptions options)
    {
        (_output, _options) = (output, options);
        _last = new LastAnswer(options.ApiKey);
        _http = new HttpClient(_last);
    }

    /// <summary>Probes.</summary>
    /// <returns>Whether every call was answered as it should be.</returns>
    public static async Task<bool> RunAsync(TextWriter output, MionApiOptions options, CancellationToken ct)
    {
        var probe = new Probe(output, options);
        using var http = probe._http;
        await probe.CallAsync(ct);
        await output.WriteLineAsync();
        foreach (var term in MionContract.Terms)
            await output.WriteLineAsync($"{(probe._proven.Contains(term.Key) ? "proven    " : "not proven")}  {term.Key,-45} {options.ValueOf(term.Key)}");
        return probe._isGood;
    }

    public void Note(MionApiOptions options, IReadOnlyCollection<string> keys) => _proven.UnionWith(keys);

    private async Task CallAsync(CancellationToken ct)
    {
        var client = new MionApiClient(_http, new MionApiResilience(TimeProvider.System), new MionClock(TimeProvider.System), this);
        var request = new MionSessionRequest
        {
            AmountCents = 1,
            RetailPos = true,
            Reference = $"probe-{Guid.NewGuid():N}",
            RedirectUrl = "https://shop.example/",
            ExpiresOnUtc = DateTime.UtcNow.AddMinutes(15)
        };
        MionSession? session = null;
        await TryAsync("create", async () => session = await client.CreateSessionAsync(_options, request, ct));
        var id = session?.PaymentSessionId ?? Guid.NewGuid().ToString("D");
        await TryAsync("status", () => client.GetStatusAsync(_options, id, ct));
        await TryAsync("byReference", async () => _ = await client.FindByReferenceAsync(_options, request.Reference, ct)
            ?? throw new MionApiException(MionApiErrorKind.NotFound, "Retrieve a payment session by its reference",
                "the session that was just opened"));
        await ReadByIdAsync(id, ct);
        await TryAsync("webhook", () => client.CreateWebhookAsync(_options, id, "https://shop.example/mion/webhook", ct));
        await TryAsync("attempt", () => client.CreatePaymentAttemptAsync(_options, id, ct));
    }

    /// <summary>The way that the plugin does not use: only what comes is shown.</summary>
    private async Task ReadByIdAsync(string id, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_options.BaseUrl.TrimEnd('/')}{_options.CreateSessionPath}/{id}");
        request.Headers.TryAddWithoutValidation(_options.ApiKeyHeader, _options.ApiKeyHeaderValue);
        try
        {
            using var response = await _http.SendAsync(request, ct);
            await _output.WriteLineAsync($"{"byId",-12} not used by the plugin");
        }
        catch (HttpRequestException exception)
        {
            await _output.WriteLineAsync($"{"byId",-12} not used by the plugin: {exception.HttpRequestError}");
        }

        await _output.WriteLineAsync($"             {_last.Text}");
    }

    private async Task TryAsync(string operation, Func<Task> call)
    {
        _last.Text = "no answer";
        try
        {
            await call();
            await _output.WriteLineAsync($"{operation,-12} answered as it should be");
        }
        catch (MionApiException exception)
        {
            _isGood = false;
            await _output.WriteLineAsync($"{operation,-12} {_last.Conceal(exception.Message)}");
        }

        await _output.WriteLineAsync($"             {_last.Text}");
    }

    /// <summary>Keeps the last answer, to be shown without the key.</summary>
    private sealed class LastAnswer(string key)
        : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private const int MaxBytes = 1024 * 1024;
        private const int MaxText = 600;

        public string Text { get; set; } = string.Empty;

        public string Conceal(string text) => text.Replace(key, "***", StringComparison.OrdinalIgnoreCase);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            var body = Conceal(await response.Content.ReadAsStringAsync(cancellationToken)).ReplaceLineEndings(" ");
            Text = string.Create(CultureInfo.InvariantCulture,
                $"{request.Method} {request.RequestUri?.PathAndQuery}: {(int)response.StatusCode} {response.Content.Headers.ContentType} {body[..Math.Min(body.Length, MaxText)]}");
            return response;
        }
    }
}
