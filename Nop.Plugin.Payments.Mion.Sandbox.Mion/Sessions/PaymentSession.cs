namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// One session over its life: every change goes through here, one after the other, is followed by its callback,
/// and what the clock brings (expiry, processing after a payment) comes without anybody asking.
/// </summary>
internal sealed class PaymentSession : IDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly MionStandInOptions _options;
    private readonly WebhookLine _webhooks;
    private readonly ITimer _timer;
    private StandInSession _state;

    public PaymentSession(StandInSession state, MionStandInOptions options, WebhookLine webhooks)
    {
        _state = state;
        _options = options;
        _webhooks = webhooks;
        _timer = options.TimeProvider.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    /// <summary>How it stands now.</summary>
    public StandInSession Read() => Change((session, _) => session);

    /// <summary>Applies one of <see cref="SessionChanges"/>.</summary>
    /// <exception cref="InvalidOperationException">The session's state does not allow it.</exception>
    public StandInSession Change(Func<StandInSession, DateTimeOffset, StandInSession> change)
    {
        lock (_gate)
        {
            var now = Now;
            Become(SessionChanges.Settle(_state, now));
            Become(change(_state, now));
            while (_options.ProcessingStep == TimeSpan.Zero && StandInStatus.Next(_state.Status) is not null)
                Become(SessionChanges.Advance(_state, now));
            return _state;
        }
    }

    /// <summary>Makes out the next attempt of a till; the price moves a little from one to the next.</summary>
    public StandInAttempt NewAttempt(StandInCompliance compliance)
    {
        var session = Change((session, now) =>
        {
            var price = _options.EuroPerBitcoin * (1m + session.Attempts.Count % 3 * 0.001m);
            var msat = Invoices.Msat(session.Amount, price);
            var end = now + _options.AttemptLifetime;
            return SessionChanges.Attempt(session, new StandInAttempt(
                msat,
                end < session.ExpiresAt ? end : session.ExpiresAt,
                compliance.Allows ? Invoices.Lightning(msat) : null,
                compliance.Allows ? Invoices.Address() : null,
                compliance));
        });
        return session.Attempts[^1];
    }

    /// <summary>Registers a webhook; the same one twice is one.</summary>
    public void Register(Uri webhook)
    {
        lock (_gate)
            _state = _state with { Webhooks = _webhooks.Add(webhook) };
    }

    /// <summary>Sends the callback for the present status once more.</summary>
    public void CallWebhooks()
    {
        lock (_gate)
            _webhooks.Announce(_state.Status);
    }

    public void Dispose() => _timer.Dispose();

    private void Become(StandInSession next)
    {
        if (ReferenceEquals(next, _state))
            return;
        var worthACallback = next.Status != _state.Status || next.RefundSessionIds.Count != _state.RefundSessionIds.Count;
        _state = next;
        if (worthACallback)
            _webhooks.Announce(next.Status);
        Arm();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            var now = Now;
            Become(_state.IsPaid ? SessionChanges.Advance(_state, now) : SessionChanges.Settle(_state, now));
            Arm();
        }
    }

    /// <summary>Waits for what the clock brings next. A timer takes no more than some weeks, hence the steps of a day.</summary>
    private void Arm()
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (_state.IsPaid)
            wait = StandInStatus.Next(_state.Status) is null ? wait : _options.ProcessingStep;
        else if (_state.IsOpen && _state.Status != StandInStatus.FundingPending)
            wait = TimeSpan.FromMilliseconds(Math.Clamp((_state.ExpiresAt - Now).TotalMilliseconds, 1, _longestWait.TotalMilliseconds));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
