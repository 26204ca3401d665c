using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>How Mion writes a moment.</summary>
public static class TimeForm
{
    /// <summary>ISO 8601, UTC.</summary>
    public const string Iso = "iso";

    /// <summary>Seconds since 1970.</summary>
    public const string Unix = "unix";

    /// <summary>Milliseconds since 1970.</summary>
    public const string UnixMs = "unix-ms";

    /// <summary>In a request: seconds from now.</summary>
    public const string Seconds = "seconds";

    /// <summary>In a request: minutes from now.</summary>
    public const string Minutes = "minutes";

    // what is later is no moment that anybody means, and leaves no room for a clock's difference
    private static readonly decimal _secondsToYear9000 = (decimal)(new DateTime(9000, 1, 1) - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>In requests and answers.</summary>
    public static IReadOnlyList<string> Moments { get; } = [Iso, Unix, UnixMs];

    /// <summary>In a request.</summary>
    public static IReadOnlyList<string> All { get; } = [Iso, Unix, UnixMs, Seconds, Minutes];

    /// <summary>Writes a moment into a request.</summary>
    public static JToken Write(string form, DateTime utc, DateTime utcNow) => form switch
    {
        Unix => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds(),
        UnixMs => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        Seconds => (long)Math.Max(1, (utc - utcNow).TotalSeconds),
        Minutes => (long)Math.Max(1, (utc - utcNow).TotalMinutes),
        _ => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
    };

    /// <summary>Reads a number of an answer as a moment; null where it is none. What is before 1970 means no time, as 1970 itself.</summary>
    public static DateTime? Read(string form, decimal number)
    {
        var seconds = form == UnixMs ? number / 1000 : number;
        return form != Iso && seconds < _secondsToYear9000
            ? DateTime.UnixEpoch.AddTicks((long)(Math.Max(0, seconds) * TimeSpan.TicksPerSecond)) : null;
    }
}
