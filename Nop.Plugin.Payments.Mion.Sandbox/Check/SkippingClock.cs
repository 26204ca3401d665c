namespace Nop.Plugin.Payments.Mion.Sandbox.Check;

/// <summary>The clock on the wall, which can be put forward: hours of waiting in no time, with timers that stay real.</summary>
public sealed class SkippingClock : TimeProvider
{
    private long _skippedTicks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _skippedTicks));

    /// <summary>Puts the clock forward.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skippedTicks, time.Ticks);
}
