using System.Diagnostics;
using Nop.Plugin.Payments.Mion.Sandbox.Check;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>A demo shop in a process of its own, which can be killed.</summary>
internal sealed class ShopProcess : IDisposable
{
    private const string Announced = "Demo shop ";
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private ShopProcess(Process process, Uri baseAddress) => (_process, BaseAddress) = (process, baseAddress);

    public Uri BaseAddress { get; }

    /// <summary>Starts a shop that stands still after the first changing statement that has a text.</summary>
    public static async Task<ShopProcess> StartAsync(ServerDatabase database, Uri mion, string stallAfter)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true
        };
        foreach (var argument in new[] { typeof(SandboxCheck).Assembly.Location, "shop", "--database", $"{database}", "--shop-port", "0", "--mion-port", $"{mion.Port}", "--stall-after", stallAfter })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        try
        {
            var line = await ReadUntilAsync(process, Announced);
            return new ShopProcess(process, new Uri(line[Announced.Length..].Trim()));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    /// <summary>Waits until it stands still.</summary>
    public Task StandsStillAsync() => ReadUntilAsync(_process, "Standing still.");

    /// <summary>SIGKILL: nothing in the process gets to know.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static async Task<string> ReadUntilAsync(Process process, string text)
    {
        using var limit = new CancellationTokenSource(_patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The shop ended before it said \"{text}\".");
    }
}
