using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Api;

/// <summary>Two clocks are compared by the Date of answers, which has whole seconds and is as old as the answer took.</summary>
[TestFixture]
public sealed class MionClockTests
{
    private readonly MovableTime _time = new();
    private MionClock _clock = null!;

    [SetUp]
    public void SetUp() => _clock = new MionClock(_time);

    [TestCase(-210)]
    [TestCase(210)]
    public void A_difference_is_told_to_the_second(int seconds)
    {
        Observe(seconds);

        Assert.That(_clock.Ahead.TotalSeconds, Is.EqualTo(seconds).Within(1));
    }

    [TestCase(-4)]
    [TestCase(0)]
    [TestCase(4)]
    public void What_whole_seconds_and_a_quick_answer_explain_is_none(int seconds)
    {
        Observe(seconds);

        Assert.That(_clock.Ahead, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_slow_answer_is_no_difference()
    {
        Observe(-20, took: 30);

        Assert.That(_clock.Ahead, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void It_does_not_move_with_each_answer()
    {
        Observe(210);
        var first = _clock.Ahead;
        Observe(212);
        Observe(208);

        Assert.That(_clock.Ahead, Is.EqualTo(first));
    }

    [Test]
    public void A_clock_that_was_set_is_followed()
    {
        Observe(210);
        Observe(0);

        Assert.That(_clock.Ahead, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void An_answer_without_a_date_says_nothing()
    {
        Observe(210);
        _clock.Observe(date: null, _clock.Now);

        Assert.That(_clock.Ahead, Is.Not.EqualTo(TimeSpan.Zero));
    }

    private void Observe(int ahead, int took = 0)
    {
        var requestedAt = _clock.Now;
        _time.Advance(TimeSpan.FromSeconds(took));
        _clock.Observe(_clock.Now.AddSeconds(ahead), requestedAt);
    }
}
