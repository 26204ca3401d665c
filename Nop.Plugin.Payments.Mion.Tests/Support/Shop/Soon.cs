using System.Diagnostics;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>Waits for what happens in the background, for no longer than it takes.</summary>
internal static class Soon
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a condition holds; fails the test where it never does.</summary>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="condition">Asked again and again.</param>
    public static async Task Async(string what, Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > _limit)
                Assert.Fail($"Within {_limit.TotalSeconds} s it did not happen that {what}.");
            await Task.Delay(10);
        }
    }

    /// <inheritdoc cref="Async(string, Func{Task{bool}})"/>
    public static Task Async(string what, Func<bool> condition) => Async(what, () => Task.FromResult(condition()));
}
