using System.Diagnostics;
using NUnit.Framework;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>Waits for what happens in the background, for no longer than it takes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    public static async Task Async(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > _limit)
                Assert.Fail($"What was waited for did not happen within {_limit.TotalSeconds} s.");
            await Task.Delay(5);
        }
    }
}
