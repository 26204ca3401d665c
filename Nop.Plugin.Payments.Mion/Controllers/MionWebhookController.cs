using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Domain;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.Mion.Controllers;

/// <summary>
/// Where Mion reports a change of a session.
/// </summary>
/// <remarks>
/// A call says that something has changed, not what: the token in the address names the session, and the state is read
/// from Mion. So the body is not used, and a forged call achieves a look at Mion. A bare controller: no antiforgery
/// token, no guest record, no closed store. Every answer has a body, because nopCommerce logs an error and renders a
/// page for a 404 or 400 without one. The status tells the sender whether to try again: 200 handled, 404 unknown, 5xx
/// our own failure.
/// </remarks>
[IgnoreAntiforgeryToken]
public class MionWebhookController(
    HealthRecord healthRecord,
    ILogger logger,
    PaymentConfirmationService confirmationService,
    PaymentSessionStore store,
    WebhookTest webhookTest) : Controller
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>
    /// Receives a call.
    /// </summary>
    /// <param name="token">The session's webhook token.</param>
    public async Task<IActionResult> Receive(string token)
    {
        try
        {
            if (!HttpMethods.IsPost(Request.Method))
                return Answer(StatusCodes.Status405MethodNotAllowed, "Only POST is answered here.");
            if (!await IsBodyAcceptableAsync())
                return Answer(StatusCodes.Status413PayloadTooLarge, "The body is too large.");
            if (await store.GetByWebhookTokenAsync(token) is not { } session)
                return await webhookTest.TryReceiveAsync(token) ? Answer(StatusCodes.Status200OK, "Test received.") : Answer(StatusCodes.Status404NotFound, "Unknown.");
            await healthRecord.NoteAsync(HealthName.Webhook);
            return await confirmationService.CheckAsync(session, CheckTrigger.Webhook)
                ? Answer(StatusCodes.Status200OK, "Handled.")
                : Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.");
        }
        catch (MionApiException exception)
        {
            await logger.WarningAsync($"{MionDefaults.SystemName}: a webhook could not be followed, the scheduled task will look again. {exception.Message}");
            return Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.");
        }
        catch (Exception exception) when (exception is not BadHttpRequestException)
        {
            await logger.ErrorAsync($"{MionDefaults.SystemName}: a webhook could not be handled.", exception);
            return Answer(StatusCodes.Status500InternalServerError, "Not handled; please try again.");
        }
    }

    private async Task<bool> IsBodyAcceptableAsync()
    {
        if (Request.ContentLength > MaxBodyBytes)
            return false;
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            for (int total = 0, read; (read = await Request.Body.ReadAsync(buffer, HttpContext.RequestAborted)) > 0;)
            {
                if ((total += read) > MaxBodyBytes)
                    return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ObjectResult Answer(int status, string message) => StatusCode(status, new { message });
}
