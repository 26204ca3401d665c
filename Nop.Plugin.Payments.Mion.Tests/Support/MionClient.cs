using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Mion's client, and the clock it lives by, for tests that talk to a <see cref="RawHttpServer"/>.
/// </summary>
public sealed class MionClient : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public MionClient(ImpatientTime? time = null)
    {
        Time = time ?? new ImpatientTime();
        Api = new MionApiClient(_http, new MionApiResilience(Time), new MionClock(Time));
    }

    public MionApiClient Api { get; }

    public ImpatientTime Time { get; }

    public static MionApiOptions Options(string address) => new() { BaseUrl = address, ApiKey = Some.ApiKey };

    public static MionSessionRequest Request() => new()
    {
        AmountCents = Some.Cents,
        Reference = Some.Session().Reference,
        RedirectUrl = "https://shop.example/mion/return/aaaa",
        ExpiresOnUtc = Some.Now.AddDays(1)
    };

    /// <summary>An answer about the session that the tests ask about.</summary>
    public static string AnswerJson(string more = "") => $$"""{"paymentSessionId":"{{Some.PaymentSessionId}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""";

    public Task<MionSession> CreateAsync(RawHttpServer server) => Api.CreateSessionAsync(Options(server.Address), Request());

    public Task<MionSession> GetStatusAsync(RawHttpServer server) => Api.GetStatusAsync(Options(server.Address), Some.PaymentSessionId);

    public Task<MionSession?> FindAsync(RawHttpServer server) => Api.FindByReferenceAsync(Options(server.Address), Some.Session().Reference);

    public Task CreateWebhookAsync(RawHttpServer server) => Api.CreateWebhookAsync(Options(server.Address), Some.PaymentSessionId, "https://shop.example/mion/webhook/bbbb");

    public void Dispose() => _http.Dispose();
}
