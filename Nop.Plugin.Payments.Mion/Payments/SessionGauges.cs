using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>How many sessions are how far, now.</summary>
/// <param name="Overdue">Should have been looked at a while ago.</param>
/// <param name="Stalled">A payment was seen that is not complete long after its time.</param>
/// <param name="Lag">How long the most overdue one waits.</param>
public sealed record SessionCounts(int Open, int Overdue, int Stalled, int NeedsPerson, TimeSpan Lag);

/// <summary>Shows <see cref="SessionCounts"/> to whoever collects figures. One per process.</summary>
/// <remarks>
/// A collector does not wait for a database: it gets what was counted last, and that is counted anew in the background, at
/// most once a minute. Nobody collects, nothing is counted.
/// </remarks>
public sealed class SessionGauges(BackgroundScope backgroundScope, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>How old a count may get before it is counted anew.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private SessionCounts? _counts;
    private long? _countedAt;

    internal void Create(Meter meter)
    {
        meter.CreateObservableGauge("mion.sessions", ObserveStates, "{session}", "Sessions by what is still to come of them.");
        meter.CreateObservableGauge("mion.sessions.lag", ObserveLag, "s", "How long the session waits that should have been looked at first.");
    }

    private IEnumerable<Measurement<int>> ObserveStates() => Get() is not { } counts ? [] :
    [
        new(counts.Open, State("open")),
        new(counts.Overdue, State("overdue")),
        new(counts.Stalled, State("stalled")),
        new(counts.NeedsPerson, State("needs_person"))
    ];

    private IEnumerable<Measurement<double>> ObserveLag() => Get() is { } counts ? [new(counts.Lag.TotalSeconds)] : [];

    private SessionCounts? Get()
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            if (_countedAt is { } before && timeProvider.GetElapsedTime(before, now) < MaxAge)
                return _counts;
            _countedAt = now;
            backgroundScope.Start(storeId: 0, CountAsync);
            return _counts;
        }
    }

    private async Task CountAsync(IServiceProvider services)
    {
        try
        {
            _counts = await services.GetRequiredService<PaymentSessionStore>().GetCountsAsync(timeProvider.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception)
        {
            // figures that are not known are not shown; old ones would look like good ones
            _counts = null;
            await log.WarningAsync($"the payment sessions could not be counted.", exception, "counts");
        }
    }

    private static KeyValuePair<string, object?> State(string state) => new("mion.state", state);
}
