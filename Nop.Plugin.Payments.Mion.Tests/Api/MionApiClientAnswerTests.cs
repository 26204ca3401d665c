using System.Net;
using System.Text;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>What becomes of Mion's answers, good and bad.</summary>
public class MionApiClientAnswerTests
{
    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(202)]
    public async Task Any_success_with_a_session_in_it_is_a_success(int status)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson("\"status\":\"new\""), status));

        var session = await _mion.CreateAsync(server);

        Assert.Multiple(() =>
        {
            Assert.That(session.PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
            Assert.That(session.Status, Is.EqualTo("new"));
            Assert.That(session.IsPaid, Is.False);
        });
    }

    [TestCase(400, MionApiErrorKind.Rejected)]
    [TestCase(401, MionApiErrorKind.Unauthorized)]
    [TestCase(402, MionApiErrorKind.Rejected)]
    [TestCase(403, MionApiErrorKind.Forbidden)]
    [TestCase(404, MionApiErrorKind.NotFound)]
    [TestCase(405, MionApiErrorKind.Rejected)]
    [TestCase(408, MionApiErrorKind.TimedOut)]
    [TestCase(409, MionApiErrorKind.Rejected)]
    [TestCase(422, MionApiErrorKind.Rejected)]
    [TestCase(429, MionApiErrorKind.RateLimited)]
    [TestCase(500, MionApiErrorKind.ServerError)]
    [TestCase(502, MionApiErrorKind.ServerError)]
    [TestCase(503, MionApiErrorKind.ServerError)]
    [TestCase(599, MionApiErrorKind.ServerError)]
    [TestCase(301, MionApiErrorKind.Redirected)]
    [TestCase(304, MionApiErrorKind.Redirected)]
    [TestCase(307, MionApiErrorKind.Redirected)]
    public async Task Each_refusal_is_told_apart_by_what_to_do_about_it(int status, MionApiErrorKind kind)
    {
        // the body looks like a paid session: without a success in front of it, it is nothing
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson("\"paidAt\":\"2026-03-04T11:00:00Z\""), status, "Location: /elsewhere"));

        Assert.That(async () => await _mion.CreateAsync(server), Throws.TypeOf<MionApiException>()
            .With.Property(nameof(MionApiException.Kind)).EqualTo(kind)
            .And.Property(nameof(MionApiException.StatusCode)).EqualTo((HttpStatusCode)status)
            .And.Property(nameof(MionApiException.Operation)).EqualTo("Initiate a new payment session")
            .And.Message.Contains($"HTTP {status}"));
    }

    [Test]
    public async Task A_redirect_is_not_followed_so_that_the_key_goes_nowhere_else()
    {
        await using var elsewhere = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        await using var server = new RawHttpServer(RawAnswer.Status(302, $"Location: {elsewhere.Address}/payment-sessions"));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Redirected));
            Assert.That(server.Requests, Has.Count.EqualTo(1));
            Assert.That(elsewhere.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task An_unknown_reference_is_an_answer_and_not_an_error()
    {
        await using var server = new RawHttpServer(RawAnswer.Json("""{"message":"not found"}""", 404));

        Assert.That(await _mion.FindAsync(server), Is.Null);
    }

    [Test]
    public async Task An_unknown_session_is_an_error()
    {
        await using var server = new RawHttpServer(RawAnswer.Json("""{"message":"not found"}""", 404));

        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.NotFound));
    }

    [Test]
    public async Task A_status_of_another_session_is_no_answer()
    {
        await using var server = new RawHttpServer(RawAnswer.Json($$"""{"paymentSessionId":"{{Some.OtherPaymentSessionId}}","paidAt":"2026-03-04T11:00:00Z"}"""));

        Assert.That(async () => await _mion.GetStatusAsync(server), Unreadable().And.Message.Contains("another session"));
    }

    [Test]
    public async Task The_session_is_known_by_its_id_in_any_case()
    {
        await using var server = new RawHttpServer(RawAnswer.Json($$"""{"paymentSessionId":"{{Some.PaymentSessionId.ToUpperInvariant()}}"}"""));

        Assert.That((await _mion.GetStatusAsync(server)).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [TestCase("\"reference\":\"11111111222233334444555555555555-1\"")]
    [TestCase("")]
    public async Task A_session_found_by_its_reference_bears_it_or_none(string more)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson(more)));

        Assert.That((await _mion.FindAsync(server))?.PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [TestCase("11111111222233334444555555555555-2")]
    [TestCase("")]
    public async Task A_session_found_by_its_reference_never_bears_another(string reference)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson($"\"reference\":\"{reference}\"")));

        Assert.That(async () => await _mion.FindAsync(server), Unreadable().And.Message.Contains("another session"));
    }

    [TestCase("", TestName = "{m}(empty)")]
    [TestCase("null", TestName = "{m}(null)")]
    [TestCase("[]", TestName = "{m}(an array)")]
    [TestCase("\"paid\"", TestName = "{m}(a text)")]
    [TestCase("{}", TestName = "{m}(an empty object)")]
    [TestCase("{\"paymentSessionId\":", TestName = "{m}(broken off)")]
    [TestCase("<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>", TestName = "{m}(a web page)")]
    public async Task An_answer_that_is_not_what_the_guide_describes_is_an_error(string body)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(body));

        Assert.That(async () => await _mion.GetStatusAsync(server), Unreadable());
    }

    [Test]
    public async Task An_answer_that_stops_in_the_middle_is_a_broken_connection()
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()).CutTo(5, RawEnding.Close));

        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Unreachable));
    }

    [Test]
    public async Task An_answer_that_is_not_HTTP_is_a_broken_connection()
    {
        await using var server = new RawHttpServer(new RawAnswer("220 mail.example ESMTP\r\n"u8.ToArray()));

        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.Unreachable));
    }

    [Test]
    public async Task One_megabyte_is_read([Values] bool isChunked)
    {
        await using var server = new RawHttpServer(Large(MionApiClient.MaxAnswerBytes, isChunked));

        Assert.That((await _mion.GetStatusAsync(server)).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [Test]
    public async Task More_than_one_megabyte_is_refused([Values] bool isChunked)
    {
        await using var server = new RawHttpServer(Large(MionApiClient.MaxAnswerBytes + 1, isChunked));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), Unreadable().And.Message.Contains("too large"));
            Assert.That(server.Requests, Has.Count.EqualTo(1), "it will not be smaller the next time");
        });
    }

    [TestCase(200, "")]
    [TestCase(201, """{"id":"w1"}""")]
    [TestCase(204, "")]
    [TestCase(200, "OK")]
    public async Task A_webhook_is_registered_whatever_the_body_of_the_success_says(int status, string body)
    {
        await using var server = new RawHttpServer(RawAnswer.Http(status, Encoding.UTF8.GetBytes(body)));

        Assert.That(async () => await _mion.CreateWebhookAsync(server), Throws.Nothing);
    }

    [Test]
    public async Task A_webhook_that_Mion_refuses_is_an_error()
    {
        await using var server = new RawHttpServer(RawAnswer.Json("""{"error":"url must be https"}""", 422));

        Assert.That(async () => await _mion.CreateWebhookAsync(server), Throws.TypeOf<MionApiException>()
            .With.Property("Kind").EqualTo(MionApiErrorKind.Rejected)
            .And.Property("Operation").EqualTo("Initiate a webhook for payment session status updates"));
    }

    private static NUnit.Framework.Constraints.EqualConstraint Unreadable() =>
        Throws.TypeOf<MionApiException>().With.Property(nameof(MionApiException.Kind)).EqualTo(MionApiErrorKind.UnreadableAnswer);

    private static RawAnswer Large(int bytes, bool isChunked)
    {
        var json = MionClient.AnswerJson("\"status\":\"\"");
        var body = Encoding.UTF8.GetBytes(json.Replace("\"status\":\"", "\"status\":\"" + new string('x', bytes - json.Length), StringComparison.Ordinal));
        return isChunked
            ? new RawAnswer([.. Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8])
            : RawAnswer.Http(200, body);
    }
}
