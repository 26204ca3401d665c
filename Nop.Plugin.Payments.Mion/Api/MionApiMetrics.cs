using System.Diagnostics.Metrics;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>How long Mion's API takes, and what it answers. One per process.</summary>
/// <remarks><c>docs/operations.md</c> has every instrument of the plugin; what nobody listens to is not measured.</remarks>
public sealed class MionApiMetrics(IMeterFactory meterFactory)
{
    private readonly Histogram<double> _duration = meterFactory.Create(MionDefaults.Telemetry).CreateHistogram<double>(
        "mion.client.operation.duration", "s", "Calls of Mion's API, all tries of a call together.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    /// <summary>Whether anybody listens.</summary>
    public bool IsEnabled => _duration.Enabled;

    /// <summary>A call has ended.</summary>
    /// <param name="operation">Mion's name of it.</param>
    /// <param name="failure">Null where Mion did what was asked.</param>
    public void Ended(string operation, TimeSpan duration, MionApiErrorKind? failure)
    {
        if (failure is { } kind)
            _duration.Record(duration.TotalSeconds, new("mion.operation", operation), new("error.type", kind.ToString()));
        else
            _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("mion.operation", operation));
    }
}
