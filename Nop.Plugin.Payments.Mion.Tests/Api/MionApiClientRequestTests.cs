using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>What goes over the wire to Mion.</summary>
public class MionApiClientRequestTests
{
    private MionClient _mion = null!;
    private RawHttpServer _server = null!;

    [SetUp]
    public void SetUp()
    {
        _mion = new MionClient();
        _server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
    }

    [TearDown]
    public async Task TearDown()
    {
        _mion.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Creating_a_session_posts_integer_cents_in_euro_for_an_online_payment()
    {
        await _mion.CreateAsync(_server);

        var expected = new JObject
        {
            ["amount"] = 1234L,
            ["currencyIso3"] = "EUR",
            ["retailPos"] = false,
            ["reference"] = "11111111222233334444555555555555-1",
            ["redirectUrl"] = "https://shop.example/mion/return/aaaa",
            ["expiresAt"] = "2026-03-05T12:00:00Z"
        };
        Assert.Multiple(() =>
        {
            Assert.That(Line(), Is.EqualTo("POST /payment-sessions"));
            Assert.That(Sent().Headers["Content-Type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(Json(), Is.EqualTo(expected).Using<JObject>(JToken.DeepEquals));
        });
    }

    /// <remarks>Written down from version 4.90.4: a store that never reads in a description goes on calling Mion so.</remarks>
    [Test]
    public async Task Without_a_description_every_byte_is_as_it_ever_was()
    {
        await _mion.CreateAsync(_server);
        await _mion.GetStatusAsync(_server);
        await _mion.FindAsync(_server);
        await _mion.CreateWebhookAsync(_server);
        Assert.ThrowsAsync<MionApiException>(() =>
            _mion.Api.CreatePaymentAttemptAsync(MionClient.Options(_server.Address), Some.PaymentSessionId));

        const string Reference = "11111111222233334444555555555555-1";
        const string Create = "{\"amount\":1234,\"currencyIso3\":\"EUR\",\"retailPos\":false,\"reference\":\"" + Reference
            + "\",\"redirectUrl\":\"https://shop.example/mion/return/aaaa\",\"expiresAt\":\"2026-03-05T12:00:00Z\"}";
        const string Webhook = "{\"url\":\"https://shop.example/mion/webhook/bbbb\"}";
        const string Attempt = "{\"paymentSessionId\":\"" + Some.PaymentSessionId + "\",\"retailPos\":true}";
        const string Session = "/payment-sessions/" + Some.PaymentSessionId;
        Assert.That(_server.Requests.Select(request => $"{request.Method} {request.Target} {request.Body}"), Is.EqualTo(new[]
        {
            $"POST /payment-sessions {Create}",
            $"GET {Session}/status ",
            $"GET /payment-sessions/reference/{Reference} ",
            $"POST {Session}/webhook {Webhook}",
            $"POST {Session}/payment-attempts {Attempt}"
        }));
        string[] always = ["Accept", "Host", "User-Agent", "X-API-Key"];
        foreach (var request in _server.Requests)
        {
            Assert.That(request.Headers.Keys.Order(StringComparer.Ordinal),
                Is.EqualTo(request.Method == "GET" ? always : always.Append("Content-Length").Append("Content-Type")
                    .Order(StringComparer.Ordinal)));
        }
    }

    [Test]
    [SetCulture("th-TH")]
    public async Task The_expiry_is_written_the_same_in_every_culture()
    {
        await _mion.CreateAsync(_server);

        Assert.That((string?)Json()["expiresAt"], Is.EqualTo("2026-03-05T12:00:00Z"));
    }

    [Test]
    public async Task The_largest_amount_is_still_an_integer()
    {
        await _mion.Api.CreateSessionAsync(MionClient.Options(_server.Address),
            new MionSessionRequest { AmountCents = long.MaxValue, Reference = "r", ExpiresOnUtc = Some.Now });

        Assert.That(Sent().Body, Does.Contain("\"amount\":9223372036854775807,"));
    }

    [Test]
    public async Task Without_an_address_to_come_back_to_none_is_sent()
    {
        await _mion.Api.CreateSessionAsync(MionClient.Options(_server.Address),
            new MionSessionRequest { AmountCents = 1, Reference = "r", ExpiresOnUtc = Some.Now });

        Assert.That(Json().Properties().Select(property => property.Name), Does.Not.Contain("redirectUrl"));
    }

    [Test]
    public async Task The_status_is_asked_for_by_Mions_id()
    {
        await _mion.GetStatusAsync(_server);

        Assert.Multiple(() =>
        {
            Assert.That(Line(), Is.EqualTo($"GET /payment-sessions/{Some.PaymentSessionId}/status"));
            Assert.That(Sent().Body, Is.Empty);
            Assert.That(Sent().Headers, Does.Not.ContainKey("Content-Type"));
        });
    }

    [Test]
    public async Task A_session_is_found_by_our_reference()
    {
        await _mion.FindAsync(_server);

        Assert.That(Line(), Is.EqualTo("GET /payment-sessions/reference/11111111222233334444555555555555-1"));
    }

    [Test]
    public async Task A_webhook_is_registered_with_its_address()
    {
        await _mion.CreateWebhookAsync(_server);

        Assert.Multiple(() =>
        {
            Assert.That(Line(), Is.EqualTo($"POST /payment-sessions/{Some.PaymentSessionId}/webhook"));
            Assert.That(Json(), Is.EqualTo(new JObject { ["url"] = "https://shop.example/mion/webhook/bbbb" }).Using<JObject>(JToken.DeepEquals));
        });
    }

    [Test]
    public async Task Every_call_carries_the_key_and_says_who_is_calling()
    {
        await _mion.CreateAsync(_server);
        await _mion.GetStatusAsync(_server);
        await _mion.FindAsync(_server);
        await _mion.CreateWebhookAsync(_server);

        Assert.Multiple(() =>
        {
            Assert.That(_server.Requests, Has.Count.EqualTo(4));
            Assert.That(_server.Requests.Select(request => request.Headers["X-API-Key"]), Has.All.EqualTo(Some.ApiKey));
            Assert.That(_server.Requests.Select(request => request.Headers["Accept"]), Has.All.EqualTo("application/json"));
            Assert.That(_server.Requests.Select(request => request.Headers["User-Agent"]), Has.All.Match(@"^Nop\.Plugin\.Payments\.Mion/\d+\.\d+\.\d+$"));
        });
    }

    [TestCase("Authorization", "Bearer", "Bearer " + Some.ApiKey)]
    [TestCase("Authorization", " Bearer ", "Bearer " + Some.ApiKey)]
    [TestCase("Api-Token", "", Some.ApiKey)]
    [TestCase("Api-Token", " ", Some.ApiKey)]
    public async Task Header_and_prefix_of_the_key_are_settings(string header, string prefix, string value)
    {
        var options = new MionApiOptions { BaseUrl = _server.Address, ApiKey = Some.ApiKey, ApiKeyHeader = header, ApiKeyPrefix = prefix };

        await _mion.Api.FindByReferenceAsync(options, "r");

        Assert.Multiple(() =>
        {
            Assert.That(Sent().Headers[header], Is.EqualTo(value));
            Assert.That(Sent().Headers, Does.Not.ContainKey("X-API-Key"));
        });
    }

    [Test]
    public async Task Every_path_is_a_setting_below_the_base_address()
    {
        var options = new MionApiOptions
        {
            BaseUrl = _server.Address + "/api/v2/",
            ApiKey = Some.ApiKey,
            CreateSessionPath = "/sessions/new",
            GetSessionStatusPath = "/sessions/{paymentSessionId}?view=status",
            GetSessionByReferencePath = "sessions?reference={reference}",
            CreateWebhookPath = "/hooks/{paymentSessionId}"
        };

        await _mion.Api.CreateSessionAsync(options, MionClient.Request());
        await _mion.Api.GetStatusAsync(options, Some.PaymentSessionId);
        await _mion.Api.FindByReferenceAsync(options, "a-1");
        await _mion.Api.CreateWebhookAsync(options, Some.PaymentSessionId, "https://shop.example/");

        Assert.That(_server.Requests.Select(request => request.Target), Is.EqualTo(new[]
        {
            "/api/v2/sessions/new",
            $"/api/v2/sessions/{Some.PaymentSessionId}?view=status",
            "/api/v2/sessions?reference=a-1",
            $"/api/v2/hooks/{Some.PaymentSessionId}"
        }));
    }

    [TestCase("a/../b", "a%2F..%2Fb")]
    [TestCase("a b?c#d", "a%20b%3Fc%23d")]
    [TestCase("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201")]
    [TestCase("ü", "%C3%BC")]
    public async Task A_reference_cannot_change_the_path_or_add_a_header(string reference, string escaped)
    {
        await _mion.Api.FindByReferenceAsync(MionClient.Options(_server.Address), reference);

        Assert.Multiple(() =>
        {
            Assert.That(Sent().Target, Is.EqualTo("/payment-sessions/reference/" + escaped));
            Assert.That(Sent().Headers, Does.Not.ContainKey("X-Evil"));
        });
    }

    private RawRequest Sent() => _server.Requests[0];

    private string Line() => $"{Sent().Method} {Sent().Target}";

    private JObject Json()
    {
        using var reader = new JsonTextReader(new StringReader(Sent().Body)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
