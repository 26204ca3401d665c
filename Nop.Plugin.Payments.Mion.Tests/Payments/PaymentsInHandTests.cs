using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class PaymentsInHandTests
{
    private FakeTimeProvider _time = null!;
    private PaymentsInHand _payments = null!;
    private TaskCompletionSource<ApplyResult> _work = null!;
    private int _begun;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider();
        _payments = new PaymentsInHand(_time);
        _work = new TaskCompletionSource<ApplyResult>();
        _begun = 0;
    }

    [Test]
    public async Task Of_many_callers_at_once_one_does_it_and_all_learn_what_came_of_it()
    {
        var callers = new Task<ApplyResult>[1000];
        Parallel.For(0, callers.Length, caller => callers[caller] = ShareAsync(1));
        _work.SetResult(ApplyResult.Settled);

        Assert.That(await Task.WhenAll(callers), Is.All.EqualTo(ApplyResult.Settled));
        Assert.That(_begun, Is.EqualTo(1));
    }

    [Test]
    public void Who_finds_it_in_hand_gets_no_answer_before_it_is_done()
    {
        var (first, second) = (ShareAsync(1), ShareAsync(1));

        Assert.That((_begun, first.IsCompleted, second.IsCompleted), Is.EqualTo((1, false, false)));
    }

    [Test]
    public async Task What_is_done_can_be_done_again()
    {
        _work.SetResult(ApplyResult.InOtherHands);
        await ShareAsync(1);
        await ShareAsync(1);

        Assert.That(_begun, Is.EqualTo(2));
    }

    [Test]
    public void Two_payments_do_not_wait_for_each_other()
    {
        _ = ShareAsync(1);
        _ = ShareAsync(2);

        Assert.That(_begun, Is.EqualTo(2));
    }

    [Test]
    public async Task One_that_breaks_is_a_failure_for_those_who_waited_too()
    {
        var (first, second) = (ShareAsync(1), ShareAsync(1));
        _work.SetException(new IOException("The database does not answer."));

        Assert.That(async () => await first, Throws.InstanceOf<IOException>());
        Assert.That(await second, Is.EqualTo(ApplyResult.Failed));
    }

    [Test]
    public async Task Who_takes_too_long_may_have_died_and_the_one_who_waits_asks_the_table()
    {
        var dead = ShareAsync(1);
        var waiting = ShareAsync(1);
        _time.Advance(PaymentsInHand.Limit);
        await UntilBegunAsync(2);

        Assert.That(waiting.IsCompleted, Is.False);

        // should it come back to life, it lets go what is its own and not what has been taken over
        var third = ShareAsync(1);
        _work.SetResult(ApplyResult.Settled);
        await Task.WhenAll(dead, waiting, third);
        Assert.That(_begun, Is.EqualTo(2));
    }

    [Test]
    public async Task Who_comes_long_after_does_not_wait_at_all()
    {
        _ = ShareAsync(1);
        _time.Advance(PaymentsInHand.Limit);
        _ = ShareAsync(1);
        await UntilBegunAsync(2);

        Assert.That(_begun, Is.EqualTo(2));
    }

    private Task<ApplyResult> ShareAsync(int sessionId) => _payments.ShareAsync(sessionId, () =>
    {
        Interlocked.Increment(ref _begun);
        return _work.Task;
    });

    private async Task UntilBegunAsync(int count)
    {
        while (Volatile.Read(ref _begun) < count)
            await Task.Yield();
    }
}
