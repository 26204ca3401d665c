using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;

namespace Nop.Plugin.Payments.Mion.Benchmarks;

/// <summary>
/// One screen that looks at a till, as the page's own script does: it asks, shows what came, and asks again when the
/// answer says so.
/// </summary>
internal sealed partial class TillWindow(Shopper browser, string statusUrl)
{
    private long _paidAt;

    /// <summary>How often it has asked.</summary>
    public int Looks { get; private set; }

    /// <summary>Answers that were none.</summary>
    public int Failures { get; private set; }

    /// <summary>When it showed that the charge is paid, by the stopwatch's clock; 0 while it has not.</summary>
    public long PaidAt => Interlocked.Read(ref _paidAt);

    /// <summary>The address that a page asks for its news.</summary>
    public static string StatusUrlOf(string html) => StatusUrl().Match(html) is { Success: true } found
        ? found.Groups[1].Value
        : throw new InvalidOperationException("The page is none of the till's.");

    /// <summary>Looks until the charge is paid.</summary>
    public async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var (state, pause) = await LookAsync(stopping);
            if (state == "Paid")
            {
                Interlocked.Exchange(ref _paidAt, Stopwatch.GetTimestamp());
                return;
            }

            await Task.Delay(pause, stopping);
        }
    }

    private async Task<(string? State, TimeSpan Pause)> LookAsync(CancellationToken stopping)
    {
        Looks++;
        try
        {
            using var response = await browser.Client.GetAsync(statusUrl, stopping);
            response.EnsureSuccessStatusCode();
            using var news = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stopping));
            return (news.RootElement.GetProperty("State").GetString(),
                TimeSpan.FromMilliseconds(Math.Clamp(news.RootElement.GetProperty("NextMilliseconds").GetInt64(), 100, 1000)));
        }
        catch (HttpRequestException)
        {
            Failures++;
            return (null, TimeSpan.FromSeconds(1));
        }
    }

    [GeneratedRegex("data-status-url=\"([^\"]+)\"")]
    private static partial Regex StatusUrl();
}
