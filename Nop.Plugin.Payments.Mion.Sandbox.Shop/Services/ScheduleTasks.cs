using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.ScheduleTasks;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

public sealed class ScheduleTaskService(IRepository<ScheduleTask> tasks) : IScheduleTaskService
{
    public Task DeleteTaskAsync(ScheduleTask task) => tasks.DeleteAsync(task);

    public async Task<ScheduleTask> GetTaskByTypeAsync(string type)
        => (await tasks.Table.Where(task => task.Type == type).OrderByDescending(task => task.Id).FirstOrDefaultAsync())!;

    public Task InsertTaskAsync(ScheduleTask task) => tasks.InsertAsync(task);

    public Task UpdateTaskAsync(ScheduleTask task) => tasks.UpdateAsync(task);

    public async Task<IList<ScheduleTask>> GetAllAsync() => await tasks.Table.OrderBy(task => task.Id).ToListAsync();
}

/// <summary>Runs a task inside the current request, with nopCommerce's bookkeeping.</summary>
public sealed class ScheduleTaskRunner(ScheduleTaskService tasks, LoadedPlugin plugin, IServiceProvider services, ILogger logger, TimeProvider timeProvider)
{
    /// <summary>Runs the task if it is enabled and its period is over.</summary>
    public async Task RunDueAsync(ScheduleTask task)
    {
        var sinceStart = timeProvider.GetUtcNow().UtcDateTime - task.LastStartUtc;
        if (!task.Enabled || sinceStart < TimeSpan.FromSeconds(task.Seconds))
            return;
        try
        {
            await RunAsync(task);
        }
        catch (Exception exception)
        {
            task.Enabled = !task.StopOnError;
            task.LastEndUtc = timeProvider.GetUtcNow().UtcDateTime;
            await tasks.UpdateTaskAsync(task);
            await logger.ErrorAsync($"Error while running the '{task.Name}' schedule task. {exception.Message}", exception);
        }
    }

    /// <summary>Runs the task whatever its period; an exception is the caller's, as with <em>Run now</em>.</summary>
    public async Task RunAsync(ScheduleTask task)
    {
        var type = plugin.Assembly.GetType(task.Type) ?? throw new InvalidOperationException($"Schedule task ({task.Type}) cannot by instantiated");
        var instance = (IScheduleTask)(services.GetService(type) ?? ActivatorUtilities.CreateInstance(services, type));
        task.LastStartUtc = timeProvider.GetUtcNow().UtcDateTime;
        await tasks.UpdateTaskAsync(task);
        await instance.ExecuteAsync();
        task.LastEndUtc = task.LastSuccessUtc = timeProvider.GetUtcNow().UtcDateTime;
        await tasks.UpdateTaskAsync(task);
    }
}
