using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>While Mion is down, shoppers are told so at once, and Mion is left in peace.</summary>
public class MionApiClientCircuitTests
{
    private const int FailuresThatOpen = 10;
    private static readonly TimeSpan _break = TimeSpan.FromSeconds(10);
    private static readonly RawAnswer _success = RawAnswer.Json(MionClient.AnswerJson());

    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    [Test]
    public async Task After_ten_failures_in_a_row_nothing_is_sent()
    {
        await using var server = await FailAsync(RawAnswer.Status(500));

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateAsync(server), CircuitOpen());
            Assert.That(async () => await _mion.GetStatusAsync(server), CircuitOpen(), "reads and writes share the circuit");
            Assert.That(async () => await _mion.FindAsync(server), CircuitOpen());
            Assert.That(server.Requests, Has.Count.EqualTo(FailuresThatOpen));
            Assert.That(_mion.Time.Pauses, Is.Empty, "an open circuit is not tried again");
        });
    }

    [Test]
    public async Task After_ten_seconds_one_call_finds_out_that_Mion_is_back()
    {
        await using var server = await FailAsync(RawAnswer.Status(503), _success);

        _mion.Time.Advance(_break - TimeSpan.FromTicks(1));
        Assert.That(async () => await _mion.CreateAsync(server), CircuitOpen());
        _mion.Time.Advance(TimeSpan.FromTicks(1));

        Assert.That(async () => await _mion.CreateAsync(server), Throws.Nothing);
        Assert.That(async () => await _mion.GetStatusAsync(server), Throws.Nothing);
    }

    [Test]
    public async Task After_ten_seconds_one_call_finds_out_that_Mion_is_still_down()
    {
        await using var server = await FailAsync(RawAnswer.Status(500));

        _mion.Time.Advance(_break);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateAsync(server), Throws.TypeOf<MionApiException>().With.Property("Kind").EqualTo(MionApiErrorKind.ServerError));
            Assert.That(async () => await _mion.CreateAsync(server), CircuitOpen());
            Assert.That(server.Requests, Has.Count.EqualTo(FailuresThatOpen + 1));
        });
    }

    [Test]
    public async Task Answers_that_never_come_count_as_failures()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        var calls = Enumerable.Range(0, FailuresThatOpen).Select(_ => _mion.CreateAsync(server)).ToList();
        await server.ReceivedAsync(FailuresThatOpen);
        _mion.Time.Advance(MionApiResilience.OverallTimeout);
        Assert.That(async () => await Task.WhenAll(calls), Throws.TypeOf<MionApiException>());

        Assert.That(async () => await _mion.CreateAsync(server), CircuitOpen());
    }

    [Test]
    public async Task Calls_that_the_shoppers_patience_ends_count_as_failures([Values] bool isRead)
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        using var patience = new CancellationTokenSource();
        var calls = Enumerable.Range(0, FailuresThatOpen).Select(_ => isRead
            ? _mion.Api.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId, patience.Token)
            : _mion.Api.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request(), patience.Token)).ToList();
        await server.ReceivedAsync(FailuresThatOpen);
        await patience.CancelAsync();
        Assert.That(async () => await Task.WhenAll(calls), Throws.TypeOf<MionApiException>());

        Assert.That(async () => await _mion.CreateAsync(server).WaitAsync(TimeSpan.FromSeconds(20)), CircuitOpen());
    }

    [Test]
    public async Task A_call_that_hangs_after_the_break_does_not_close_the_circuit()
    {
        await using var server = await FailAsync(RawAnswer.Status(500), RawAnswer.Silence);
        _mion.Time.Advance(_break);
        using var patience = new CancellationTokenSource();
        var call = _mion.Api.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request(), patience.Token);
        await server.ReceivedAsync(FailuresThatOpen + 1);
        await patience.CancelAsync();
        Assert.That(async () => await call, Throws.TypeOf<MionApiException>());

        Assert.That(async () => await _mion.CreateAsync(server).WaitAsync(TimeSpan.FromSeconds(20)), CircuitOpen());
    }

    [Test]
    public async Task Calls_whose_time_is_over_before_they_begin_say_nothing_about_Mion()
    {
        await using var server = new RawHttpServer(_success);
        for (var i = 0; i < 2 * FailuresThatOpen; i++)
            Assert.That(async () => await _mion.Api.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId, new CancellationToken(canceled: true)), Throws.Exception);

        Assert.That(async () => await _mion.CreateAsync(server), Throws.Nothing);
    }

    [Test]
    public async Task An_account_that_fails_does_not_cut_off_another_at_the_same_address()
    {
        await using var server = await FailAsync(RawAnswer.Status(500), _success);
        var other = MionClient.Options(server.Address).WithKey("the-key-of-another-store");

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateAsync(server), CircuitOpen());
            Assert.That(async () => await _mion.Api.CreateSessionAsync(other, MionClient.Request()), Throws.Nothing);
        });
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(422)]
    [TestCase(429)]
    public async Task A_refusal_is_no_failure_of_Mion(int status)
    {
        await using var server = await FailAsync(RawAnswer.Status(status));
        await FailOnceAsync(server);

        Assert.That(server.Requests, Has.Count.EqualTo(FailuresThatOpen + 1));
    }

    [Test]
    public async Task An_address_that_fails_does_not_cut_off_another()
    {
        await using var server = await FailAsync(RawAnswer.Status(500));
        await using var other = new RawHttpServer(_success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.CreateAsync(other), Throws.Nothing);
            Assert.That(async () => await _mion.Api.CreateSessionAsync(MionClient.Options(server.Address + "/"), MionClient.Request()), CircuitOpen(),
                "a slash at the end makes no other address");
        });
    }

    [Test]
    public async Task Failures_that_are_far_apart_do_not_add_up()
    {
        await using var server = new RawHttpServer(RawAnswer.Status(500));
        for (var i = 0; i < 2 * FailuresThatOpen; i++)
        {
            await FailOnceAsync(server);
            _mion.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That(server.Requests, Has.Count.EqualTo(2 * FailuresThatOpen));
    }

    private async Task<RawHttpServer> FailAsync(RawAnswer failure, params RawAnswer[] after)
    {
        var server = new RawHttpServer([.. Enumerable.Repeat(failure, FailuresThatOpen), .. after.DefaultIfEmpty(failure)]);
        for (var i = 0; i < FailuresThatOpen; i++)
            await FailOnceAsync(server);
        return server;
    }

    private async Task FailOnceAsync(RawHttpServer server)
    {
        try
        {
            await _mion.CreateAsync(server);
        }
        catch (MionApiException exception) when (exception.Kind != MionApiErrorKind.CircuitOpen)
        {
            return;
        }

        Assert.Fail("The call was to fail.");
    }

    private static NUnit.Framework.Constraints.EqualConstraint CircuitOpen() =>
        Throws.TypeOf<MionApiException>().With.Property(nameof(MionApiException.Kind)).EqualTo(MionApiErrorKind.CircuitOpen);
}
