using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Logging;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// The plugin's log over a store's log that only listens.
/// </summary>
internal static class FakeLog
{
    /// <summary>One that nobody reads.</summary>
    public static PluginLog Silent() => Over(Mock.Of<ILogger>());

    /// <summary>One that ends in a given log.</summary>
    /// <param name="logger">The store's log.</param>
    /// <param name="settings">What the merchant has chosen; nothing for the settings of a new store.</param>
    /// <param name="time">The clock.</param>
    public static PluginLog Over(ILogger logger, FakeSettings? settings = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(logger)
            .AddSingleton(Mock.Of<IStoreService>())
            .AddSingleton<IHttpContextAccessor, HttpContextAccessor>()
            .AddSingleton((settings ?? new FakeSettings(storeId: 0)).Store);
        return new PluginLog(new BackgroundScope(services.BuildServiceProvider().GetRequiredService<IServiceScopeFactory>()), time ?? TimeProvider.System);
    }
}
