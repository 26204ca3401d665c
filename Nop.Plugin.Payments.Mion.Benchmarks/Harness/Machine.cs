using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.Mion.Benchmarks.Harness;

/// <summary>What the numbers were taken on; names no host and no path.</summary>
internal static partial class Machine
{
    /// <summary>The machine in one sentence, with what else kept it busy.</summary>
    public static string Describe(string loadBefore) =>
        $"{Environment.ProcessorCount} cores{Processor()}, {Text.Of($"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30):0}")} GiB of memory, {OperatingSystem()}, "
        + $"{RuntimeInformation.FrameworkDescription}, PostgreSQL {PostgresVersion()} with `fsync` on; everything, the stand-in for Mion, the shop, its database and the callers, on these cores. "
        + $"Load average before the run {loadBefore}, after it {Load()}. {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";

    /// <summary>Runnable processes of the last minute; more than 0.2 before the run means that others were busy too.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>How long the machine's processors have worked since it was started, all together; zero where it does not say.</summary>
    public static TimeSpan Busy() => File.Exists("/proc/stat")
        // user, nice, system; the clock of these counts is a hundredth of a second
        ? TimeSpan.FromSeconds(File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(3).Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / 100d)
        : TimeSpan.Zero;

    private static string Processor() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? $" ({line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()})"
            : string.Empty;

    private static string OperatingSystem() => File.Exists("/etc/os-release")
        && PrettyName().Match(File.ReadAllText("/etc/os-release")) is { Success: true } match
            ? match.Groups[1].Value
            : RuntimeInformation.OSDescription;

    private static string PostgresVersion() => Sandbox.Shop.Data.PostgresServer.FindPrograms() is { } programs
        ? Path.GetFileName(Path.GetDirectoryName(programs))!
        : "none";

    [GeneratedRegex("^PRETTY_NAME=\"(.*)\"", RegexOptions.Multiline)]
    private static partial Regex PrettyName();
}
