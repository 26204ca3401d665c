using System.Diagnostics;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Reads QR codes off pictures as a phone does: zbar, which has nothing in common with the library that draws them.
/// Where it is not installed the tests are skipped, unless <c>MION_ZBAR_TESTS=required</c> says that they must run.
/// </summary>
internal static class Zbar
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private static string? Executable { get; } = new[] { Environment.GetEnvironmentVariable("MION_ZBAR"), "/usr/bin/zbarimg" }
        .FirstOrDefault(file => !string.IsNullOrEmpty(file) && File.Exists(file));

    /// <summary>Skips the test where there is no zbar, or fails it where there must be one.</summary>
    public static void Require()
    {
        if (Executable is not null)
            return;
        const string Reason = "No zbar is installed: set MION_ZBAR to its zbarimg, or install the package zbar-tools.";
        if (Environment.GetEnvironmentVariable("MION_ZBAR_TESTS") == "required")
            Assert.Fail(Reason);
        Assert.Ignore(Reason);
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="picture">The file.</param>
    /// <returns>What its QR codes hold.</returns>
    public static async Task<string[]> ReadAsync(string picture)
    {
        Require();
        using var zbar = Process.Start(new ProcessStartInfo(Executable!, ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        using var limit = new CancellationTokenSource(_limit);
        var error = zbar.StandardError.ReadToEndAsync(limit.Token);
        var text = await zbar.StandardOutput.ReadToEndAsync(limit.Token);
        await zbar.WaitForExitAsync(limit.Token);
        TestContext.Out.WriteLine(await error);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
