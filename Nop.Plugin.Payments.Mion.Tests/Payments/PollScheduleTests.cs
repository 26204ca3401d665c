using FsCheck;
using FsCheck.Fluent;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Payments;

public class PollScheduleTests
{
    private const int LateDays = 7;
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    /// <summary>Sessions of any state and age, at any moment, with settings as the configuration page admits them.</summary>
    private static readonly Gen<Case> _cases =
        from state in Gen.Elements(Enum.GetValues<PaymentSessionState>())
        from lifetime in Any.Time(TimeSpan.FromMinutes(15), TimeSpan.FromDays(7))
        from age in Any.Time(TimeSpan.Zero, TimeSpan.FromDays(70)).Or(Any.Time(TimeSpan.Zero, TimeSpan.FromHours(4)))
        from failures in Gen.Choose(0, 100)
        from interval in Gen.Choose(10, 3600)
        from lateDays in Gen.Choose(1, 60)
        select new Case(state, lifetime, age, failures, TimeSpan.FromSeconds(interval), lateDays);

    [TestCase(60, ExpectedResult = 10)]
    [TestCase(3600, ExpectedResult = 10)]
    [TestCase(10, ExpectedResult = 10)]
    [TestCase(5, ExpectedResult = 5)]
    public double A_new_session_is_checked_soon_whatever_the_interval(int seconds) =>
        (PollSchedule.First(TimeSpan.FromSeconds(seconds), Some.Now) - Some.Now).TotalSeconds;

    [Test]
    public void The_next_check_is_in_the_future_or_there_is_none() =>
        Rule.Holds(_cases, x => x.Next() is not { } next || next > Some.Now);

    [Test]
    public void A_session_is_watched_until_its_late_days_are_over_and_no_longer() =>
        Rule.Holds(_cases, x => x.State is PaymentSessionState.Paid or PaymentSessionState.Handled || x.IsUnanswered || x.Next() is null == Some.Now > x.ExpiresOnUtc.AddDays(x.LateDays));

    [Test]
    public void A_session_about_which_Mion_could_not_be_asked_is_watched_until_it_has_answered() =>
        Rule.Holds(_cases.Where(x => x.IsUnanswered), x => x.Next() is not null);

    [TestCase(1, ExpectedResult = 60)]
    [TestCase(20, ExpectedResult = 120)]
    [TestCase(24 * 30, ExpectedResult = 24 * 60)]
    public double After_its_late_days_it_is_asked_about_less_and_less_often(int hoursOver) =>
        Minutes(PaymentSessionState.Expired, TimeSpan.FromDays(1 + LateDays) + TimeSpan.FromHours(hoursOver), failures: 1);

    [Test]
    public void A_session_that_a_person_has_dealt_with_is_not_watched() =>
        Rule.Holds(_cases, x => (x with { State = PaymentSessionState.Handled }).Next() is null);

    [TestCase(0, ExpectedResult = 10)]
    [TestCase(10, ExpectedResult = 360)]
    [TestCase(360, ExpectedResult = 360 + (24 * 60))]
    [TestCase(60 * 24 * LateDays, ExpectedResult = null)]
    public double? A_paid_session_is_looked_at_again_after_minutes_hours_and_days(int minutesAfter)
    {
        var session = Some.Session(PaymentSessionState.Paid);
        session.SettledOnUtc = Some.Now;
        var now = Some.Now.AddMinutes(minutesAfter);

        return (PollSchedule.Next(session, TimeSpan.FromMinutes(1), LateDays, now) - Some.Now)?.TotalMinutes;
    }

    [Test]
    public void A_session_is_checked_right_after_its_end() =>
        Rule.Holds(_cases.Where(x => x.State is not (PaymentSessionState.Paid or PaymentSessionState.Handled) && x.ExpiresOnUtc > Some.Now),
            x => x.Next() <= x.ExpiresOnUtc + x.Interval);

    [Test]
    public void The_more_checks_have_failed_the_longer_is_the_pause() =>
        Rule.Holds(_cases.Where(x => x.State is not (PaymentSessionState.Paid or PaymentSessionState.Handled)),
            x => x.Next() is null || (x with { Failures = x.Failures + 1 }).Next() >= x.Next());

