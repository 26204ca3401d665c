using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Tests.Hosting;

public class HealthThrottleTests
{
    private FakeTimeProvider _time = null!;
    private HealthThrottle _pulse = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider();
        _pulse = new HealthThrottle(_time);
    }

    [Test]
    public void Of_a_thousand_at_once_one_is_noted()
    {
        var noted = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (_pulse.ShouldNote(HealthFacts.Webhook.Name))
                Interlocked.Increment(ref noted);
        });

        Assert.That(noted, Is.EqualTo(1));
    }

    [Test]
    public void The_next_one_is_noted_when_the_last_note_is_old()
    {
        _pulse.ShouldNote(HealthFacts.Webhook.Name);
        _time.Advance(HealthThrottle.Window - TimeSpan.FromTicks(1));
        Assert.That(_pulse.ShouldNote(HealthFacts.Webhook.Name), Is.False);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.That(_pulse.ShouldNote(HealthFacts.Webhook.Name), Is.True);
    }

    [Test]
    public void One_name_does_not_stand_in_for_another()
    {
        _pulse.ShouldNote(HealthFacts.Webhook.Name);

        Assert.That(_pulse.ShouldNote(HealthFacts.Success.Name), Is.True);
    }

    [Test]
    public void However_many_are_counted_they_are_added_up_once_in_a_while_and_none_is_lost()
    {
        var noted = new ConcurrentBag<int>();
        Parallel.For(0, 1000, _ =>
        {
            if (_pulse.Count(HealthFacts.CallRefused.Name) is { } news)
                noted.Add(news);
        });
        Assert.That(noted, Has.Count.EqualTo(1));
        _time.Advance(HealthThrottle.Window);

        Assert.That(noted.Single() + _pulse.Count(HealthFacts.CallRefused.Name), Is.EqualTo(1001));
        Assert.That(_pulse.Count(HealthFacts.CallRefused.Name), Is.Null);
    }

    [Test]
    public void A_success_after_an_error_is_noted_at_once()
    {
        _pulse.ShouldNote(HealthFacts.Success.Name);
        _pulse.Clear();

        Assert.That(_pulse.ShouldNote(HealthFacts.Success.Name), Is.True);
    }
}
