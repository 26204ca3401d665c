using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Measurements;

/// <summary>The steps of one check, each on its own.</summary>
public class PureBenchmarks
{
    private const string Id = "75099bcf-22d5-43f9-8976-b7c5692eaa85";

    private static readonly Task<bool> _done = Task.FromResult(true);
    private static readonly DateTime _now = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    // the guide's own example
    private static readonly byte[] _body = Encoding.UTF8.GetBytes($$"""
        {"expiresAt":"2026-11-24T12:00:00Z","feeStatus":"correct","fundingAmountAvailable":1290,"fundingStatus":"well-funded","paidAt":"2026-11-23T11:59:30Z","paymentMethod":"lightning","paymentSessionId":"{{Id}}","refundSessionIds":[],"status":"funded"}
        """);

    private readonly MionSession _answer = MionSessionReader.Read(_body);
    private readonly MionApiOptions _options = new() { ApiKey = "key", BaseUrl = "https://api.example" };
    private readonly MionPaymentSession _session = new()
    {
        OrderId = 1,
        StoreId = 1,
        PaymentSessionId = Id,
        AmountCents = 1290,
        OrderTotal = 12.90m,
        CurrencyCode = "EUR",
        ExchangeRate = 1,
        State = PaymentSessionState.Open,
        CreatedOnUtc = _now.AddMinutes(-10),
        ExpiresOnUtc = _now.AddDays(1)
    };

    private readonly Order _order = new()
    {
        OrderTotal = 12.90m,
        PaymentStatus = PaymentStatus.Pending,
        OrderStatus = OrderStatus.Pending,
        PaymentMethodSystemName = MionDefaults.SystemName
    };

    private readonly MionApiMetrics _metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private MionApiClient _client = null!;

    /// <summary>A client whose network answers at once.</summary>
    [GlobalSetup]
    public void SetUp() => _client = new MionApiClient(new HttpClient(new AnswerAtOnce()), new MionApiResilience(TimeProvider.System), new MionClock(TimeProvider.System));

    /// <summary>The one place that decides.</summary>
    [Benchmark(Description = "Deciding what follows from an answer")]
    public PaymentDecision Decide() => PaymentDecision.Decide(_session, _answer, _order, _now);

    /// <summary>The time of the next check.</summary>
    [Benchmark(Description = "Choosing the time of the next check")]
    public DateTime? Schedule() => PollSchedule.Next(_session, TimeSpan.FromMinutes(1), 7, _now);

    /// <summary>The guide's example.</summary>
    [Benchmark(Description = "Reading an answer")]
    public object Read() => MionSessionReader.Read(_body);

    /// <summary>The whole client with its time limits, tries and breaker.</summary>
    [Benchmark(Description = "The API client's own share of a call: limits, retries, breaker, request, answer")]
    public Task<MionSession> Call() => _client.GetStatusAsync(_options, Id);

    /// <summary>What an operator who collects no figures pays for them.</summary>
    [Benchmark(Description = "A figure that nobody collects")]
    public void Count() => _metrics.Ended("Get a payment session status", TimeSpan.FromMilliseconds(50), failure: null);

    /// <summary>The same, for traces.</summary>
    [Benchmark(Description = "A span that nobody follows")]
    public Task<bool> Trace() => PaymentTracing.RunAsync("mion confirm payment", _ => _done);

    private sealed class AnswerAtOnce : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_body) });
    }
}
