using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

public class MionApiOptionsTests
{
    [TestCase("https://api.mion.group")]
    [TestCase("https://api.mion.group:8443/v2/")]
    [TestCase("HTTPS://API.MION.GROUP")]
    [TestCase("https://10.0.0.7")]
    [TestCase("http://localhost:5081")]
    [TestCase("http://127.0.0.1:5081")]
    [TestCase("http://127.0.0.2")]
    [TestCase("http://[::1]:5081/")]
    public void An_https_address_and_one_on_this_machine_may_be_called(string address) => Assert.Multiple(() =>
    {
        Assert.That(MionApiOptions.IsAllowedAddress(address, out var uri), Is.True);
        Assert.That(uri, Is.EqualTo(new Uri(address)));
    });

    [TestCase("http://api.mion.group")]
    [TestCase("http://10.0.0.7")]
    [TestCase("http://localhost.example")]
    [TestCase("http://127.0.0.1.example")]
    [TestCase("http://[::ffff:10.0.0.7]")]
    [TestCase("https://key@api.mion.group")]
    [TestCase("https://user:secret@api.mion.group")]
    [TestCase("http://127.0.0.1@api.mion.group")]
    [TestCase("ftp://api.mion.group")]
    [TestCase("file:///etc/passwd")]
    [TestCase("javascript:alert(1)")]
    [TestCase("data:text/plain,x")]
    [TestCase("api.mion.group")]
    [TestCase("//api.mion.group")]
    [TestCase("/payment-sessions")]
    [TestCase("https://")]
    [TestCase("https:///payment-sessions")]
    [TestCase("")]
    [TestCase("   ")]
    [TestCase(null)]
    public void No_other_address_may_be_called(string? address) => Assert.Multiple(() =>
    {
        Assert.That(MionApiOptions.IsAllowedAddress(address, out var uri), Is.False);
        Assert.That(uri, Is.EqualTo(new Uri("about:blank")));
    });

    [TestCase("http://api.mion.group")]
    [TestCase("http://10.0.0.7:8080")]
    [TestCase("ftp://127.0.0.1")]
    [TestCase("")]
    public void The_client_sends_nothing_to_an_address_that_may_not_be_called(string address)
    {
        using var mion = new MionClient();

        Assert.That(async () => await mion.Api.CreateSessionAsync(MionClient.Options(address), MionClient.Request()), Throws.TypeOf<MionApiException>()
            .With.Property("Kind").EqualTo(MionApiErrorKind.Misconfigured)
            .And.Property("MayHaveHappened").False);
    }

    [Test]
    public void A_path_cannot_lead_to_another_host([Values("//evil.example/x", "https://evil.example/x", "@evil.example", "/\\evil.example", ":1@evil.example/")] string path)
    {
        var options = new MionApiOptions { ApiKey = Some.ApiKey, BaseUrl = "https://127.0.0.1:1", CreateSessionPath = path };
        using var mion = new MionClient();

        // nobody is at that port of this machine; anything else than "unreachable" would have been somewhere else
        Assert.That(async () => await mion.Api.CreateSessionAsync(options, MionClient.Request()), Throws.TypeOf<MionApiException>()
            .With.Property("Kind").EqualTo(MionApiErrorKind.Unreachable)
            .And.Message.Contains("ConnectionError"));
    }

    [Test]
    public void The_defaults_are_those_of_the_guide_and_of_our_assumptions()
    {
        var options = new MionApiOptions { ApiKey = Some.ApiKey };

        Assert.Multiple(() =>
        {
            Assert.That(options.BaseUrl, Is.EqualTo("https://api.mion.group"));
            Assert.That(options.ApiKeyHeader, Is.EqualTo("X-API-Key"));
            Assert.That(options.ApiKeyHeaderValue, Is.EqualTo(Some.ApiKey));
            Assert.That(options.CreateSessionPath, Is.EqualTo("/payment-sessions"));
            Assert.That(options.GetSessionStatusPath, Is.EqualTo("/payment-sessions/{paymentSessionId}/status"));
            Assert.That(options.GetSessionByReferencePath, Is.EqualTo("/payment-sessions/reference/{reference}"));
            Assert.That(options.CreateWebhookPath, Is.EqualTo("/payment-sessions/{paymentSessionId}/webhook"));
        });
    }
}
