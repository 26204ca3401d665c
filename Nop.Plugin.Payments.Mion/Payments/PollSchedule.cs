namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>When a session is checked next. Pure.</summary>
/// <remarks>
/// A fresh session is checked at every interval, since that is when people pay; later ones less and less often, past
/// their expiry too, because a payment on the blockchain can arrive late.
/// </remarks>
public static class PollSchedule
{
    private static readonly TimeSpan _longestBackOff = TimeSpan.FromHours(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromDays(1);
    private static readonly TimeSpan[] _afterPayment = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(6)];
    private static readonly TimeSpan _soonestPayment = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time of the first check of a session that has just been opened: hardly anybody has paid before, but whoever
    /// has then is seen by the next run of the task and not by the one after it.
    /// </summary>
    public static DateTime First(TimeSpan interval, DateTime utcNow) => utcNow + (interval < _soonestPayment ? interval : _soonestPayment);

    /// <summary>The time of the next check, or null when the session need not be watched any more.</summary>
    /// <param name="session">The session, with its state after the last check.</param>
    /// <param name="latePaymentDays">Days after its expiry in which a session is watched.</param>
    public static DateTime? Next(MionPaymentSession session, TimeSpan interval, int latePaymentDays, DateTime utcNow)
    {
        if (session.IsSettled())
            return session.State == PaymentSessionState.Paid ? NextOfPaid(session, latePaymentDays, utcNow) : null;
        var over = utcNow - session.ExpiresOnUtc - TimeSpan.FromDays(latePaymentDays);
        if (over > TimeSpan.Zero)
            return IsUnanswered(session) ? utcNow + Max(_longestBackOff, Min(over / 10, _longestPause)) : null;

        var pause = Pause(session, interval, utcNow);
        if (session.CheckFailures > 0)
        {
            var backOff = interval * Math.Pow(2, Math.Min(session.CheckFailures, 8));
            pause = Max(pause, backOff < _longestBackOff ? backOff : _longestBackOff);
        }

        var next = utcNow + pause;
        // a session is looked at right after its end, whatever the pause says
        var afterExpiry = session.ExpiresOnUtc + interval;
        return session.ExpiresOnUtc > utcNow && next > afterExpiry ? afterExpiry : next;
    }

    /// <summary>
    /// A paid session's order is looked at again minutes and hours later, since another writer may set it back, and the
    /// session at Mion once a day, since Mion may refund it.
    /// </summary>
    private static DateTime? NextOfPaid(MionPaymentSession session, int latePaymentDays, DateTime utcNow)
    {
        var settledOnUtc = session.SettledOnUtc ?? utcNow;
        foreach (var pause in _afterPayment)
        {
            if (settledOnUtc + pause > utcNow)
                return settledOnUtc + pause;
        }

        var next = utcNow + TimeSpan.FromDays(1);
        return next - settledOnUtc <= TimeSpan.FromDays(latePaymentDays) ? next : null;
    }

    private static TimeSpan Pause(MionPaymentSession session, TimeSpan interval, DateTime utcNow)
    {
        if (session.State is PaymentSessionState.NeedsPerson or PaymentSessionState.Handled)
            return Max(interval * 30, TimeSpan.FromMinutes(30));
        if (session.State == PaymentSessionState.Expired)
        {
            var over = utcNow - session.ExpiresOnUtc;
            return over < TimeSpan.FromHours(1) ? interval * 5
                : over < TimeSpan.FromDays(1) ? interval * 30
                : interval * 240;
        }

        var age = utcNow - session.CreatedOnUtc;
        return age < TimeSpan.FromMinutes(30) ? interval
            : age < TimeSpan.FromHours(3) ? interval * 2
            : interval * 5;
    }

    /// <summary>
    /// Whether the last word about it is a failure: it may have been paid since Mion could last be asked, so it is watched,
    /// less and less often, until Mion has answered once. What a person was told of, and what no shopper was sent to, is not.
    /// </summary>
    private static bool IsUnanswered(MionPaymentSession session) =>
        session.CheckFailures > 0 && session.State is (PaymentSessionState.Open or PaymentSessionState.Expired);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
