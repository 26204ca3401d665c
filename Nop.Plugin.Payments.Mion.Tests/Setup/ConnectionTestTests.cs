using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Setup;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Setup;

public class ConnectionTestTests
{
    private static readonly RawAnswer _notFound = RawAnswer.Json("""{"message":"not found"}""", 404);

    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    private static IEnumerable<TestCaseData> Findings() =>
    [
        Finding("the key is good, a wrong one is not", ConnectionTestResult.Works, _notFound, RawAnswer.Status(401)),
        Finding("the key is good, a wrong one has no permission", ConnectionTestResult.Works, _notFound, RawAnswer.Status(403)),
        Finding("the key is not accepted", ConnectionTestResult.KeyRefused, RawAnswer.Status(401)),
        Finding("the key lacks the permission", ConnectionTestResult.PermissionMissing, RawAnswer.Status(403)),
        Finding("a wrong key is as good: a wrong path", ConnectionTestResult.KeyNotChecked, _notFound),
        Finding("everything is answered with a session: not Mion", ConnectionTestResult.KeyNotChecked, RawAnswer.Json(MionClient.AnswerJson())),
        Finding("a redirect", ConnectionTestResult.Redirected, RawAnswer.Status(301, "Location: https://www.example/")),
        Finding("a web page", ConnectionTestResult.ErrorAtMion, RawAnswer.Json("<html>")),
        Finding("a bad request", ConnectionTestResult.ErrorAtMion, RawAnswer.Status(400)),
        Finding("too many requests", ConnectionTestResult.ErrorAtMion, RawAnswer.Status(429, "Retry-After: 60")),
        Finding("an error", ConnectionTestResult.ErrorAtMion, RawAnswer.Status(500)),
        Finding("torn connections", ConnectionTestResult.Unreachable, RawAnswer.Reset),
        Finding("an error at the second look", ConnectionTestResult.ErrorAtMion, _notFound, RawAnswer.Status(500)),
        Finding("a torn connection at the second look", ConnectionTestResult.Unreachable, _notFound, RawAnswer.Reset)
    ];

    [TestCaseSource(nameof(Findings))]
    public async Task Each_finding_says_what_to_do(ConnectionTestResult result, RawAnswer[] answers)
    {
        await using var server = new RawHttpServer(answers);

        Assert.That(await TestAsync(server.Address), Is.EqualTo(result));
    }

    [Test]
    public async Task The_test_reads_two_references_that_do_not_exist_and_shows_the_key_once()
    {
        await using var server = new RawHttpServer(_notFound, RawAnswer.Status(401));

        await TestAsync(server.Address);

        Assert.Multiple(() =>
        {
            Assert.That(server.Requests.Select(request => request.Method), Is.EqualTo(new[] { "GET", "GET" }));
            Assert.That(server.Requests.Select(request => request.Target), Is.Unique.And.All.Match("^/payment-sessions/reference/connection-test-[0-9a-f]{32}$"));
            Assert.That(server.Requests[0].Headers["X-API-Key"], Is.EqualTo(Some.ApiKey));
            Assert.That(server.Requests[1].Headers["X-API-Key"], Does.Match("^not-a-key-[0-9a-f]{32}$"));
        });
    }

    [Test]
    public async Task The_second_look_differs_in_the_key_alone()
    {
        await using var server = new RawHttpServer(_notFound, RawAnswer.Status(401));
        var options = new MionApiOptions
        {
            ApiKey = Some.ApiKey,
            ApiKeyHeader = "Authorization",
            ApiKeyPrefix = "Bearer",
            BaseUrl = server.Address + "/v2",
            GetSessionByReferencePath = "/by/{reference}"
        };

        await new ConnectionTest(_mion.Api).RunAsync(options);

        Assert.Multiple(() =>
        {
            Assert.That(server.Requests.Select(request => request.Target), Has.Exactly(2).StartsWith("/v2/by/connection-test-"));
            Assert.That(server.Requests[1].Headers["Authorization"], Does.StartWith("Bearer not-a-key-"));
        });
    }

    [TestCase("")]
    [TestCase(" ")]
    public async Task Without_a_key_nothing_is_asked(string key)
    {
        await using var server = new RawHttpServer(_notFound);

        Assert.Multiple(async () =>
        {
            Assert.That(await TestAsync(server.Address, key), Is.EqualTo(ConnectionTestResult.NoApiKey));
            Assert.That(server.Requests, Is.Empty);
        });
    }

    [TestCase("http://api.mion.group")]
    [TestCase("api.mion.group")]
    [TestCase("")]
    public async Task An_address_that_may_not_be_called_is_told(string address) =>
        Assert.That(await TestAsync(address), Is.EqualTo(ConnectionTestResult.BadAddress));

    [Test]
    public async Task Nobody_at_the_address_is_told() =>
        Assert.That(await TestAsync(RawHttpServer.NobodysAddress()), Is.EqualTo(ConnectionTestResult.Unreachable));

    [Test]
    public async Task An_address_that_never_answers_is_told()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        var test = TestAsync(server.Address);
        await server.ReceivedAsync(1);

        _mion.Time.Advance(MionApiResilience.OverallTimeout);

        Assert.That(await test, Is.EqualTo(ConnectionTestResult.Unreachable));
    }

    private Task<ConnectionTestResult> TestAsync(string address, string key = Some.ApiKey) =>
        new ConnectionTest(_mion.Api).RunAsync(new MionApiOptions { BaseUrl = address, ApiKey = key });

    private static TestCaseData Finding(string name, ConnectionTestResult result, params RawAnswer[] answers) =>
        new TestCaseData(result, answers).SetArgDisplayNames(name, result.ToString());
}
