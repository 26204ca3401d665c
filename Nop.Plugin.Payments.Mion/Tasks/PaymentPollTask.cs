using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.ScheduleTasks;

namespace Nop.Plugin.Payments.Mion.Tasks;

/// <summary>nopCommerce's scheduled task: sees the payments of shoppers who never came back and whose webhook never arrived.</summary>
public class PaymentPollTask(Housekeeping housekeeping, PaymentPollService pollService, UnansweredSessions unanswered) : IScheduleTask
{
    public async Task ExecuteAsync()
    {
        await pollService.RunAsync();
        await unanswered.TellAsync();
        await housekeeping.RunAsync();
    }
}
