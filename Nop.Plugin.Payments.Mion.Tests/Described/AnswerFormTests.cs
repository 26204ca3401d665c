using System.Text;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Described;

/// <summary>Forms in which the same may be answered, and what an answer proves.</summary>
[TestFixture]
public sealed class AnswerFormTests
{
    private const string Ours = "order-1";
    private const string Session = "{\"paymentSessionId\":\"" + Some.PaymentSessionId + "\"";

    [TestCase("", Session + ",\"reference\":\"order-1\"}")]
    [TestCase("", Session + "}", Description = "the address has said which")]
    [TestCase("", "[" + Session + ",\"reference\":\"order-1\"}]")]
    [TestCase("[]", "[{\"paymentSessionId\":\"0f0f0f0f-0000-4000-8000-000000000000\",\"reference\":\"order-10\"}," + Session + ",\"reference\":\"order-1\"}]")]
    [TestCase("items", "{\"items\":[" + Session + ",\"reference\":\"order-1\"}]}")]
    public void A_session_comes_alone_or_in_a_list(string list, string answer) =>
        Assert.That(Find(list, answer)?.PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));

    [Test]
    public void Of_two_of_one_reference_the_paid_one_counts_and_the_list_is_proven()
    {
        const string Paid = "0f0f0f0f-0000-4000-8000-000000000000";
        var proven = new List<string>();

        var found = MionSessionReader.ReadByReference(Encoding.UTF8.GetBytes(
            $"[{Session},\"reference\":\"order-1\"}},{{\"paymentSessionId\":\"{Paid}\",\"reference\":\"order-1\",\"paidAt\":\"2026-03-04T11:59:00Z\"}}]"), Ours, Of(), proven);

        Assert.That(found?.PaymentSessionId, Is.EqualTo(Paid));
        Assert.That(proven, Does.Contain("byReference.items"));
    }

    [TestCase("items", "{\"data\":[]}", "the list is missing")]
    [TestCase("", "[" + Session + ",\"reference\":\"order-2\"}]", "it lists other sessions")]
    [TestCase("", Session + ",\"reference\":\"order-2\"}", "it is about another session")]
    [TestCase("", "[7]", "not a JSON object")]
    [TestCase("[]", Session + ",\"reference\":\"order-2\"}", "it is about another session")]
    public void What_is_wrong_with_it_is_said(string list, string answer, string message) =>
        Assert.That(() => Find(list, answer), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    [TestCase("", "[]")]
    [TestCase("", "null")]
    [TestCase("items", "{\"items\":[]}")]
    public void An_empty_list_and_nothing_are_none(string list, string answer) => Assert.That(Find(list, answer), Is.Null);

    [TestCase("", Session + ",\"reference\":\"order-2\"}")]
    [TestCase("", "[" + Session + ",\"reference\":\"order-2\"}]", Description = "the reference that was asked for was not looked at")]
    [TestCase("", "[" + Session + "}]", Description = "may be anybody's")]
    [TestCase("items", "{\"data\":[]}")]
    [TestCase("items", "[7]")]
    [TestCase("", "")]
    [TestCase("", "{}")]
    public void What_may_be_another_session_is_an_error(string list, string answer) =>
        Assert.That(() => Find(list, answer), Throws.InstanceOf<FormatException>());

    [Test]
    public async Task An_answer_without_content_says_that_there_is_none()
    {
        await using var server = new RawHttpServer(RawAnswer.Status(204));
        using var mion = new MionClient();

        Assert.That(await mion.FindAsync(server), Is.Null);
    }

    [Test]
    public void Of_several_names_the_one_that_holds_something_counts()
    {
        var contract = Of(("session.paidAt", "paid_at|details.paidAt"), ("answers.times", TimeForm.Unix));
        var proven = new List<string>();

        var session = MionSessionReader.Read(Encoding.UTF8.GetBytes(Session + ",\"paid_at\":null,\"details\":{\"paidAt\":1767225600}}"),
            contract, proven);

        Assert.That(session.PaidOnUtc, Is.EqualTo(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.That(proven, Does.Contain("session.paidAt").And.Contain("answers.times"));
    }

    [TestCase("\"1767225600\"")]
    [TestCase("1767225600000", Description = "thousandths where seconds were said: the year 57970")]
    [TestCase("true")]
    public void A_time_of_payment_that_cannot_be_read_is_an_error_and_not_unpaid(string paidAt) =>
        Assert.That(() => MionSessionReader.Read(Encoding.UTF8.GetBytes(Session + $",\"paidAt\":{paidAt}}}"),
            Of(("answers.times", TimeForm.Unix))), Throws.InstanceOf<FormatException>());

    [TestCase(TimeForm.Iso, "\"2026-03-05T12:00:00Z\"")]
    [TestCase(TimeForm.Unix, "1772712000")]
    [TestCase(TimeForm.UnixMs, "1772712000000")]
    [TestCase(TimeForm.Seconds, "86400")]
    [TestCase(TimeForm.Minutes, "1440")]
    public async Task An_expiry_is_written_as_Mion_wants_it(string form, string sent)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        using var mion = new MionClient(new ImpatientTime());

        await mion.Api.CreateSessionAsync(Options(server, Of(("create.times", form), ("create.expiresAt", "ends"))), MionClient.Request());

        Assert.That(server.Requests[0].Body, Does.Contain($"\"ends\":{sent}"));
    }

    [Test]
    public async Task A_field_within_another_is_put_there_and_one_without_a_name_is_left_out()
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson()));
        using var mion = new MionClient();

        await mion.Api.CreateSessionAsync(
            Options(server, Of(("create.amount", "price.cents"), ("create.currencyIso3", "price.currency"), ("create.retailPos", ""))),
                MionClient.Request());

        Assert.That(server.Requests[0].Body, Does.StartWith("{\"price\":{\"cents\":1234,\"currency\":\"EUR\"},\"reference\":"));
    }

    [TestCase("2026-03-05T12:00:00Z", true)]
    [TestCase("2026-03-05T12:01:00Z", true)]
    [TestCase("2026-03-04T12:30:00Z", false, Description = "Mion's own half an hour: what was asked for was not understood")]
    public async Task An_expiry_that_Mion_did_not_take_is_not_proven(string expiresAt, bool isProven)
    {
        await using var server = new RawHttpServer(RawAnswer.Json(MionClient.AnswerJson($"\"expiresAt\":\"{expiresAt}\"")));
        var proof = new Proof();
        using var http = new HttpClient();
        var time = new ImpatientTime();

        await new MionApiClient(http, new MionApiResilience(time), new MionClock(time), proof)
            .CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request());

        Assert.That(proof.Keys, Does.Contain("create.path").And.Contain("create.amount").And.Contain("session.expiresAt")
            .And.Contain("apiKeyHeader"));
        Assert.That(proof.Keys, Has.None.EqualTo("create.redirectUrls").And.None.EqualTo("session.paidAt"));
        Assert.That(proof.Keys.Contains("create.expiresAt"), Is.EqualTo(isProven));
    }

    [Test]
    public async Task An_answer_that_cannot_be_read_proves_nothing()
    {
        await using var server = new RawHttpServer(RawAnswer.Json("{\"id\":1}"));
        var proof = new Proof();
        using var http = new HttpClient();

        Assert.ThrowsAsync<MionApiException>(() =>
            new MionApiClient(http, new MionApiResilience(TimeProvider.System), new MionClock(TimeProvider.System), proof)
            .GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId));
        Assert.That(proof.Keys, Is.Empty);
    }

    private static MionSession? Find(string list, string answer) =>
        MionSessionReader.ReadByReference(Encoding.UTF8.GetBytes(answer), Ours, Of(("byReference.items", list)));

    private static MionContract Of(params (string Key, string Value)[] differences) =>
        MionContract.Of(differences.ToDictionary(each => each.Key, each => each.Value));

    private static MionApiOptions Options(RawHttpServer server, MionContract contract) =>
        new() { BaseUrl = server.Address, ApiKey = Some.ApiKey, Contract = contract };

    private sealed class Proof : IContractProof
    {
        public List<string> Keys { get; } = [];

        public void Note(MionApiOptions options, IReadOnlyCollection<string> keys) => Keys.AddRange(keys);
    }
}
