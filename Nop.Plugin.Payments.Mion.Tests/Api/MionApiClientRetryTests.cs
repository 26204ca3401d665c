using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>What is tried again, when, and what never is.</summary>
public class MionApiClientRetryTests
{
    private static readonly RawAnswer _success = RawAnswer.Json(MionClient.AnswerJson());

    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    private static IEnumerable<TestCaseData> PassingFailures() =>
    [
        new TestCaseData(RawAnswer.Status(500)).SetArgDisplayNames("500"),
        new TestCaseData(RawAnswer.Status(502)).SetArgDisplayNames("502"),
        new TestCaseData(RawAnswer.Status(503)).SetArgDisplayNames("503"),
        new TestCaseData(RawAnswer.Status(408)).SetArgDisplayNames("408"),
        new TestCaseData(RawAnswer.Status(429)).SetArgDisplayNames("429"),
        new TestCaseData(_success.CutTo(3, RawEnding.Reset)).SetArgDisplayNames("torn in the answer")
    ];

    // of these HttpClient itself repeats a read a few times, before we do
    private static IEnumerable<TestCaseData> TornConnections() =>
    [
        new TestCaseData(RawAnswer.Reset).SetArgDisplayNames("torn before the answer"),
        new TestCaseData(RawAnswer.Nothing).SetArgDisplayNames("closed without a word")
    ];

    private static IEnumerable<TestCaseData> LastingFailures() =>
    [
        new TestCaseData(RawAnswer.Status(400)).SetArgDisplayNames("400"),
        new TestCaseData(RawAnswer.Status(401)).SetArgDisplayNames("401"),
        new TestCaseData(RawAnswer.Status(403)).SetArgDisplayNames("403"),
        new TestCaseData(RawAnswer.Status(404)).SetArgDisplayNames("404"),
        new TestCaseData(RawAnswer.Status(422)).SetArgDisplayNames("422"),
        new TestCaseData(RawAnswer.Status(302, "Location: /")).SetArgDisplayNames("302"),
        new TestCaseData(RawAnswer.Json("garbage")).SetArgDisplayNames("garbage")
    ];

    [TestCaseSource(nameof(PassingFailures))]
    public async Task A_read_gets_over_two_failures(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure, failure, _success);

        await _mion.GetStatusAsync(server);

