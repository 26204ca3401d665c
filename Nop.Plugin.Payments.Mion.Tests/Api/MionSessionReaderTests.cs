using System.Text;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

public class MionSessionReaderTests
{
    /// <summary>The example of Mion's checkout integration guide.</summary>
    private const string GuidesExample = """
        {
          "expiresAt": "2025-05-12T13:35:02.000Z",
          "feeStatus": "correct",
          "fundingAmountAvailable": 1200,
          "fundingStatus": "well-funded",
          "paidAt": "2025-05-12T13:20:11.123Z",
          "paymentMethod": "lightning",
          "paymentSessionId": "0C9FDBC2-7A0E-4E2C-9D59-1F3A1F5A8A11",
          "refundSessionIds": ["a", "b"],
          "status": "funded"
        }
        """;

    [Test]
    public void The_guides_example_is_read_whole()
    {
        var session = Read(GuidesExample);

        Assert.Multiple(() =>
        {
            Assert.That(session.PaymentSessionId, Is.EqualTo("0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11"), "in lower case");
            Assert.That(session.PaidOnUtc, Is.EqualTo(new DateTime(2025, 5, 12, 13, 20, 11, 123, DateTimeKind.Utc)));
            Assert.That(session.ExpiresOnUtc, Is.EqualTo(new DateTime(2025, 5, 12, 13, 35, 2, DateTimeKind.Utc)));
            Assert.That(session.IsPaid, Is.True);
            Assert.That(session.IsSeen, Is.False, "a paid session is not on its way any more");
            Assert.That(session.Status, Is.EqualTo("funded"));
            Assert.That(session.FeeStatus, Is.EqualTo("correct"));
            Assert.That(session.FundingStatus, Is.EqualTo("well-funded"));
            Assert.That(session.FundingAmountAvailable, Is.EqualTo(1200m));
            Assert.That(session.PaymentMethod, Is.EqualTo("lightning"));
            Assert.That(session.RefundSessionIds, Is.EqualTo(new[] { "a", "b" }));
            Assert.That(session.AmountCents, Is.Null);
            Assert.That(session.Currency, Is.Null);
            Assert.That(session.Reference, Is.Null);
        });
    }

