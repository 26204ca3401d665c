using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>What one shop's plugin measures, written as <c>name{label=value,…}</c>.</summary>
internal sealed class Figures : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);

    public Figures(IMeterFactory shop)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != MionDefaults.Telemetry || instrument.Meter.Scope != shop)
                return;
            Units[instrument.Name] = instrument.Unit ?? string.Empty;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The unit of each instrument that there is.</summary>
    public ConcurrentDictionary<string, string> Units { get; } = new(StringComparer.Ordinal);

    /// <summary>Each label that was ever used, with its values.</summary>
    public ConcurrentDictionary<string, ConcurrentBag<string>> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>A counter's sum, or a gauge's latest value; 0 where nothing was measured.</summary>
    public double this[string figure] => _sums.GetValueOrDefault(figure);

    /// <summary>All that was measured.</summary>
    public IReadOnlyCollection<string> Names => [.. _sums.Keys];

    /// <summary>Asks the gauges, as a collector does.</summary>
    public void Collect() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (name, label) in tags)
        {
            labels.Add($"{name}={label}");
            Labels.GetOrAdd(name, _ => []).Add($"{label}");
        }

        var figure = labels.Count == 0 ? instrument.Name : $"{instrument.Name}{{{string.Join(',', labels)}}}";
        _sums.AddOrUpdate(figure, value, (_, sum) => instrument.IsObservable ? value : sum + value);
    }
}
