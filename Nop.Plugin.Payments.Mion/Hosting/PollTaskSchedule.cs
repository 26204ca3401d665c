using Nop.Core.Domain.ScheduleTasks;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// The plugin's row among nopCommerce's scheduled tasks. One task serves all stores, so its period is the shared interval.
/// </summary>
public class PollTaskSchedule(IScheduleTaskService scheduleTaskService, StoreSettings storeSettings, TimeProvider timeProvider)
{
    /// <summary>Adds the task where there is none; what the merchant has made of it stays.</summary>
    public async Task AddAsync()
    {
        if (await FindAsync() is not null)
            return;
        await scheduleTaskService.InsertTaskAsync(new ScheduleTask
        {
            Name = MionDefaults.PollTaskName,
            Type = MionDefaults.PollTaskType,
            Seconds = (await storeSettings.LoadAsync(storeId: 0)).PollIntervalSeconds,
            Enabled = true,
            LastEnabledUtc = timeProvider.GetUtcNow().UtcDateTime,
            StopOnError = false
        });
    }

    /// <summary>Sets the period; nopCommerce takes it over at its next start.</summary>
    public async Task SetPeriodAsync(int seconds)
    {
        if (await FindAsync() is not { } task || task.Seconds == seconds)
            return;
        task.Seconds = seconds;
        await scheduleTaskService.UpdateTaskAsync(task);
    }

    public async Task RemoveAsync()
    {
        if (await FindAsync() is { } task)
            await scheduleTaskService.DeleteTaskAsync(task);
    }

    private async Task<ScheduleTask?> FindAsync() => await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType);
}
