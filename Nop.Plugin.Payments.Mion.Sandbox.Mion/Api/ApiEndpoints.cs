using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Mion's operations. The paths are the contract's: Mion's guides name the operations, not their addresses.</summary>
internal sealed class ApiEndpoints(
    SessionStore sessions,
    ApiPipeline pipeline,
    ComplianceDesk compliance,
    RequestJournal journal,
    StandInContract contract,
    TimeProvider time)
{
    private const string Id = "paymentSessionId";

    private readonly ApiShapes _shapes = new(contract);

    public void Map(IEndpointRouteBuilder routes)
    {
        MapOperation("create.path", MionOperations.CreateSession, CreateAsync);
        MapOperation("byReference.path", MionOperations.GetByReference, GetByReferenceAsync);
        MapOperation("status.path", MionOperations.GetStatus, GetStatusAsync);
        MapOperation("webhook.path", MionOperations.RegisterWebhook, RegisterWebhookAsync);
        MapOperation("attempt.path", MionOperations.CreateAttempt, CreateAttemptAsync);
        var byId = contract["create.path"].Split(' ')[1] + $"/{{{Id}}}";
        if (contract["status.path"] != $"GET {byId}")
            routes.MapGet(byId, pipeline.Serve(MionOperations.GetSession, GetAsync));
        routes.MapFallback("{**path}", (RequestDelegate)UnknownAsync);

        // what stands behind a question mark is no part of a route
        void MapOperation(string key, string operation, Func<ApiCall, Task<ApiAnswer>> perform) =>
            routes.MapMethods(contract[key].Split(' ')[1].Split('?')[0], [contract[key].Split(' ')[0]], pipeline.Serve(operation, perform));
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        var fields = await JsonFields.ReadAsync(call.Http.Request, contract);
        var request = CreateSessionRequest.Read(fields, contract, time.GetUtcNow());
        if (request.RetailPos)
            call.Require(MionPermissions.RetailPosCreate);
        return ApiAnswer.Of(StatusCodes.Status201Created, _shapes.Created(sessions.Create(request, call.Key.Merchant)));
    }

    private Task<ApiAnswer> GetAsync(ApiCall call) =>
        Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, _shapes.Session(Find(call).Read())));

    private Task<ApiAnswer> GetByReferenceAsync(ApiCall call)
    {
        // a path is decoded when it gets here, but for slashes
        var reference = call.Route("reference").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var session = sessions.FindByReference(call.Key.Merchant, reference);
        if (contract.ListField is not null)
            return Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, _shapes.Listed(session?.Read())));
        if (session is null)
            throw NotFound();
        return Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, _shapes.Session(session.Read())));
    }

    private Task<ApiAnswer> GetStatusAsync(ApiCall call) =>
        Task.FromResult(ApiAnswer.Of(StatusCodes.Status200OK, _shapes.Status(Find(call).Read())));

    private async Task<ApiAnswer> RegisterWebhookAsync(ApiCall call)
    {
        if (contract.HasAccountWebhook)
        {
            sessions.RegisterForAll(call.Key.Merchant,
                RegisterWebhookRequest.Read(await JsonFields.ReadAsync(call.Http.Request, contract)));
            return ApiAnswer.Of(StatusCodes.Status201Created, new { });
        }

        var fields = contract["webhook.paymentSessionId"].Length > 0 ? await JsonFields.ReadAsync(call.Http.Request, contract) : null;
        var session = fields is null ? Find(call) : Find(call, fields.Text("webhook.paymentSessionId") ?? string.Empty);
        var webhook = RegisterWebhookRequest.Read(fields ?? await JsonFields.ReadAsync(call.Http.Request, contract));
        session.Register(webhook);
        return ApiAnswer.Of(StatusCodes.Status201Created, new { session.Read().PaymentSessionId, url = webhook.OriginalString });
    }

    private async Task<ApiAnswer> CreateAttemptAsync(ApiCall call)
    {
        call.Require(MionPermissions.RetailPosCreate);
        var inPath = call.Http.Request.RouteValues.ContainsKey(Id);
        var fields = inPath ? null : await JsonFields.ReadAsync(call.Http.Request, contract);
        var session = fields is null ? Find(call) : Find(call, fields.Peek("attempt.paymentSessionId"));
        var state = session.Read();
        CreateAttemptRequest.Read(fields ?? await JsonFields.ReadAsync(call.Http.Request, contract), state.PaymentSessionId,
            state.RetailPos);
        try
        {
            var attempt = session.NewAttempt(compliance.Answer);
            return ApiAnswer.Of(StatusCodes.Status201Created, _shapes.Attempt(state.PaymentSessionId, attempt));
        }
        catch (InvalidOperationException exception)
        {
            throw new ApiRefusal(StatusCodes.Status409Conflict, exception.Message);
        }
    }

    /// <summary>A session of another merchant is as unknown as one that never was.</summary>
    private PaymentSession Find(ApiCall call) => Find(call, call.Route(Id));

    private PaymentSession Find(ApiCall call, string id) =>
        sessions.Find(id) is { } session && session.Read().Merchant == call.Key.Merchant
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
