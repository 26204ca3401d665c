using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Nop.Plugin.Payments.Mion.Sandbox.Mion.Answers;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// The same controls over HTTP, for tests that drive a real store and have the stand-in in another process. Open to
/// whoever reaches the port, which is why the stand-in listens on the loopback address only.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><c>GET /_sessions</c>, <c>GET /_sessions/{id}</c>: <see cref="StandInSession"/></item>
/// <item><c>POST /_sessions/{id}/{act}</c>: one of <see cref="Payers.Acts"/>; <c>?lnInvoice=</c> names a till's attempt.
/// 404 unknown, 409 not possible now</item>
/// <item><c>GET /_faults</c>; <c>POST /_faults</c>: one <see cref="FaultRule"/> or an array; <c>DELETE /_faults</c></item>
/// <item><c>GET /_journal</c>: counters and latest requests</item>
/// <item><c>POST /_key</c>: <see cref="KeyChange"/>; <c>POST /_compliance</c>: <see cref="StandInCompliance"/>; <c>POST /_card</c>: <see cref="StandInCard"/></item>
/// </list>
/// </remarks>
internal sealed class ControlEndpoints(MionStandIn standIn)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_sessions", Answer(_ => Json(standIn.Sessions)));
        routes.MapGet("/_sessions/{id}", Answer(request => standIn.Find(request.Part("id")) is { } session
            ? Json(session)
            : Problem(StatusCodes.Status404NotFound, "no such session")));
        routes.MapPost("/_sessions/{id}/{act}", Answer(request => Act(request.Part("act"), request.Part("id"), request.Query["lnInvoice"])));
        routes.MapGet("/_faults", Answer(_ => Json(new { standIn.Faults.Active, standIn.Faults.Injected })));
        routes.MapPost("/_faults", Answer(AddFaultsAsync));
        routes.MapDelete("/_faults", Answer(_ =>
        {
            standIn.Faults.Clear();
            return Results.NoContent();
        }));
        routes.MapGet("/_journal", Answer(_ => Json(new
        {
            Calls = standIn.AllCalls,
            standIn.DuplicateReferences,
            standIn.PeakConcurrency,
            Entries = standIn.Journal
        })));
        routes.MapPost("/_key", Answer(request => ReadAsync<KeyChange>(request, ChangeKey)));
        routes.MapPost("/_compliance", Answer(request => ReadAsync<StandInCompliance>(request, answer => standIn.Compliance = answer)));
        routes.MapPost("/_card", Answer(request => ReadAsync<StandInCard>(request, card => standIn.Card = card)));
    }

    private IResult Act(string act, string id, string? lnInvoice)
    {
        try
        {
            return Json(standIn.Act(act, id, lnInvoice));
        }
        catch (InvalidOperationException exception)
        {
            return Problem(StatusCodes.Status409Conflict, exception.Message);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or ArgumentException)
        {
            return Problem(StatusCodes.Status404NotFound, exception.Message);
        }
    }

    private Task<IResult> AddFaultsAsync(HttpRequest request) => ReadAsync<JsonElement>(request, body =>
        standIn.Faults.Add(body.ValueKind == JsonValueKind.Array
            ? body.Deserialize<FaultRule[]>(StandInJson.Options)!
            : [body.Deserialize<FaultRule>(StandInJson.Options)!]));

    private void ChangeKey(KeyChange change)
    {
        if (change.Permissions is { } permissions)
            standIn.Permissions = permissions.Aggregate(MionPermissions.None, (all, permission) => all | permission);
        if (change.ApiKey is { } secret)
            standIn.RotateKey(secret);
    }

    private static async Task<IResult> ReadAsync<T>(HttpRequest request, Action<T> use)
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, StandInJson.Options, request.HttpContext.RequestAborted);
            if (value is null)
                return Problem(StatusCodes.Status400BadRequest, "The body is empty.");
            use(value);
            return Results.NoContent();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return Problem(StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    private static IResult Json(object value) => Results.Json(value, StandInJson.Options);

    private static IResult Problem(int statusCode, string message) => Results.Json(new { message }, StandInJson.Options, statusCode: statusCode);

    /// <summary>What changes about the first key; null leaves it as it is.</summary>
    private sealed class KeyChange
    {
        public string? ApiKey { get; init; }

        public MionPermissions[]? Permissions { get; init; }
    }
}
