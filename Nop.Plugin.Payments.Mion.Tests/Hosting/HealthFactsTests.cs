using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

/// <summary>The rows that stores have saved, as released versions wrote them.</summary>
public class HealthFactsTests
{
    private static readonly DateTime _on = new(2026, 11, 25, 10, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_tests_result_has_the_fingerprint_of_what_was_tested_behind_it()
    {
        var outcome = new TestOutcome<ConnectionTestResult>(ConnectionTestResult.KeyRefused, "1a2b3c4d");

        Assert.That(HealthFacts.ConnectionTest.Write(outcome), Is.EqualTo("KeyRefused 1a2b3c4d"));
        Assert.That(Read("connection-test:2", "KeyRefused 1a2b3c4d").Find(HealthFacts.ConnectionTest, storeId: 2), Is.EqualTo(new Noted<TestOutcome<ConnectionTestResult>>(outcome, _on)));
    }

    [TestCase("KeyRefused")]
    [TestCase("KeyRefused 1a2b3c4d more")]
    [TestCase("Unheard-of 1a2b3c4d")]
    [TestCase("3 1a2b3c4d")]
    [TestCase("{\"Token\":null}")]
    [TestCase("")]
    public void A_text_that_cannot_be_read_is_as_if_it_were_not_there(string text)
    {
        Assert.That(Read("connection-test:2", text).Find(HealthFacts.ConnectionTest, storeId: 2), Is.Null);
        Assert.That(Read("round-trip:2", text).Find(HealthFacts.RoundTrip, storeId: 2), Is.Null);
        Assert.That(Read("examination", text).Find(HealthFacts.Examination), Is.Null);
    }

    [Test]
    public void A_round_trip_is_written_as_it_was_released()
    {
        const string Released = """{"Stage":2,"Token":"0123456789abcdef0123456789abcdef","PaymentSessionId":"id","Status":"new","ExpiresOnUtc":"2026-11-25T10:03:00Z","Problem":"","Address":"1a2b3c4d"}""";
        var trip = Read("round-trip:1", Released).Find(HealthFacts.RoundTrip, storeId: 1)!.Value;

        Assert.That((trip.Stage, trip.Status, trip.ExpiresOnUtc), Is.EqualTo((RoundTripStage.Waiting, "new", _on.AddMinutes(3))));
        Assert.That(HealthFacts.RoundTrip.Write(trip), Is.EqualTo(Released));
    }

    [Test]
    public void A_store_has_rows_of_its_own()
    {
        var health = new HealthSnapshot([Row("webhook", ""), Row("webhook:1", ""), Row("webhook:3", ""), Row("webhook-test:2", "Arrived 1a2b3c4d"), Row("webhook:x", ""), Row("webhook:-1", "")]);

        Assert.That(health.InStores(HealthFacts.Webhook).Select(row => row.StoreId), Is.EquivalentTo(new[] { 1, 3 }));
        Assert.That(health.FindTime(HealthFacts.Webhook, storeId: 2), Is.Null);
        Assert.That(health.FindTime(HealthFacts.Webhook), Is.EqualTo(_on));
    }

    [Test]
    public void What_opens_something_is_shown_to_nobody()
    {
        var health = new HealthSnapshot([Row("poll", "1 checked"), Row("round-trip:1", "{}"), Row("round-trip-arrived", "t"), Row("webhook-test-token:1", "t"), Row("webhook-test-arrived:1", "t")]);

        Assert.That(health.PublicRows.Select(row => row.Name), Is.EqualTo(new[] { "poll" }));
    }

    [Test]
    public void The_names_of_the_rows_never_change() => Assert.That(
        typeof(HealthFacts).GetProperties().Select(fact => (string)fact.PropertyType.GetProperty("Name")!.GetValue(fact.GetValue(null))!),
        Is.EquivalentTo(new[]
        {
            "installed", "webhook", "poll", "success", "opened", "error", "connection-test", "webhook-test", "webhook-test-token", "webhook-test-arrived",
            "round-trip", "round-trip-arrived", "examination", "pruned", "unanswered", "account-webhook", "call-refused"
        }));

    private static HealthSnapshot Read(string name, string text) => new([Row(name, text)]);

    private static MionHealthEntry Row(string name, string text) => new() { Name = name, OnUtc = _on, Text = text };
}
