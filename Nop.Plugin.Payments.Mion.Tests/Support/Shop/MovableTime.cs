namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// The clock on the wall, which can be put forward: for the shop, the plugin and the stand-in together. Timers stay real,
/// so that a request that waits for another one does not wait for the test.
/// </summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ticks;
    private long _stoppedAt;

    public DateTime UtcNow => GetUtcNow().UtcDateTime;

    public override DateTimeOffset GetUtcNow() =>
        (Interlocked.Read(ref _stoppedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : base.GetUtcNow()).AddTicks(Interlocked.Read(ref _ticks));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ticks) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <summary>From now on it is moved by the test alone.</summary>
    public void Stop() => Interlocked.Exchange(ref _stoppedAt, base.GetUtcNow().UtcTicks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}

/// <summary>Another clock, ahead of one by always the same time.</summary>
internal sealed class ClockAhead(TimeProvider time, TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + ahead;
}
