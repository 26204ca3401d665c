using Microsoft.Extensions.Time.Testing;
using Nop.Plugin.Payments.Mion.Api;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// A clock that stands still, except that who makes a pause gets it over at once: the clock moves on by the pause, and
/// time limits that are reached by that are reached. Time limits themselves (anything from
/// <see cref="MionApiResilience.TryTimeout"/> on) are the test's to let pass.
/// </summary>
public sealed class ImpatientTime : FakeTimeProvider
{
    private readonly List<TimeSpan> _pauses = [];

    public ImpatientTime() : base(new DateTimeOffset(Some.Now)) { }

    /// <summary>The pauses that were made.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_pauses)
                return [.. _pauses];
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime < MionApiResilience.TryTimeout)
        {
            lock (_pauses)
                _pauses.Add(dueTime);
            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
