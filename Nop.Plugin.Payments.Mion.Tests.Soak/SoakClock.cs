namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// A clock that can be put forward, that may go wrong by some time, and whose timers run ten times as fast: pauses
/// between retries cost little.
/// </summary>
public sealed class SoakClock : TimeProvider
{
    private const int Speed = 10;

    private long _skippedTicks;
    private long _skewTicks;

    /// <summary>By how much it goes wrong.</summary>
    public TimeSpan Skew
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));
        set => Interlocked.Exchange(ref _skewTicks, value.Ticks);
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _skippedTicks) + Interlocked.Read(ref _skewTicks));

    /// <inheritdoc />
    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skippedTicks) * (TimestampFrequency / TimeSpan.TicksPerSecond);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    /// <summary>Puts the clock forward.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skippedTicks, time.Ticks);

    private static TimeSpan Shorten(TimeSpan time) => time <= TimeSpan.Zero ? time : time / Speed;
}
