using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Says whether the scheduled task runs.</summary>
public class TaskStepFactory(IScheduleTaskService scheduleTaskService, IStoreService storeService, PaymentTexts texts, TimeProvider timeProvider)
{
    public async Task<HealthStepModel> PrepareAsync(HealthSnapshot health)
    {
        var title = await texts.GetAsync("Health.Task.Title");
        if (await scheduleTaskService.GetTaskByTypeAsync(MionDefaults.PollTaskType) is not { } task)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Missing"));
        if (!task.Enabled)
            return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Disabled"));

        var now = timeProvider.GetUtcNow().UtcDateTime;
        var patience = TimeSpan.FromSeconds(task.Seconds * 3);
        var limit = now - (patience > MionDefaults.OverdueAfter ? patience : MionDefaults.OverdueAfter);
        var ranOn = health.FindTime(HealthFacts.Poll);
        if (ranOn >= limit)
            return new(HealthState.Good, title, await texts.GetAsync("Health.Task.Runs", await texts.TimeAsync(ranOn)));
        // right after the installation, or after being switched on, it has had no time to run
        if (ranOn is null && task.LastEnabledUtc > limit)
            return new(HealthState.Unknown, title, await texts.GetAsync("Health.Task.NotYet"));
        var store = (await storeService.GetAllStoresAsync()).FirstOrDefault();
        return new(HealthState.Bad, title, await texts.GetAsync("Health.Task.Late", store is null ? string.Empty : store.Url.TrimEnd('/') + "/scheduletask/runtask"));
    }
}
