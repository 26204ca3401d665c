using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Databases of shops that have installed the plugin, one of each kind: a test's shop begins as a copy of one, which
/// takes a third of the time that setting it up takes.
/// </summary>
internal static class ReadyShops
{
    private static readonly ConcurrentDictionary<(string, bool, bool), Lazy<Task<string>>> _files = new();

    public static Task<string> GetAsync(string primaryCurrency, bool onePageCheckout, bool secondStore)
        => _files.GetOrAdd((primaryCurrency, onePageCheckout, secondStore), _ => new(() => MakeAsync(new DemoShopOptions
        {
            TimeProvider = new MovableTime(),
            PrimaryCurrency = primaryCurrency,
            OnePageCheckout = onePageCheckout,
            SecondStore = secondStore,
            DatabaseFile = Path.Combine(Directory.CreateTempSubdirectory("mion-ready-shop-").FullName, "shop.sqlite")
        }))).Value;

    private static async Task<string> MakeAsync(DemoShopOptions options)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(options.DatabaseFile)!, recursive: true);
        await using (await DemoShop.StartAsync(options))
            return options.DatabaseFile!;
    }
}
