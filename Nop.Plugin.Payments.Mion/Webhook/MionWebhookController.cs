using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Setup;

namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>
/// Where Mion reports a change of a session.
/// </summary>
/// <remarks>
/// A call says that something has changed, not what: the token in the address names the session, and the state is read
/// from Mion. The body only helps to tell a call that was sent twice; a forged call achieves a look at Mion. A bare controller: no antiforgery
/// token, no guest record, no closed store. Every answer has a body, because nopCommerce logs an error and renders a
/// page for a 404 or 400 without one. The status tells the sender whether to try again: 200 handled, 404 unknown, 5xx
/// our own failure.
/// </remarks>
[IgnoreAntiforgeryToken]
[NoForm]
[TokenAddress]
public class MionWebhookController(
    HealthRecord healthRecord,
    LogDigest logDigest,
    PaymentConfirmationService confirmationService,
    PaymentSessionStore store,
    PluginLog log,
    SharedLookUps lookUps,
    WebhookRoundTrip roundTrip,
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
            // the token first: who has none costs neither memory nor time
            if (await lookUps.FindAsync(token, store.GetByWebhookTokenAsync) is not { } session)
                return await webhookTest.TryReceiveAsync(token) || await roundTrip.TryReceiveAsync(token) ? Answer(StatusCodes.Status200OK, "Test received.") : Answer(StatusCodes.Status404NotFound, "Unknown.");
            if (await ReadAsync() is not { } callback)
                return Answer(StatusCodes.Status413PayloadTooLarge, "The body is too large.");
            await log.DebugAsync($"Mion called about payment session {LogField.Row(session.Id)}.");
            await healthRecord.NoteAsync(HealthName.Webhook, storeId: session.StoreId);
            return await confirmationService.CheckAsync(session, CheckTrigger.Webhook, callback)
                ? Answer(StatusCodes.Status200OK, "Handled.")
                : Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.");
        }
        catch (MionApiException exception)
        {
            if (logDigest.ShouldWrite($"webhook {exception.Kind}", out var more))
                await log.WarningAsync($"a webhook could not be followed, the scheduled task will look again. {LogField.Failure(exception)}{LogField.More(more)}");
            return Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.");
        }
        catch (Exception exception) when (exception is BadHttpRequestException || HttpContext.RequestAborted.IsCancellationRequested)
        {
            // hung up in the middle of the body, or sent what is no HTTP: whoever it was does not hear the answer
            return Answer(StatusCodes.Status400BadRequest, "The request is not complete.");
        }
        catch (Exception exception)
        {
            if (logDigest.ShouldWrite($"webhook {exception.GetType().Name}", out var more))
                await log.ErrorAsync($"a webhook could not be handled.{LogField.More(more)}", exception);
            return Answer(StatusCodes.Status500InternalServerError, "Not handled; please try again.");
        }
    }

    /// <summary>Reads the body; null where it is too large.</summary>
    private async Task<Callback?> ReadAsync()
    {
        if (Request.ContentLength > MaxBodyBytes)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBodyBytes + 1);
        try
        {
            var length = await Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBodyBytes + 1), MaxBodyBytes + 1, throwOnEndOfStream: false, HttpContext.RequestAborted);
            return length > MaxBodyBytes ? null : Callback.From(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ObjectResult Answer(int status, string message) => StatusCode(status, new { message });
}
