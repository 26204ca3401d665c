namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>How far Mion's clock is ahead of this machine's, by the <c>Date</c> of its answers; one per process.</summary>
public sealed class MionClock(TimeProvider timeProvider)
{
    /// <summary><c>Date</c> has whole seconds; a smaller difference is taken for none.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    private long _aheadTicks;

    /// <summary>Negative where Mion's clock is behind.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    /// <summary>This machine's time.</summary>
    internal DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Takes the <c>Date</c> of an answer that Mion made between the request and now.</summary>
    internal void Observe(DateTimeOffset? date, DateTimeOffset requestedAt)
    {
        var now = Now;
        var ahead = date > now ? date.Value - now : date < requestedAt ? date.Value - requestedAt : TimeSpan.Zero;
        // what has not changed by more than the tolerance stays, so that the end of a session does not move with each answer
        if (date is not null && (ahead - Ahead).Duration() > Tolerance)
            Interlocked.Exchange(ref _aheadTicks, ahead.Duration() > Tolerance ? ahead.Ticks : 0);
    }
}
