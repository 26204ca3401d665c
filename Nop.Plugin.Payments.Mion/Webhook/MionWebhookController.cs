using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Webhook;

/// <summary>Where Mion reports a change of a session.</summary>
/// <remarks>
/// A call says that something has changed, not what: the token in the address names the session, or the body where Mion
/// calls one address for all, and the state is read from Mion. The body is not believed, signed or not; a forged call
/// achieves a look at Mion, and one that announces a payment of which Mion's status knows nothing yet is to be repeated.
/// A bare controller: no antiforgery token, no guest record, no closed store. Every answer has a body, because nopCommerce
/// logs an error and renders a page for a 404 or 400 without one. The status tells the sender whether to try again: 200
/// handled, 401 not signed as it should be, 404 unknown, 5xx our own failure.
/// </remarks>
[IgnoreAntiforgeryToken]
[NoForm]
[TokenAddress]
public class MionWebhookController(
    CallbackReader callbackReader,
    PaymentConfirmation confirmation,
    PaymentJournal journal,
    PaymentMetrics metrics,
    PaymentSessionStore store,
    PluginLog log,
    SingleFlight<string, WebhookResult> calls,
    WebhookTestCalls testCalls) : Controller
{
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>Receives a call.</summary>
    /// <param name="token">Names the session; none where Mion calls for all sessions of the account, and the body names it.</param>
    public async Task<IActionResult> Receive(string? token)
    {
        try
        {
            if (!HttpMethods.IsPost(Request.Method))
                return Answer(StatusCodes.Status405MethodNotAllowed, "Only POST is answered here.");
            if (token is not null && !SecretToken.IsWellFormed(token))
                return Answer(StatusCodes.Status404NotFound, "Unknown.");
            if (await ReadBodyAsync() is not { } body)
                return Answer(StatusCodes.Status413PayloadTooLarge, "The body is too large.");
            if (await callbackReader.ReadAsync(token, Request.Headers, body) is not { } call)
                return Answer(StatusCodes.Status401Unauthorized, "The signature is missing or wrong.");
            if ((token ?? (call.MayNameSession ? call.PaymentSessionId : null)) is not { } key)
                return Answer(StatusCodes.Status404NotFound, "Unknown.");
            // one that is sent five times at once is followed twice: by the first, and by the other four together; what anybody
            // can have sent leads to no more reads at Mion than an open payment page
            return await calls.RunAsync($"{key} {call.SaysPaid}", call.IsMions ? TimeSpan.Zero : MionDefaults.SharedReadAge,
                () => FollowAsync(token, call)) switch
            {
                WebhookResult.Handled => Answer(StatusCodes.Status200OK, "Handled."),
                WebhookResult.Test => Answer(StatusCodes.Status200OK, "Test received."),
                WebhookResult.Unknown => Answer(StatusCodes.Status404NotFound, "Unknown."),
                _ => Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.")
            };
        }
        catch (MionApiException exception)
        {
            await log.WarningAsync($"a webhook could not be followed, the scheduled task will look again. {LogField.Failure(exception)}", onceFor: $"webhook {exception.Kind}");
            return Answer(StatusCodes.Status503ServiceUnavailable, "Not handled; please try again.");
        }
        catch (Exception exception) when (exception is BadHttpRequestException || HttpContext.RequestAborted.IsCancellationRequested)
        {
            // hung up in the middle of the body, or sent what is no HTTP: whoever it was does not hear the answer
            return Answer(StatusCodes.Status400BadRequest, "The request is not complete.");
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"a webhook could not be handled.", exception, $"webhook {exception.GetType().Name}");
            return Answer(StatusCodes.Status500InternalServerError, "Not handled; please try again.");
        }
    }

    private async Task<WebhookResult> FollowAsync(string? token, Callback call)
    {
        var session = token is null ? await store.GetByPaymentSessionIdAsync(call.PaymentSessionId!)
            : await store.GetByWebhookTokenAsync(token);
        if (session is null)
            return await IsTestAsync(token, call) ? WebhookResult.Test : WebhookResult.Unknown;
        if (token is not null || call.IsSigned)
            callbackReader.NoteProof(call, session);
        await log.DebugAsync($"Mion called about payment session {LogField.Row(session.Id)}.");
        await journal.CalledAsync(session);
        var isChecked = await confirmation.CheckAsync(session, CheckTrigger.Webhook);
        return isChecked && (!call.SaysPaid || session.PaidOnUtc is not null) ? WebhookResult.Handled : WebhookResult.NotHandled;
    }

    private Task<bool> IsTestAsync(string? token, Callback call) =>
        token is null ? testCalls.TryReceiveSessionAsync(call.PaymentSessionId!) : testCalls.TryReceiveAsync(token);

    private async Task<byte[]?> ReadBodyAsync()
    {
        if (Request.ContentLength > MaxBodyBytes)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBodyBytes + 1);
        try
        {
            var length = await Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, MaxBodyBytes + 1), MaxBodyBytes + 1, throwOnEndOfStream: false, HttpContext.RequestAborted);
            return length <= MaxBodyBytes ? buffer.AsSpan(0, length).ToArray() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ObjectResult Answer(int status, string message)
    {
        metrics.Answered(status);
        return StatusCode(status, new { message });
    }
}
