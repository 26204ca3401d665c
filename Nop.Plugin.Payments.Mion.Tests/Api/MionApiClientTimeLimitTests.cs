using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>How long a shopper waits for Mion at most.</summary>
public class MionApiClientTimeLimitTests
{
    private static readonly TimeSpan _aTick = TimeSpan.FromTicks(1);
    private static readonly RawAnswer _success = RawAnswer.Json(MionClient.AnswerJson());

    private MionClient _mion = null!;

    [SetUp]
    public void SetUp() => _mion = new MionClient();

    [TearDown]
    public void TearDown() => _mion.Dispose();

    [Test]
    public void A_shopper_waits_ten_seconds_at_most() => Assert.That(MionApiResilience.OverallTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));

    [Test]
    public async Task A_write_that_gets_no_answer_ends_after_ten_seconds()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        var call = _mion.CreateAsync(server);
        await server.ReceivedAsync(1);

        _mion.Time.Advance(MionApiResilience.OverallTimeout - _aTick);
        Assert.That(call.IsCompleted, Is.False);
        _mion.Time.Advance(_aTick);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await call, TimedOut().And.Property("MayHaveHappened").True);
            Assert.That(server.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_read_that_gets_no_answer_is_tried_again_after_four_seconds()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence, _success);
        var call = _mion.GetStatusAsync(server);
        await server.ReceivedAsync(1);

        _mion.Time.Advance(MionApiResilience.TryTimeout);

        Assert.That((await call).PaymentSessionId, Is.EqualTo(Some.PaymentSessionId));
    }

    [Test]
    public async Task All_tries_of_a_read_together_end_after_ten_seconds()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        var call = _mion.GetStatusAsync(server);
        for (var tries = 1; tries <= MionApiResilience.MaxRetries; tries++)
        {
            await server.ReceivedAsync(tries);
            _mion.Time.Advance(MionApiResilience.TryTimeout);
        }

        await server.ReceivedAsync(MionApiResilience.MaxRetries + 1);
        var left = Some.Now + MionApiResilience.OverallTimeout - _mion.Time.GetUtcNow().UtcDateTime;
        Assert.That(left, Is.LessThan(MionApiResilience.TryTimeout));
        _mion.Time.Advance(left);

        Assert.That(async () => await call, TimedOut());
    }

    [Test]
    public void A_call_that_does_not_hear_that_its_time_is_over_keeps_nobody_waiting()
    {
        using var deaf = new HttpClient(new DeafHandler());
        var api = new MionApiClient(deaf, new MionApiResilience(_mion.Time), new MionClock(_mion.Time));
        var read = api.GetStatusAsync(MionClient.Options("https://mion.example"), Some.PaymentSessionId);
        var write = api.CreateSessionAsync(MionClient.Options("https://mion.example"), MionClient.Request());

        _mion.Time.Advance(MionApiResilience.HardLimit);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await read.WaitAsync(TimeSpan.FromSeconds(20)), TimedOut());
            Assert.That(async () => await write.WaitAsync(TimeSpan.FromSeconds(20)), TimedOut().And.Property("MayHaveHappened").True);
        });
    }

    [Test]
    public async Task An_answer_that_begins_and_never_ends_is_no_answer()
    {
        await using var server = new RawHttpServer(_success.CutTo(1, RawEnding.Silence));
        var call = _mion.CreateAsync(server);
        await server.ReceivedAsync(1);

        _mion.Time.Advance(MionApiResilience.OverallTimeout);

        Assert.That(async () => await call, TimedOut());
    }

    [Test]
    public async Task The_callers_own_limit_ends_a_call_as_a_time_limit_and_not_as_a_cancellation()
    {
        await using var server = new RawHttpServer(RawAnswer.Silence);
        using var shopper = new CancellationTokenSource();
        var read = _mion.Api.GetStatusAsync(MionClient.Options(server.Address), Some.PaymentSessionId, shopper.Token);
        var write = _mion.Api.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request(), shopper.Token);
        await server.ReceivedAsync(2);

        await shopper.CancelAsync();

        Assert.Multiple(() =>
        {
            Assert.That(async () => await read.WaitAsync(TimeSpan.FromSeconds(20)), TimedOut());
            Assert.That(async () => await write, TimedOut());
        });
    }

    [Test]
    public async Task A_call_whose_time_is_over_before_it_begins_sends_nothing()
    {
        await using var server = new RawHttpServer(_success);

        Assert.Multiple(() =>
        {
            Assert.That(async () => await _mion.Api.CreateSessionAsync(MionClient.Options(server.Address), MionClient.Request(), new CancellationToken(canceled: true)), TimedOut());
            Assert.That(server.Requests, Is.Empty);
        });
    }

    private static NUnit.Framework.Constraints.EqualConstraint TimedOut() =>
        Throws.TypeOf<MionApiException>().With.Property(nameof(MionApiException.Kind)).EqualTo(MionApiErrorKind.TimedOut);

    /// <summary>Waits for something that never comes, and for nothing else.</summary>
    private sealed class DeafHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new TaskCompletionSource<HttpResponseMessage>().Task;
    }
}
