using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Nop.Plugin.Payments.Mion.Tests;

/// <summary>The one browser process that all tests share.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"
    ];

    private static readonly ConcurrentBag<DirectoryInfo> _profiles = [];

    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _running = new(StartAsync);

    /// <summary>The browser; skips the test where there is none, or fails it where there must be one.</summary>
    public static async Task<IBrowser> GetAsync()
    {
        if (Executable is null)
        {
            const string Reason = "No Chromium is installed: set MION_CHROMIUM to one, or install it at /usr/bin/chromium.";
            if (Environment.GetEnvironmentVariable("MION_BROWSER_TESTS") == "required")
                Assert.Fail(Reason);
            Assert.Ignore(Reason);
        }

        return (await _running.Value).Browser;
    }

    /// <summary>A window of a browser whose owner allows no cookies, which is a setting of the whole browser.</summary>
    public static async Task<IBrowserContext> OpenWithoutCookiesAsync(ViewportSize size)
    {
        await GetAsync();
        var profile = Directory.CreateTempSubdirectory("mion-chromium-");
        await File.WriteAllTextAsync(Path.Combine(profile.CreateSubdirectory("Default").FullName, "Preferences"),
            """{"profile":{"default_content_setting_values":{"cookies":2}}}""");
        var context = await (await _running.Value).Playwright.Chromium.LaunchPersistentContextAsync(profile.FullName,
            new BrowserTypeLaunchPersistentContextOptions { ExecutablePath = Executable, Args = _arguments, ViewportSize = size, Locale = "en-US" });
        _profiles.Add(profile);
        return context;
    }

    /// <summary>
    /// What a test expects of a page without saying how soon may take as long as a busy machine takes; a test
    /// that means a time says it.
    /// </summary>
    [OneTimeSetUp]
    public void BePatient() => Assertions.SetDefaultExpectTimeout(30_000);

    /// <summary>Ends it.</summary>
    [OneTimeTearDown]
    public async Task Stop()
    {
        if (!_running.IsValueCreated)
            return;
        var (playwright, browser) = await _running.Value;
        await browser.CloseAsync();
        playwright.Dispose();
        foreach (var profile in _profiles)
            profile.Delete(recursive: true);
    }

    private static string? Executable { get; } = new[] { Environment.GetEnvironmentVariable("MION_CHROMIUM"), "/usr/bin/chromium" }
        .FirstOrDefault(file => !string.IsNullOrEmpty(file) && File.Exists(file));

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = _arguments }));
    }
}
