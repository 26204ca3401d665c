using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Checkout;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Tasks;
using Nop.Plugin.Payments.Mion.Tests.Support;
using Nop.Plugin.Payments.Mion.Webhook;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

[NonParallelizable]
public class NopStartupTests
{
    private IWebProxy _proxyOfTheMachine = null!;
    private PluginServices _services = null!;

    [SetUp]
    public void SetUp()
    {
        // the registered client takes the machine's proxy, which knows no server of a test
        _proxyOfTheMachine = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy();
        _services = new PluginServices();
    }

    [TearDown]
    public async Task TearDown()
    {
        HttpClient.DefaultProxy = _proxyOfTheMachine;
        await _services.DisposeAsync();
    }

    [Test]
    public void Every_service_can_be_made_from_what_a_store_has() => Assert.Multiple(() =>
    {
        using var scope = _services.Provider.CreateScope();
        foreach (var service in _services.Collection.Where(service => service.ServiceType.Assembly == typeof(NopStartup).Assembly && !service.ServiceType.ContainsGenericParameters))
            Assert.That(() => scope.ServiceProvider.GetRequiredService(service.ServiceType), Throws.Nothing, service.ServiceType.Name);
    });

    [TestCase(typeof(MionPaymentMethod))]
    [TestCase(typeof(MionPaymentController))]
    [TestCase(typeof(MionWebhookController))]
    [TestCase(typeof(PaymentPollTask))]
    public void What_a_store_makes_by_itself_can_be_made(Type type)
    {
        using var scope = _services.Provider.CreateScope();

        Assert.That(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type), Is.Not.Null);
    }

    [TestCase(typeof(MionApiResilience))]
    [TestCase(typeof(SingleFlight<string, MionSession>))]
    [TestCase(typeof(BackgroundScope))]
    public void What_requests_share_is_there_once(Type type)
    {
        using var one = _services.Provider.CreateScope();
        using var other = _services.Provider.CreateScope();

        Assert.That(one.ServiceProvider.GetRequiredService(type), Is.SameAs(other.ServiceProvider.GetRequiredService(type)));
    }

    [Test]
    public void The_clock_is_the_systems_unless_the_host_has_another() => Assert.Multiple(() =>
    {
        var clock = new FakeTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock);
        new NopStartup().ConfigureServices(services, null!);

        Assert.That(services.BuildServiceProvider().GetRequiredService<TimeProvider>(), Is.SameAs(clock));
        Assert.That(_services.Provider.GetRequiredService<TimeProvider>(), Is.SameAs(TimeProvider.System));
    });

    [Test]
    public async Task The_registered_client_follows_no_redirect()
    {
        await using var elsewhere = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        await using var server = new RawHttpServer(RawAnswer.Status(307, $"Location: {elsewhere.Address}/"));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await Client.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId),
                Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Redirected));
            Assert.That(async () => await Client.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request()),
                Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Redirected));
            Assert.That(server.Requests, Has.Count.EqualTo(2));
            Assert.That(elsewhere.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task The_registered_client_speaks_with_Mion()
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));

        Assert.That((await Client.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request())).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [Test]
    public async Task A_cookie_of_one_answer_goes_out_with_no_other_call()
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson(), 200, "Set-Cookie: account=of-the-first-key; Path=/"));

        await Client.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId);
        await Client.GetStatusAsync(MionClient.Options(server.Address).WithKey("another-key"), Some.PaymentSessionId);

        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(server.Requests[1].Headers, Does.Not.ContainKey("Cookie"));
    }

    [Test]
    public async Task An_answer_that_is_compressed_is_read()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(MionClient.AnswerJson()));
        await using var server = new RawHttpServer(RawAnswer.Http(200, compressed.ToArray(), "Content-Type: application/json", "Content-Encoding: gzip"));

        Assert.That((await Client.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId)).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [Test]
    public async Task Not_even_the_most_talkative_log_tells_the_key()
    {
        using var log = new TalkativeLog();
        _services.Collection.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));

        await Client.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId);

        Assert.Multiple(() =>
        {
            Assert.That(log.Lines, Has.Some.Contains("X-API-Key"), "the request's headers are in the log");
            Assert.That(log.Lines, Has.None.Contains(Some.ApiKey));
        });
    }

    private MionApiClient Client => _services.Provider.GetRequiredService<MionApiClient>();

    private sealed class TalkativeLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // holds nothing
        }
    }
}