    [Test]
    public void A_failed_check_is_never_repeated_sooner_than_the_interval() =>
        Rule.Holds(_cases.Where(x => x.State != PaymentSessionState.Paid && (x.ExpiresOnUtc - Some.Now > x.Interval || x.ExpiresOnUtc <= Some.Now)),
            x => x.Next() is not { } next || next >= Some.Now + x.Interval);

    [Test]
    public void The_times_come_back_as_UTC() =>
        Rule.Holds(_cases, x => x.Next() is not { } next || next.Kind == DateTimeKind.Utc);

    [TestCase(0, ExpectedResult = 1)]
    [TestCase(1, ExpectedResult = 2)]
    [TestCase(2, ExpectedResult = 4)]
    [TestCase(5, ExpectedResult = 32)]
    [TestCase(6, ExpectedResult = 60)]
    [TestCase(1000, ExpectedResult = 60)]
    public double Each_failure_doubles_the_pause_up_to_an_hour(int failures) => Minutes(PaymentSessionState.Open, TimeSpan.Zero, failures);

    [TestCase(0, ExpectedResult = 1)]
    [TestCase(29, ExpectedResult = 1)]
    [TestCase(30, ExpectedResult = 2)]
    [TestCase(179, ExpectedResult = 2)]
    [TestCase(180, ExpectedResult = 5)]
    [TestCase(1430, ExpectedResult = 5)]
    public double A_fresh_session_is_checked_every_minute_and_an_older_one_less_often(int ageInMinutes) =>
        Minutes(PaymentSessionState.Open, TimeSpan.FromMinutes(ageInMinutes));

    [TestCase(0, ExpectedResult = 5)]
    [TestCase(59, ExpectedResult = 5)]
    [TestCase(60, ExpectedResult = 30)]
    [TestCase(24 * 60 - 1, ExpectedResult = 30)]
    [TestCase(24 * 60, ExpectedResult = 240)]
    [TestCase(LateDays * 24 * 60, ExpectedResult = 240)]
    public double An_expired_session_is_still_looked_at_but_less_and_less(int minutesPastExpiry) =>
        Minutes(PaymentSessionState.Expired, TimeSpan.FromDays(1) + TimeSpan.FromMinutes(minutesPastExpiry));

    [Test]
    public void A_payment_that_waits_for_a_person_is_looked_at_twice_an_hour() =>
        Assert.That(Minutes(PaymentSessionState.NeedsPerson, TimeSpan.FromHours(2)), Is.EqualTo(30));

    [Test]
    public void A_pause_that_would_pass_the_end_is_cut_to_one_interval_after_it()
    {
        var session = Some.Session();
        session.CheckFailures = 10;
        var tenMinutesBeforeTheEnd = session.ExpiresOnUtc.AddMinutes(-10);

        Assert.That(PollSchedule.Next(session, _interval, LateDays, tenMinutesBeforeTheEnd), Is.EqualTo(session.ExpiresOnUtc + _interval));
    }

    private static double Minutes(PaymentSessionState state, TimeSpan age, int failures = 0)
    {
        var session = Some.Session(state);
        session.CheckFailures = failures;
        var now = session.CreatedOnUtc + age;
        return PollSchedule.Next(session, _interval, LateDays, now) is { } next ? (next - now).TotalMinutes : double.NaN;
    }

    private sealed record Case(PaymentSessionState State, TimeSpan Lifetime, TimeSpan Age, int Failures, TimeSpan Interval, int LateDays)
    {
        public DateTime ExpiresOnUtc => Some.Now - Age + Lifetime;

        /// <summary>Open or expired by the last that is known, and the last check of it failed.</summary>
        public bool IsUnanswered => Failures > 0 && State is (PaymentSessionState.Open or PaymentSessionState.Expired);

        public DateTime? Next() => PollSchedule.Next(
            new MionPaymentSession { State = State, CreatedOnUtc = Some.Now - Age, ExpiresOnUtc = ExpiresOnUtc, CheckFailures = Failures },
            Interval, LateDays, Some.Now);
    }
}
