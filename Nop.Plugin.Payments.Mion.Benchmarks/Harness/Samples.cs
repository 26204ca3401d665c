using System.Globalization;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>Durations that were measured, in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];
    private bool _isSorted;

    public int Count => _values.Count;

    public double Median => Percentile(50);

    public double Mean => _values.Average();

    public double Max => Percentile(100);

    public void Add(TimeSpan time) => Add(time.TotalMilliseconds);

    public void Add(double milliseconds)
    {
        lock (_values)
        {
            _values.Add(milliseconds);
            _isSorted = false;
        }
    }

    /// <summary>Adds all of these to others.</summary>
    public void CopyTo(Samples others)
    {
        foreach (var value in _values)
            others.Add(value);
    }

    /// <summary>The smallest value that so many percent do not exceed.</summary>
    public double Percentile(double percent)
    {
        lock (_values)
        {
            if (!_isSorted)
                _values.Sort();
            _isSorted = true;
            return _values[Math.Clamp((int)Math.Ceiling(percent / 100 * _values.Count) - 1, 0, _values.Count - 1)];
        }
    }

    /// <summary>The distribution in words.</summary>
    public string Describe() => $"median {Text.Milliseconds(Median)}, p95 {Text.Milliseconds(Percentile(95))}, p99 {Text.Milliseconds(Percentile(99))}, longest {Text.Milliseconds(Max)}";
}

/// <summary>Numbers as a person reads them.</summary>
internal static class Text
{
    public static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Milliseconds(double value) => value switch
    {
        >= 10_000 => Of($"{value / 1000:0.0} s"),
        >= 1000 => Of($"{value / 1000:0.00} s"),
        >= 100 => Of($"{value:0} ms"),
        >= 1 => Of($"{value:0.0} ms"),
        _ => Of($"{value:0.00} ms")
    };

    public static string Count(double value) => Of($"{value:#,##0}");
}
