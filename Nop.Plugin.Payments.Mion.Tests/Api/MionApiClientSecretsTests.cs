using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>The API key goes to Mion and nowhere else: exceptions end up in logs and on order notes.</summary>
public class MionApiClientSecretsTests
{
    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    private static IEnumerable<TestCaseData> Failures() =>
    [
        .. from status in new[] { 302, 400, 401, 403, 404, 422, 429, 500 }
           select new TestCaseData(RawAnswer.Json($$"""{"error":"not accepted: {{Some.ApiKey}}"}""", status, $"Location: /?key={Some.ApiKey}")).SetArgDisplayNames($"{status}"),
        new TestCaseData(RawAnswer.Json($"the key was {Some.ApiKey}")).SetArgDisplayNames("garbage with the key in it"),
        new TestCaseData(RawAnswer.Json($$"""{"paymentSessionId":"{{Some.ApiKey}}"}""")).SetArgDisplayNames("the key for an id"),
        new TestCaseData(RawAnswer.Json(MionClient.AnswerJson($"\"paidAt\":\"{Some.ApiKey}\""))).SetArgDisplayNames("the key for a time"),
        new TestCaseData(RawAnswer.Reset).SetArgDisplayNames("torn")
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task No_failure_tells_the_key_though_Mion_should_repeat_it(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure);

        Assert.That(async () => await _mion.CreateAsync(server), Throws.TypeOf<MionApiException>()
            .With.Message.Not.Contains(Some.ApiKey)
            .And.Matches<Exception>(exception => !exception.ToString().Contains(Some.ApiKey, StringComparison.Ordinal)));
    }

    [TestCase("mion key\r\nX-Evil: 1")]
    [TestCase("mion key\n")]
    [TestCase("mion key\0")]
    [TestCase("mion key ключ")]
    [TestCase("mion key \u200b")]
    public async Task A_key_that_no_header_can_carry_is_a_wrong_setting_and_is_not_told_either(string key)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        var options = new MionApiOptions { BaseUrl = server.Address, ApiKey = key };

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.Api.GetStatusAsync(options, Some.PaymentSessionId), Throws.TypeOf<MionApiException>()
                .With.Property("Kind").EqualTo(MionApiErrorKind.Misconfigured)
                .And.Matches<Exception>(exception => !exception.ToString().Contains("mion key", StringComparison.Ordinal)));
            Assert.That(server.Requests, Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("X Api Key")]
    [TestCase("X-Api-Key:")]
    [TestCase("Content-Type")]
    [TestCase("Schlüssel")]
    public async Task A_header_that_cannot_be_is_a_wrong_setting(string header)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        var options = new MionApiOptions { BaseUrl = server.Address, ApiKey = Some.ApiKey, ApiKeyHeader = header };

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.Api.GetStatusAsync(options, Some.PaymentSessionId), Throws.TypeOf<MionApiException>()
                .With.Property("Kind").EqualTo(MionApiErrorKind.Misconfigured)
                .And.Matches<Exception>(exception => !exception.ToString().Contains(Some.ApiKey, StringComparison.Ordinal)));
            Assert.That(server.Requests, Is.Empty);
        });
    }

    [TestCase("")]
    [TestCase(" ")]
    public async Task Without_a_key_nothing_is_sent(string key)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.Api.CreateSessionAsync(new MionApiOptions { BaseUrl = server.Address, ApiKey = key }, MionClient.Request()),
                Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Misconfigured).And.Message.Contains("there is no API key"));
            Assert.That(server.Requests, Is.Empty);
        });
    }

    [Test]
    public void The_options_do_not_print_the_key() =>
        Assert.That(new MionApiOptions { ApiKey = Some.ApiKey, ApiKeyPrefix = "Bearer" }.ToString(), Does.Not.Contain(Some.ApiKey));
}
