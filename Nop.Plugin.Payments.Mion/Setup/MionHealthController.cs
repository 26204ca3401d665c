using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>How the plugin is doing, for uptime monitors and load balancers: what <em>System › Warnings</em> says, as JSON.</summary>
/// <remarks>A bare controller, as the webhook's: a machine is no guest, and is answered where the store is closed too.</remarks>
[IgnoreAntiforgeryToken]
[NoForm]
public class MionHealthController(
    HealthKey healthKey,
    HealthModelFactory modelFactory,
    PaymentTexts texts,
    PluginLog log,
    SingleFlight<string, HealthModel> checks) : Controller
{
    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(10);

    /// <summary>200 where nothing is wrong, else 503; 401 for a wrong key, 404 where no key was made.</summary>
    public async Task<IActionResult> Check()
    {
        Response.Headers.CacheControl = "no-store";
        try
        {
            if (!HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method))
                return StatusCode(StatusCodes.Status405MethodNotAllowed, new { message = "Only GET is answered here." });
            if (await healthKey.IsGoodAsync(ReadKey()) is not { } isGood)
                return StatusCode(StatusCodes.Status404NotFound, new { message = "Unknown." });
            if (isGood)
                return Answer(await checks.RunAsync(MionDefaults.SystemName, _maxAge, PrepareAsync));
            Response.Headers.WWWAuthenticate = "Bearer";
            return StatusCode(StatusCodes.Status401Unauthorized, new { message = "The key is missing or wrong." });
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the health could not be found out.", exception, $"health {exception.GetType().Name}");
            return StatusCode(StatusCodes.Status503ServiceUnavailable, new { status = "unknown" });
        }
    }

    private Task<HealthModel> PrepareAsync()
    {
        texts.WriteForOwner();
        return modelFactory.PrepareAsync(storeId: 0);
    }

    private string? ReadKey() => AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : null;

    private ObjectResult Answer(HealthModel health) => StatusCode(
        health.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
        new
        {
            status = health.IsHealthy ? "healthy" : "unhealthy",
            checks = new { key = Describe(health.Key), webhook = Describe(health.Webhook), task = Describe(health.Task) },
            open = health.OpenSessions,
            overdue = health.Overdue,
            needsPerson = health.WaitingForPerson
        });

    private static object Describe(HealthStepModel step) => new { state = step.State.ToString().ToLowerInvariant(), text = step.Text };
}
