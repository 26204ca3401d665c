using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop;

/// <summary>
/// A demo shop that has loaded the plugin as a store does, listening on 127.0.0.1. Several can run in one process.
/// </summary>
public sealed class DemoShop : IAsyncDisposable
{
    private static int _isValidated;

    private readonly WebApplication _app;
    private readonly ShopDatabase _database;

    private DemoShop(WebApplication app, ShopDatabase database, Uri baseAddress)
    {
        _app = app;
        _database = database;
        BaseAddress = baseAddress;
    }

    /// <summary>Where the shop listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The container; what is scoped needs a scope, see <see cref="InScopeAsync{T}"/>.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The orders that were reported as paid, once for each report.</summary>
    public IReadOnlyList<int> PaidOrders => Services.GetRequiredService<PaidOrders>().OrderIds;

    /// <summary>Where mails go that are sent past the queue.</summary>
    public MailServer MailServer => Services.GetRequiredService<MailServer>();

    /// <summary>Whether the plugin is installed.</summary>
    public bool IsPluginInstalled => Services.GetRequiredService<PluginInstallation>().IsInstalled;

    /// <summary>Starts a shop.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidOperationException">There is no plugin where it should be.</exception>
    public static async Task<DemoShop> StartAsync(DemoShopOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var plugin = LoadedPlugin.Load(options.PluginFolder);
        var database = new ShopDatabase(options.DatabaseFile, options.StatementHook, options.Server, options.StatementListener, options.QueryHook, options.CopyOf, options.DatabaseTime ?? options.TimeProvider);
        WebApplication? app = null;
        try
        {
            app = Build(options, plugin, database);
            await using (var scope = app.Services.CreateAsyncScope())
                await ShopSeed.PlantAsync(scope.ServiceProvider, options);
            ShopPipeline.Use(app, plugin);
            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            await using (var scope = app.Services.CreateAsyncScope())
                await ShopSeed.MoveInAsync(scope.ServiceProvider, options, address);
            var installation = app.Services.GetRequiredService<PluginInstallation>();
            await installation.StartAsync();
            if (options.InstallPlugin)
                await installation.InstallAsync();
            app.Services.GetRequiredService<ShopAddress>().Value = address;
            return new DemoShop(app, database, address);
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync();
            database.Dispose();
            throw;
        }
    }

    /// <summary>Installs the plugin: its migrations, then its own installation.</summary>
    public Task InstallPluginAsync() => Services.GetRequiredService<PluginInstallation>().InstallAsync();

    /// <summary>Uninstalls the plugin.</summary>
    public Task UninstallPluginAsync() => Services.GetRequiredService<PluginInstallation>().UninstallAsync();

    /// <summary>Runs work with services of a scope of its own, outside any request.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>An order as it is in the database, deleted or not.</summary>
    public Task<Order> GetOrderAsync(int orderId)
        => InScopeAsync(services => services.GetRequiredService<IRepository<Order>>().GetByIdAsync(orderId));

    /// <summary>The texts of an order's notes, the oldest first.</summary>
    public Task<IReadOnlyList<string>> GetNotesAsync(int orderId)
        => InScopeAsync<IReadOnlyList<string>>(async services =>
            [.. (await services.GetRequiredService<OrderService>().GetOrderNotesByOrderIdAsync(orderId)).Select(note => note.Note)]);

    /// <summary>How many guests there are: one more for each request that asked who was there and found nobody.</summary>
    public Task<int> CountGuestsAsync()
        => InScopeAsync(services => services.GetRequiredService<IRepository<Customer>>().Table.CountAsync(customer => customer.Email == null && !customer.IsSystemAccount));

    /// <summary>The lines of the shop's log, the oldest first.</summary>
    public Task<IReadOnlyList<Log>> GetLogAsync()
        => InScopeAsync<IReadOnlyList<Log>>(async services => await services.GetRequiredService<IRepository<Log>>().Table.OrderBy(line => line.Id).ToListAsync());

    /// <summary>Sets a setting by its name, for one store or for all (0).</summary>
    public Task SetSettingAsync(string name, string value, int storeId = 0)
        => InScopeAsync(async services =>
        {
            var settings = services.GetRequiredService<SettingService>();
            await settings.SetAsync(name, value, storeId);
            await settings.ClearCacheAsync();
            return true;
        });

    /// <summary>The value of a setting of exactly this store, or null.</summary>
    public Task<string?> GetSettingAsync(string name, int storeId = 0)
        => InScopeAsync(async services => (await services.GetRequiredService<IRepository<Setting>>().Table
            .FirstOrDefaultAsync(row => row.Name == name.ToLowerInvariant() && row.StoreId == storeId))?.Value);

    /// <summary>Runs a scheduled task now, by the request by which the shop's own timer runs it.</summary>
    /// <exception cref="InvalidOperationException">There is no such task.</exception>
    public async Task RunTaskAsync(string type)
    {
        await InScopeAsync(async services =>
        {
            var tasks = services.GetRequiredService<IRepository<ScheduleTask>>();
            var task = await tasks.Table.FirstOrDefaultAsync(candidate => candidate.Type == type)
                ?? throw new InvalidOperationException($"There is no scheduled task {type}.");
            task.LastStartUtc = null;
            await tasks.UpdateAsync(task);
            return true;
        });
        using var client = new HttpClient { BaseAddress = BaseAddress };
        using var content = new FormUrlEncodedContent([new("taskType", type)]);
        using var response = await client.PostAsync("scheduletask/runtask", content);
        response.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5)))
            await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
        _database.Dispose();
    }

    private static WebApplication Build(DemoShopOptions options, LoadedPlugin plugin, ShopDatabase database)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DemoShop).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production
        });
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Host.UseDefaultServiceProvider(provider =>
        {
            provider.ValidateScopes = true;
            // all that can be wrong is wrong in the first shop of a process as well
            provider.ValidateOnBuild = Interlocked.Exchange(ref _isValidated, 1) == 0;
        });
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<ShopAddress>();
        ShopServices.Add(builder.Services, builder.Configuration, plugin, options);
        return builder.Build();
    }
}
