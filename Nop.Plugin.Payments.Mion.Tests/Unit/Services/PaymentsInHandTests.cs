using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Services;

namespace Nop.Plugin.Payments.Mion.Tests.Unit.Services;

public class PaymentsInHandTests
{
    private FakeTimeProvider _time = null!;
    private PaymentsInHand _payments = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider();
        _payments = new PaymentsInHand(_time);
    }

    [Test]
    public void Of_many_callers_at_once_one_takes_it()
    {
        var taken = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_payments.TryTake(1) is not null)
                Interlocked.Increment(ref taken);
        });

        Assert.That(taken, Is.EqualTo(1));
    }

    [Test]
    public void What_is_done_can_be_taken_again()
    {
        _payments.TryTake(1)!.Dispose();

        Assert.That(_payments.TryTake(1), Is.Not.Null);
    }

    [Test]
    public void Two_payments_do_not_wait_for_each_other()
    {
        using var one = _payments.TryTake(1);

        Assert.That(_payments.TryTake(2), Is.Not.Null);
    }

    [Test]
    public void Who_takes_too_long_may_have_died_and_the_next_one_asks_the_table()
    {
        var dead = _payments.TryTake(1);
        _time.Advance(PaymentsInHand.Limit);
        var next = _payments.TryTake(1);

        Assert.That(next, Is.Not.Null);

        // should it come back to life, it gives back what is its own and not what has been taken over
        dead!.Dispose();
        Assert.That(_payments.TryTake(1), Is.Null);
    }
}
