using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>
/// Runs scheduled tasks as nopCommerce does: by a POST to the store's own address. It looks at the table every second, so
/// that, unlike in a store, a changed period holds without a restart.
/// </summary>
internal sealed class TaskTimer(IServiceScopeFactory scopes, ShopAddress address, TimeProvider timeProvider) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), timeProvider);
        var start = timeProvider.GetUtcNow().UtcDateTime;
        var running = new Dictionary<int, Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (address.Value is not { } shop)
                    continue;
                foreach (var task in await DueAsync(start))
                {
                    if (!running.TryGetValue(task.Id, out var run) || run.IsCompleted)
                        running[task.Id] = PostAsync(client, shop, task, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the shop closes
        }
    }

    private async Task<IReadOnlyList<ScheduleTask>> DueAsync(DateTime start)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var all = await scope.ServiceProvider.GetRequiredService<IRepository<ScheduleTask>>().Table.ToListAsync();
        return [.. all.Where(task => task.Enabled && (task.LastStartUtc ?? task.LastEnabledUtc ?? start).AddSeconds(task.Seconds) <= now)];
    }

    private static async Task PostAsync(HttpClient client, Uri shop, ScheduleTask task, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent([new("taskType", task.Type)]);
            using var response = await client.PostAsync(new Uri(shop, "/scheduletask/runtask"), content, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // the shop's own log says what went wrong inside; from out here there is nothing to add
        }
    }
}

/// <summary>Where the shop listens; null before it does.</summary>
internal sealed class ShopAddress
{
    private volatile Uri? _value;

    public Uri? Value
    {
        get => _value;
        set => _value = value;
    }
}
