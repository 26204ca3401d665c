using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class SharedStatusReadsTests
{
    private static readonly TimeSpan _age = MionDefaults.SharedReadAge;

    private FakeTimeProvider _time = null!;
    private List<TaskCompletionSource<MionSession>> _atMion = null!;
    private SharedStatusReads _reads = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider(new DateTimeOffset(Some.Now));
        _atMion = [];
        _reads = new SharedStatusReads(_time);
    }

    [Test]
    public async Task Those_who_ask_at_the_same_time_share_one_read()
    {
        var first = Ask(_age);
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = Ask(_age);
        _atMion[0].SetResult(Some.Answer());

        Assert.Multiple(async () =>
        {
            Assert.That(_atMion, Has.Count.EqualTo(1));
            Assert.That(await second, Is.SameAs(await first));
        });
    }

    [Test]
    public async Task What_was_read_a_moment_ago_is_good_enough_for_who_says_so()
    {
        var first = Ask(_age);
        _atMion[0].SetResult(Some.Answer());
        _time.Advance(_age - TimeSpan.FromTicks(1));

        Assert.Multiple(async () =>
        {
            Assert.That(await Ask(_age), Is.SameAs(await first));
            Assert.That(_atMion, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void What_is_too_old_is_read_again()
    {
        _ = Ask(_age);
        _atMion[0].SetResult(Some.Answer());
        _time.Advance(_age);
        _ = Ask(_age);

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_age_counts_from_when_the_read_began_and_not_from_when_it_ended()
    {
        _ = Ask(_age);
        _time.Advance(_age);
        _atMion[0].SetResult(Some.Answer());
        _ = Ask(_age);

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_webhook_is_never_answered_with_what_was_read_before_it_came()
    {
        var before = Ask(_age);
        var webhook = Ask(TimeSpan.Zero);
        Assert.That(_atMion, Has.Count.EqualTo(1), "two reads of one session do not overlap");

        _atMion[0].SetResult(Some.Answer());
        await before;
        await BegunAsync(2);
        Assert.That(webhook.IsCompleted, Is.False);
        _atMion[1].SetResult(Some.PaidAnswer());

        Assert.That((await webhook).IsPaid, Is.True);
    }

    [Test]
    public async Task A_hundred_webhooks_at_once_cost_two_reads()
    {
        var webhooks = Enumerable.Range(0, 100).Select(_ => Ask(TimeSpan.Zero)).ToList();
        _atMion[0].SetResult(Some.Answer());
        await BegunAsync(2);
        _atMion[1].SetResult(Some.PaidAnswer());
        var answers = await Task.WhenAll(webhooks);

        Assert.Multiple(() =>
        {
            Assert.That(_atMion, Has.Count.EqualTo(2));
            Assert.That(answers.Count(answer => answer.IsPaid), Is.EqualTo(99), "all but the one who was first");
        });
    }

    [Test]
    public async Task A_webhook_that_comes_during_the_second_read_gets_a_third()
    {
        var webhooks = new List<Task<MionSession>> { Ask(TimeSpan.Zero), Ask(TimeSpan.Zero) };
        _atMion[0].SetResult(Some.Answer());
        await BegunAsync(2);
        webhooks.Add(Ask(TimeSpan.Zero));
        _atMion[1].SetResult(Some.Answer());
        await BegunAsync(3);
        _atMion[2].SetResult(Some.PaidAnswer());

        Assert.That((await Task.WhenAll(webhooks)).Select(answer => answer.IsPaid), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public void Two_sessions_share_nothing()
    {
        _ = Ask(_age);
        _ = Ask(_age, Some.OtherPaymentSessionId);

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_failure_is_shared_too()
    {
        var tabs = new[] { Ask(_age), Ask(_age) };
        _atMion[0].SetException(Failure());

        Assert.Multiple(() =>
        {
            Assert.That(async () => await tabs[0], Throws.TypeOf<MionApiException>());
            Assert.That(async () => await tabs[1], Throws.TypeOf<MionApiException>());
            Assert.That(async () => await Ask(_age), Throws.TypeOf<MionApiException>(), "a page that is reloaded does not hammer a Mion in trouble");
            Assert.That(_atMion, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_failure_does_not_stop_the_read_after_it()
    {
        var before = Ask(_age);
        var webhook = Ask(TimeSpan.Zero);
        _atMion[0].SetException(Failure());
        await BegunAsync(2);
        _atMion[1].SetResult(Some.PaidAnswer());

        Assert.Multiple(async () =>
        {
            Assert.That(async () => await before, Throws.TypeOf<MionApiException>());
            Assert.That((await webhook).IsPaid, Is.True);
        });
    }

    [Test]
    public void A_read_that_could_not_even_begin_does_not_make_an_old_answer_new()
    {
        _ = Ask(_age);
        _atMion[0].SetResult(Some.Answer());
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(() => _reads.ReadAsync(Some.PaymentSessionId, _age, () => throw new InvalidOperationException()), Throws.InvalidOperationException);

        _ = Ask(_age);

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task However_many_ask_reads_never_overlap_and_never_began_before_they_were_asked_for()
    {
        var (clock, running, mostAtOnce, tooEarly) = (0L, 0, 0, 0);
        async Task<MionSession> ReadAsync()
        {
            var begunAt = Interlocked.Increment(ref clock);
            var now = Interlocked.Increment(ref running);
            mostAtOnce = Math.Max(mostAtOnce, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return Some.Answer() with { AmountCents = begunAt };
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var askedAt = Interlocked.Increment(ref clock);
            if ((await _reads.ReadAsync(Some.PaymentSessionId, TimeSpan.Zero, ReadAsync)).AmountCents < askedAt)
                Interlocked.Increment(ref tooEarly);
        });

        Assert.Multiple(() =>
        {
            Assert.That(mostAtOnce, Is.EqualTo(1));
            Assert.That(tooEarly, Is.Zero);
        });
    }

    [Test]
    public void What_nobody_asks_about_any_more_is_forgotten()
    {
        var answer = AskAndForget();
        AskAboutOthers(1000);
        _time.Advance(TimeSpan.FromMinutes(2));
        AskAboutOthers(1);
        AskAboutOthers(1);

        GC.Collect();
        Assert.That(answer.TryGetTarget(out _), Is.False);
    }

    [Test]
    public void A_read_under_way_is_not_forgotten()
    {
        _ = Ask(_age);
        AskAboutOthers(1000);
        _time.Advance(TimeSpan.FromMinutes(2));
        AskAboutOthers(1);
        var before = _atMion.Count;

        _ = Ask(TimeSpan.Zero);

        Assert.That(_atMion, Has.Count.EqualTo(before), "it waits for the one under way");
    }

    [Test]
    public void What_the_task_has_read_is_forgotten_within_seconds()
    {
        var answer = AskAndForget();
        AskAboutOthers(1000);
        _time.Advance(TimeSpan.FromSeconds(6));
        AskAboutOthers(1);

        GC.Collect();
        Assert.That(answer.TryGetTarget(out _), Is.False);
    }

    [Test]
    public async Task A_callback_that_is_sent_again_within_two_seconds_costs_no_second_read()
    {
        var first = Call("a", "funded");
        var during = Call("a", "funded");
        _atMion[0].SetResult(Some.PaidAnswer());
        _time.Advance(_age - TimeSpan.FromTicks(1));
        var after = Call("a", "funded");

        Assert.That(await Task.WhenAll(first, during, after), Is.All.SameAs(await first));
        Assert.That(_atMion, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_callback_that_is_sent_again_later_is_followed_again()
    {
        _ = Call("a", "funded");
        _atMion[0].SetResult(Some.PaidAnswer());
        _time.Advance(_age);
        _ = Call("a", "funded");

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public void Another_callback_is_followed_at_once()
    {
        _ = Call("a", "funding-received");
        _atMion[0].SetResult(Some.Answer());
        _ = Call("b", "funded");

        Assert.That(_atMion, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_callback_whose_news_the_first_read_did_not_show_is_followed_again()
    {
        var first = Call("a", "funded");
        var again = Call("a", "funded");
        _atMion[0].SetResult(Some.Answer());
        await first;
        await BegunAsync(2);
        _atMion[1].SetResult(Some.PaidAnswer());

        Assert.That((await again).IsPaid, Is.True);
    }

    private Task<MionSession> Call(string body, string status) => _reads.ReadForCallbackAsync(Some.PaymentSessionId, new Callback(body, status), _age, () =>
    {
        var read = new TaskCompletionSource<MionSession>();
        lock (_atMion)
            _atMion.Add(read);
        return read.Task;
    });

    private Task<MionSession> Ask(TimeSpan maxAge, string paymentSessionId = Some.PaymentSessionId) => _reads.ReadAsync(paymentSessionId, maxAge, () =>
    {
        var read = new TaskCompletionSource<MionSession>();
        lock (_atMion)
            _atMion.Add(read);
        return read.Task;
    });

    private async Task BegunAsync(int count)
    {
        while (_atMion.Count < count)
            await Task.Yield();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference<MionSession> AskAndForget()
    {
        var answer = Some.Answer();
        _ = _reads.ReadAsync(Some.PaymentSessionId, _age, () => Task.FromResult(answer));
        return new WeakReference<MionSession>(answer);
    }

    private void AskAboutOthers(int count)
    {
        for (var i = 0; i < count; i++)
            _ = _reads.ReadAsync(Guid.NewGuid().ToString(), _age, () => Task.FromResult(Some.Answer()));
    }

    private static MionApiException Failure() => new(MionApiErrorKind.ServerError, "Get a payment session status");
}
