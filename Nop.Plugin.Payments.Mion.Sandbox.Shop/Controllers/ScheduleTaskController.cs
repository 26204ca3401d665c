using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>Where the shop's own timer asks for a task; anybody may, so it runs only what is due.</summary>
public sealed class ScheduleTaskController(ScheduleTaskService tasks, ScheduleTaskRunner runner) : Controller
{
    [HttpPost]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> RunTask(string taskType)
    {
        var task = await tasks.GetTaskByTypeAsync(taskType);
        if (task is not null)
            await runner.RunDueAsync(task);
        return NoContent();
    }
}