        Assert.Multiple(() =>
        {
            Assert.That(server.Requests, Has.Count.EqualTo(3));
            Assert.That(_mion.Time.Pauses, Has.Count.EqualTo(2).And.All.GreaterThan(TimeSpan.Zero).And.All.LessThan(TimeSpan.FromSeconds(1)));
        });
    }

    [TestCaseSource(nameof(PassingFailures))]
    public async Task A_read_gives_up_after_three_tries(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.FindAsync(server), Throws.TypeOf<MionApiException>().With.Property("IsTransient").True);
            Assert.That(server.Requests, Has.Count.EqualTo(3));
        });
    }

    [TestCaseSource(nameof(TornConnections))]
    public async Task A_read_gets_over_a_torn_connection(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure, failure, _success);

        Assert.That((await _mion.GetStatusAsync(server)).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [TestCaseSource(nameof(TornConnections))]
    public async Task A_read_gives_up_on_connections_that_are_always_torn(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), Unreachable());
            Assert.That(_mion.Time.Pauses, Has.Count.EqualTo(2));
        });
    }

    [TestCaseSource(nameof(PassingFailures))]
    [TestCaseSource(nameof(TornConnections))]
    public async Task A_write_is_never_sent_twice(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure, _success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateAsync(server), Throws.TypeOf<MionApiException>());
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });
    }

    [TestCaseSource(nameof(PassingFailures))]
    [TestCaseSource(nameof(TornConnections))]
    public async Task A_webhook_is_never_registered_twice(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure, _success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateWebhookAsync(server), Throws.TypeOf<MionApiException>());
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });
    }

    [TestCaseSource(nameof(LastingFailures))]
    public async Task What_trying_again_would_not_change_is_not_tried_again(RawAnswer failure)
    {
        await using var server = new RawHttpServer(failure, _success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>().With.Property("IsTransient").False);
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Nobody_at_the_address_is_tried_three_times_by_a_read_and_once_by_a_write()
    {
        var options = MionClient.Options(RawHttpServer.NobodysAddress());

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.Api.CreateSessionAsync(options, MionClient.Request()), Unreachable());
            Assert.That(_mion.Time.Pauses, Is.Empty);
            Assert.That(async () => await _mion.Api.GetStatusAsync(options, Some.PaymentSessionId), Unreachable());
            Assert.That(_mion.Time.Pauses, Has.Count.EqualTo(2));
        });
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task A_short_wait_that_Mion_asks_for_is_kept_to_the_second(int status)
    {
        await using var server = new RawHttpServer(RawAnswer.Status(status, "Retry-After: 2"), RawAnswer.Status(status, "Retry-After: 3"), _success);

        await _mion.GetStatusAsync(server);

        Assert.That(_mion.Time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3) }));
    }

    [Test]
    public async Task A_wait_until_a_time_is_counted_by_Mions_own_clock()
    {
        await using var server = new RawHttpServer(
            RawAnswer.Status(429, "Date: Wed, 04 Mar 2015 09:00:00 GMT", "Retry-After: Wed, 04 Mar 2015 09:00:02 GMT"), _success);

        await _mion.GetStatusAsync(server);

        Assert.That(_mion.Time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(2) }));
    }

    [TestCase("Date: Wed, 04 Mar 2015 09:00:00 GMT", "Retry-After: Wed, 04 Mar 2015 08:59:00 GMT", TestName = "{m}(a time gone by)")]
    [TestCase("X-Nothing: 1", "Retry-After: Wed, 04 Mar 2015 08:59:00 GMT", TestName = "{m}(a time and no clock)")]
    [TestCase("X-Nothing: 1", "Retry-After: soon", TestName = "{m}(not a time)")]
    [TestCase("X-Nothing: 1", "Retry-After: -5", TestName = "{m}(a negative time)")]
    public async Task A_wait_that_makes_no_sense_is_replaced_by_our_own(string date, string retryAfter)
    {
        await using var server = new RawHttpServer(RawAnswer.Status(429, date, retryAfter), _success);

        await _mion.GetStatusAsync(server);

        Assert.That(_mion.Time.Pauses, Has.Count.EqualTo(1).And.All.GreaterThan(TimeSpan.Zero).And.All.LessThan(TimeSpan.FromSeconds(1)));
    }

    [TestCase("Retry-After: 4", 4)]
    [TestCase("Retry-After: 3600", 3600)]
    public async Task A_long_wait_is_left_to_the_scheduled_task(string retryAfter, int seconds)
    {
        await using var server = new RawHttpServer(RawAnswer.Status(429, retryAfter), _success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>()
                .With.Property("Kind").EqualTo(MionApiErrorKind.RateLimited)
                .And.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(seconds)));
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Until_the_time_that_Mion_asked_to_wait_nothing_is_sent_with_that_key(int status)
    {
        await using var server = new RawHttpServer(RawAnswer.Status(status, "Retry-After: 60"), _success);
        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>());

        _mion.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.GetStatusAsync(server), ToldToWait());
            Assert.That(async () => await _mion.CreateAsync(server), ToldToWait());
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });

        Assert.That(async () => await _mion.Api.GetStatusAsync(MionClient.Options(server.Address).WithKey("another"), Some.PaymentSessionId), Throws.Nothing);
        _mion.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(async () => await _mion.CreateAsync(server), Throws.Nothing);
    }

    [Test]
    public async Task Nobody_keeps_the_store_waiting_for_more_than_an_hour()
    {
        await using var server = new RawHttpServer(RawAnswer.Status(429, "Retry-After: 999999999"), _success);
        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.TypeOf<MionApiException>());

        _mion.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.Nothing);
    }

    private static NUnit.Framework.Constraints.IResolveConstraint ToldToWait() => Throws.TypeOf<MionApiException>()
        .With.Matches<MionApiException>(exception => exception.Kind == MionApiErrorKind.ToldToWait && !exception.WasSent && exception.RetryAfter > TimeSpan.Zero);

    private static NUnit.Framework.Constraints.EqualConstraint Unreachable() =>
        Throws.TypeOf<MionApiException>().With.Property(nameof(MionApiException.Kind)).EqualTo(MionApiErrorKind.Unreachable);
}
