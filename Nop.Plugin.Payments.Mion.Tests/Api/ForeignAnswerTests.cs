using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>What an API of somebody else's, and the plugins beside ours, may do.</summary>
[NonParallelizable]
public sealed class ForeignAnswerTests
{
    [TestCase("2026-11-28T12:00Z")]
    [TestCase("2026-11-28T12:00:00Z")]
    [TestCase("2026-11-28t12:00:00z")]
    [TestCase("2026-11-28 12:00:00+00:00")]
    [TestCase("2026-11-28T13:00:00.123456789+01:00")]
    [TestCase("2026-11-28T12:00:60Z")]
    public void Any_form_of_a_time_that_RFC_3339_knows_is_read(string paidAt) =>
        Assert.That(Read($"{{\"paymentSessionId\":\"{Some.PaymentSessionId}\",\"paidAt\":\"{paidAt}\"}}").PaidOnUtc, Is.EqualTo(new DateTime(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc)).Within(TimeSpan.FromMinutes(1)));

    [TestCase("12:00")]
    [TestCase("28.11.2026 12:00")]
    [TestCase("2026-11-28")]
    [TestCase("yesterday")]
    public void What_is_no_time_is_an_error_and_not_unpaid(string paidAt) =>
        Assert.That(() => Read($"{{\"paymentSessionId\":\"{Some.PaymentSessionId}\",\"paidAt\":\"{paidAt}\"}}"), Throws.TypeOf<FormatException>());

    [Test]
    public void A_byte_order_mark_before_the_JSON_is_no_part_of_it([Values] bool isUtf16)
    {
        Encoding encoding = isUtf16 ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true) : new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        byte[] body = [.. encoding.GetPreamble(), .. encoding.GetBytes($"{{\"paymentSessionId\":\"{Some.PaymentSessionId}\"}}")];

        Assert.That(MionSessionReader.Read(body).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [TestCase("{\"message\":\"amount must be at least 100\"}", "amount must be at least 100")]
    [TestCase("{\"title\":\"Bad Request\",\"detail\":\"amount too small\"}", "amount too small")]
    [TestCase("{\"error\":{\"message\":\"too\\nmany\\u0007\"}}", "too many")]
    [TestCase("{\"error\":\"nope\"}", "nope")]
    [TestCase("{}", "")]
    [TestCase("", "")]
    public void Why_Mion_refused_is_read(string body, string reason)
    {
        Assert.That(MionSessionReader.TryReadReason(Encoding.UTF8.GetBytes(body), out var read), Is.True);
        Assert.That(read, Is.EqualTo(reason));
    }

    [Test]
    public void A_reason_is_bounded_and_made_of_characters_that_every_column_takes()
    {
        var long_ = new string('x', MionSessionReader.MaxReasonLength - 1) + "😀😀";

        Assert.That(MionSessionReader.TryReadReason(Encoding.UTF8.GetBytes($"{{\"message\":\"{long_}\"}}"), out var read), Is.True);
        Assert.That(read, Is.EqualTo(new string('x', MionSessionReader.MaxReasonLength - 1) + "\uFFFD"));
    }

    [Test]
    public async Task A_reason_reaches_the_message_without_the_key()
    {
        using var mion = new MionClient();
        await using var server = new RawHttpServer(RawAnswer.Json($"{{\"message\":\"amount must be at least 100, key {Some.ApiKey}\"}}", 400));

        var exception = Assert.ThrowsAsync<MionApiException>(async () => await mion.CreateAsync(server));

        Assert.That(exception!.Kind, Is.EqualTo(MionApiErrorKind.Rejected));
        Assert.That(exception.Message, Does.EndWith("(HTTP 400: amount must be at least 100, key ***)"));
    }

    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(451)]
    public async Task A_web_page_in_place_of_a_refusal_is_not_Mions_word(int status)
    {
        using var mion = new MionClient();
        await using var server = new RawHttpServer(RawAnswer.Http(status, Encoding.UTF8.GetBytes("<html>Just a moment...</html>"), "Content-Type: text/html"));

        var exception = Assert.ThrowsAsync<MionApiException>(async () => await mion.CreateAsync(server));

        Assert.That(exception!.Kind, Is.EqualTo(MionApiErrorKind.SomethingInFront));
        Assert.That(MionApiException.FindKind(exception.Message), Is.EqualTo(MionApiErrorKind.SomethingInFront));
    }

    [Test]
    public async Task A_session_that_is_gone_is_one_that_Mion_does_not_know()
    {
        using var mion = new MionClient();
        await using var server = new RawHttpServer(RawAnswer.Status(410));

        Assert.That(await mion.Api.FindByReferenceAsync(MionClient.Options(server.Address), "reference"), Is.Null);
    }

    [Test]
    public void What_another_plugin_has_made_the_default_changes_nothing()
    {
        var before = JsonConvert.DefaultSettings;
        try
        {
            JsonConvert.DefaultSettings = () => new JsonSerializerSettings
            {
                ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy() },
                DefaultValueHandling = DefaultValueHandling.Ignore
            };

            Assert.That(PlainJson.Write(new { retailPos = false, amountCents = 0 }), Is.EqualTo("{\"retailPos\":false,\"amountCents\":0}"));
        }
        finally
        {
            JsonConvert.DefaultSettings = before;
        }
    }

    [Test]
    public void Nothing_of_ours_asks_for_the_default() => Assert.That(
        Directory.GetFiles(Path.Combine(Repository.Root, "Nop.Plugin.Payments.Mion"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("JsonConvert.", StringComparison.Ordinal)),
        Is.Empty);

    [TestCase("{\"status\":\"funded\"}", ExpectedResult = true)]
    [TestCase("{\"paidAt\":\"2026-11-28T12:00:00Z\"}", ExpectedResult = true)]
    [TestCase("{\"paidAt\":null,\"status\":\"pending\"}", ExpectedResult = false)]
    [TestCase("[[[[", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool A_call_announces_a_payment_or_not(string body) => MionSessionReader.ReadCallback(Encoding.UTF8.GetBytes(body)).SaysPaid;

    private static MionSession Read(string json) => MionSessionReader.Read(Encoding.UTF8.GetBytes(json));
}