    [Test]
    public void An_id_alone_is_enough()
    {
        var session = Read(MionClient.AnswerJson());

        Assert.Multiple(() =>
        {
            Assert.That(session, Is.EqualTo(new MionSession { PaymentSessionId = Some.PaymentSessionId, RefundSessionIds = session.RefundSessionIds }));
            Assert.That(session.RefundSessionIds, Is.Empty);
            Assert.That(session.IsPaid, Is.False);
            Assert.That(session.IsSeen, Is.False);
        });
    }

    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\"0001-01-01T00:00:00\"")]
    [TestCase("\"0001-01-01T00:00:00Z\"")]
    [TestCase("\"1970-01-01T00:00:00.000Z\"")]
    public void No_time_of_payment_is_not_paid(string paidAt) => Assert.That(Read(MionClient.AnswerJson($"\"paidAt\":{paidAt},\"status\":\"funded\"")).IsPaid, Is.False);

    [TestCase("2026-03-04T11:59:00Z", "2026-03-04T11:59:00.0000000Z")]
    [TestCase("2026-03-04T11:59:00.5Z", "2026-03-04T11:59:00.5000000Z")]
    [TestCase("2026-03-04T11:59:00", "2026-03-04T11:59:00.0000000Z")]
    [TestCase("2026-03-04T12:59:00+01:00", "2026-03-04T11:59:00.0000000Z")]
    [TestCase("2026-03-04T06:29:00.000-05:30", "2026-03-04T11:59:00.0000000Z")]
    [TestCase("2026-03-04T11:59:00.123456789Z", "2026-03-04T11:59:00.1234568Z")]
    [SetCulture("de-DE")]
    public void A_time_of_payment_is_paid_and_becomes_UTC(string paidAt, string expected)
    {
        var session = Read(MionClient.AnswerJson($"\"paidAt\":\"{paidAt}\",\"status\":\"anything\""));

        Assert.Multiple(() =>
        {
            Assert.That(session.IsPaid, Is.True);
            Assert.That(session.PaidOnUtc?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(expected));
        });
    }

    [TestCase("\"yes\"")]
    [TestCase("\"null\"")]
    [TestCase("\" \"")]
    [TestCase("\"2026-03-04\"")]
    [TestCase("\"12:00\"")]
    [TestCase("\"04.03.2026 12:00:00\"")]
    [TestCase("\"03/04/2026 12:00:00 PM\"")]
    [TestCase("\"2026-13-04T12:00:00Z\"")]
    [TestCase("\"2026-02-30T12:00:00Z\"")]
    [TestCase("\"2026-03-04T25:00:00Z\"")]
    [TestCase("\"2026-03-04T12:00:00+99:00\"")]
    [TestCase("\"9000-01-01T00:00:00Z\"")]
    [TestCase("1772625540")]
    [TestCase("1772625540000.5")]
    [TestCase("true")]
    [TestCase("false")]
    [TestCase("0")]
    [TestCase("{}")]
    [TestCase("[\"2026-03-04T12:00:00Z\"]")]
    public void A_time_of_payment_that_cannot_be_read_is_an_error_and_neither_paid_nor_unpaid(string paidAt) =>
        Assert.That(() => Read(MionClient.AnswerJson($"\"paidAt\":{paidAt}")), Throws.TypeOf<FormatException>().With.Message.EqualTo("paidAt is not a timestamp"));

    [TestCase("funding-received")]
    [TestCase("a-status-of-tomorrow")]
    [TestCase("")]
    public void An_unknown_status_is_kept_as_it_comes(string status)
    {
        var session = Read(MionClient.AnswerJson($"\"status\":\"{status}\",\"fundingStatus\":\"{status}\",\"feeStatus\":\"{status}\",\"paymentMethod\":\"{status}\""));

        Assert.That(new[] { session.Status, session.FundingStatus, session.FeeStatus, session.PaymentMethod }, Has.All.EqualTo(status));
    }

    [TestCase("1", true)]
    [TestCase("0.00000001", true)]
    [TestCase("1e-8", true)]
    [TestCase("0", false)]
    [TestCase("-1", false)]
    [TestCase("null", false)]
    [TestCase("\"5\"", false)]
    [TestCase("1e999", null)]
    [TestCase("79228162514264337593543950336", false)]
    public void Money_that_has_arrived_without_completing_the_payment_is_seen(string amount, bool? isSeen)
    {
        var json = MionClient.AnswerJson($"\"fundingAmountAvailable\":{amount}");

        if (isSeen is null)
            Assert.That(() => Read(json), Throws.TypeOf<FormatException>());
        else
            Assert.That(Read(json).IsSeen, Is.EqualTo(isSeen));
    }

    [TestCase("1234", 1234)]
    [TestCase("1234.0", 1234)]
    [TestCase("0", 0)]
    [TestCase("-5", -5)]
    [TestCase("12.34", null)]
    [TestCase("\"1234\"", null)]
    [TestCase("null", null)]
    [TestCase("9223372036854775806", 9223372036854775806)]
    [TestCase("9223372036854775807", null)]
    [TestCase("9223372036854775808", null)]
    [TestCase("99999999999999999999999999999999999999", null)]
    public void An_amount_is_taken_where_it_is_in_whole_cents(string amount, long? cents) =>
        Assert.That(Read(MionClient.AnswerJson($"\"amount\":{amount}")).AmountCents, Is.EqualTo(cents));

    [Test]
    public void Fields_of_the_wrong_type_count_as_missing_where_no_money_depends_on_them()
    {
        var session = Read(MionClient.AnswerJson("""
            "status":1,"feeStatus":{},"fundingStatus":[],"paymentMethod":true,"expiresAt":5,"refundSessionIds":"x","currencyIso3":9,"reference":{},"fundingAmountAvailable":[]
            """));

        Assert.That(session, Is.EqualTo(new MionSession { PaymentSessionId = Some.PaymentSessionId, RefundSessionIds = session.RefundSessionIds }));
    }

    [TestCase("null")]
    [TestCase("5")]
    [TestCase("\"\"")]
    [TestCase("\"42\"")]
    [TestCase("\"{0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11}\"")]
    [TestCase("\"0c9fdbc27a0e4e2c9d591f3a1f5a8a11\"")]
    [TestCase("\"../0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\"")]
    [TestCase("[\"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\"]")]
    public void An_id_that_is_no_UUID_is_an_error(string id) =>
        Assert.That(() => Read($$"""{"paymentSessionId":{{id}}}"""), Throws.TypeOf<FormatException>().With.Message.EqualTo("paymentSessionId is not a UUID"));

    [TestCase("", TestName = "{m}(nothing)")]
    [TestCase(" ", TestName = "{m}(a blank)")]
    [TestCase("[]", TestName = "{m}(an array)")]
    [TestCase("null", TestName = "{m}(null)")]
    [TestCase("<html>", TestName = "{m}(a web page)")]
    [TestCase("{\"paymentSessionId\":\"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\"", TestName = "{m}(cut off)")]
    [TestCase("{\"paymentSessionId\":\"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\"} {}", TestName = "{m}(two values)")]
    [TestCase("{\"paymentSessionId\":\"0c9fdbc2-7a0e-4e2c-9d59-1f3a1f5a8a11\"}}", TestName = "{m}(a bracket too many)")]
    public void What_is_not_one_JSON_object_is_an_error(string body) => Assert.That(() => Read(body), Throws.TypeOf<FormatException>());

    [Test]
    public void What_is_wrong_is_said() => Assert.Multiple(() =>
    {
        Assert.That(() => Read("<html>"), Throws.TypeOf<FormatException>().With.Message.EqualTo("not JSON"));
        Assert.That(() => Read("[]"), Throws.TypeOf<FormatException>().With.Message.EqualTo("not a JSON object"));
        Assert.That(() => Read(MionClient.AnswerJson() + "/* and more */"), Throws.TypeOf<FormatException>().With.Message.EqualTo("more than one JSON value"));
    });

    [Test]
    public void Bytes_that_are_not_UTF8_are_an_error() =>
        Assert.That(() => MionSessionReader.Read([.. Encoding.UTF8.GetBytes(MionClient.AnswerJson("\"status\":\"")[..^1]), 0xC3, 0x28, .. "\"}"u8]),
            Throws.TypeOf<FormatException>().With.Message.EqualTo("not JSON"));

    [TestCase("1970-01-01T00:00:05Z")]
    [TestCase("1970-01-02T00:00:00Z")]
    [TestCase("soon")]
    public void An_end_near_1970_is_none(string expiresAt) =>
        Assert.That(Read(MionClient.AnswerJson($"\"expiresAt\":\"{expiresAt}\"")).ExpiresOnUtc, Is.Null);

    [TestCase("2016-12-31T23:59:60")]
    [TestCase("2016-12-31T23:59:60Z")]
    [TestCase("2016-12-31T23:59:60.000+00:00")]
    public void A_leap_second_is_a_time(string paidAt) =>
        Assert.That(Read(MionClient.AnswerJson($"\"paidAt\":\"{paidAt}\"")).PaidOnUtc, Is.EqualTo(new DateTime(2016, 12, 31, 23, 59, 59, DateTimeKind.Utc)));

    [Test]
    public void What_an_answer_held_is_proven_by_it_and_nothing_else()
    {
        var (known, unknown, numbers) = (new List<string>(), new List<string>(), new List<string>());
        var unix = MionContract.Of(new Dictionary<string, string> { ["answers.times"] = TimeForm.Unix });

        MionSessionReader.Read(Encoding.UTF8.GetBytes(GuidesExample), proven: known);
        MionSessionReader.Read(Encoding.UTF8.GetBytes(MionClient.AnswerJson("\"status\":\"a-status-of-tomorrow\",\"expiresAt\":\"soon\"")), proven: unknown);
        MionSessionReader.Read(Encoding.UTF8.GetBytes(MionClient.AnswerJson("\"expiresAt\":\"2026-03-04T11:59:00Z\"")), unix, numbers);

        Assert.That(known.Distinct(), Is.EquivalentTo(new[]
        {
            "session.paymentSessionId", "session.paidAt", "session.expiresAt", "answers.times", "session.status", "status=funded", "session.fundingStatus", "fundingStatus=well-funded",
            "session.feeStatus", "session.fundingAmountAvailable", "session.paymentMethod", "paymentMethod=lightning", "session.refundSessionIds"
        }));
        Assert.That(unknown.Distinct(), Is.EquivalentTo(new[] { "session.paymentSessionId", "session.status", "session.expiresAt" }));
        Assert.That(numbers.Distinct(), Is.EquivalentTo(new[] { "session.paymentSessionId", "session.expiresAt" }), "a time in the documented form proves no other");
    }

    [Test]
    public void A_callback_names_its_session_and_says_whether_it_is_paid()
    {
        Assert.That(Callback($$"""{"paymentSessionId":"{{Some.PaymentSessionId.ToUpperInvariant()}}","status":"funded"}"""), Is.EqualTo((Some.PaymentSessionId, true)));
        Assert.That(Callback("""{"paymentSessionId":"42","paidAt":"2026-03-04T11:59:00Z"}"""), Is.EqualTo(((string?)null, true)));
        Assert.That(Callback(MionClient.AnswerJson("\"status\":\"pending\",\"paidAt\":null")), Is.EqualTo((Some.PaymentSessionId, false)));
        Assert.That(Callback(MionClient.AnswerJson("\"status\":\"funded\",\"paidAt\":\"soon\"")), Is.EqualTo((Some.PaymentSessionId, false)));
        Assert.That(Callback("{}"), Is.EqualTo(((string?)null, false)));
        Assert.That(Callback("<html>"), Is.EqualTo(((string?)null, false)));
        Assert.That(Callback($$"""{"id":"{{Some.PaymentSessionId}}"}""", MionContract.Of(new Dictionary<string, string> { ["callback.paymentSessionId"] = "id" })).PaymentSessionId,
            Is.EqualTo(Some.PaymentSessionId));
    }

    [TestCase("{\"message\":\"No such account\",\"detail\":\"x\"}", "No such account")]
    [TestCase("{\"message\":\" \",\"detail\":\"No such account\",\"title\":\"x\"}", "No such account")]
    [TestCase("{\"title\":\"No such account\",\"error\":\"x\"}", "No such account")]
    [TestCase("{\"error\":\"No such account\"}", "No such account")]
    [TestCase("{\"error\":{\"message\":\"No such\\naccount\"}}", "No such account")]
    [TestCase("{\"message\":7}", "")]
    [TestCase("{}", "")]
    [TestCase("", "")]
    public void The_reason_of_a_refusal_is_taken_from_whichever_field_says_it(string body, string reason)
    {
        Assert.That(MionSessionReader.TryReadReason(Encoding.UTF8.GetBytes(body), out var read), Is.True);
        Assert.That(read, Is.EqualTo(reason));
    }

    [Test]
    public void A_long_reason_is_cut_and_a_web_page_is_none()
    {
        Assert.That(MionSessionReader.TryReadReason(Encoding.UTF8.GetBytes($"{{\"message\":\"{new string('x', 200)}y\"}}"), out var cut), Is.True);
        Assert.That(cut, Is.EqualTo(new string('x', 200)));
        Assert.That(MionSessionReader.TryReadReason("<html>"u8.ToArray(), out _), Is.False);
    }

    private static (string? PaymentSessionId, bool SaysPaid) Callback(string json, MionContract? contract = null) =>
        MionSessionReader.ReadCallback(Encoding.UTF8.GetBytes(json), contract);

    [Test]
    public void Nesting_without_end_is_an_error_and_not_the_end_of_the_store() =>
        Assert.That(() => Read(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), Throws.TypeOf<FormatException>());

    private static MionSession Read(string json) => MionSessionReader.Read(Encoding.UTF8.GetBytes(json));
}
