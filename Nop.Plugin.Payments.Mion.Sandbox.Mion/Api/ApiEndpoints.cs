using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Mion's operations. The paths are assumed: Mion's guides name the operations, not their addresses.</summary>
internal sealed class ApiEndpoints(
    SessionStore sessions, ApiPipeline pipeline, ComplianceDesk compliance, RequestJournal journal, TimeProvider time)
{
    private const string Sessions = "/payment-sessions";
    private const string Session = Sessions + "/{id}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Sessions, pipeline.Serve(MionOperations.CreateSession, CreateAsync));
        routes.MapGet(Session, pipeline.Serve(MionOperations.GetSession, GetAsync));
        routes.MapGet(Sessions + "/reference/{reference}", pipeline.Serve(MionOperations.GetByReference, GetByReferenceAsync));
        routes.MapGet(Session + "/status", pipeline.Serve(MionOperations.GetStatus, GetStatusAsync));
        routes.MapPost(Session + "/webhook", pipeline.Serve(MionOperations.RegisterWebhook, RegisterWebhookAsync));
        routes.MapPost(Session + "/payment-attempts", pipeline.Serve(MionOperations.CreateAttempt, CreateAttemptAsync));
        routes.MapFallback("{**path}", (RequestDelegate)UnknownAsync);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var fields = await JsonFields.ReadAsync(call.Http.Request);
        var request = CreateSessionRequest.Read(fields, time.GetUtcNow());
        if (request.RetailPos)
            call.Require(MionPermissions.RetailPosCreate);
        return ApiAnswer.Of(StatusCodes.Status201Created, ApiShapes.Created(sessions.Create(request, call.Key.Merchant)));
    }

    private Task<ApiAnswer> GetAsync(ApiCall call) =>
        Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, ApiShapes.Session(Find(call).Read())));

    private Task<ApiAnswer> GetByReferenceAsync(ApiCall call)
    {
        // a path is decoded when it gets here, but for slashes
        var reference = call.Route("reference").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var session = sessions.FindByReference(call.Key.Merchant, reference) ?? throw NotFound();
        return Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, ApiShapes.Session(session.Read())));
    }

    private Task<ApiAnswer> GetStatusAsync(ApiCall call) =>
        Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, ApiShapes.Status(Find(call).Read())));

    private async Task<ApiAnswer> RegisterWebhookAsync(ApiCall call)
    {
        var session = Find(call);
        var webhook = RegisterWebhookRequest.Read(await JsonFields.ReadAsync(call.Http.Request));
        session.Register(webhook);
        return ApiAnswer.Of(StatusCodes.Status201Created, new { session.Read().PaymentSessionId, url = webhook.OriginalString });
    }

    private async Task<ApiAnswer> CreateAttemptAsync(ApiCall call)
    {
        call.Require(MionPermissions.RetailPosCreate);
        var session = Find(call);
        var state = session.Read();
        CreateAttemptRequest.Read(await JsonFields.ReadAsync(call.Http.Request), state.PaymentSessionId, state.RetailPos);
        try
        {
            var attempt = session.NewAttempt(compliance.Answer);
            return ApiAnswer.Of(StatusCodes.Status201Created, ApiShapes.Attempt(state.PaymentSessionId, attempt));
        }
        catch (InvalidOperationException exception)
        {
            throw new ApiRefusal(StatusCodes.Status409Conflict, exception.Message);
        }
    }

    /// <summary>A session of another merchant is as unknown as one that never was.</summary>
    private PaymentSession Find(ApiCall call) =>
        sessions.Find(call.Route("id")) is { } session && session.Read().Merchant == call.Key.Merchant
            ? sessions.Forgotten.TryGetValue(session.Read().PaymentSessionId, out var isGone) ? throw (isGone ? Gone() : NotFound()) : session
            : throw NotFound();

    private Task UnknownAsync(HttpContext context)
    {
        journal.Count(MionOperations.Unknown, StatusCodes.Status404NotFound, null);
        return ApiAnswer.Of(StatusCodes.Status404NotFound, new { message = "Mion has no such operation." }).WriteAsync(context);
    }

    private static ApiRefusal Gone() => new(StatusCodes.Status410Gone, "The payment session was deleted.");

    private static ApiRefusal NotFound() => new(StatusCodes.Status404NotFound, "There is no such payment session.");
}
