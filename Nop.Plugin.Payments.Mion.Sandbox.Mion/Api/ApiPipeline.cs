using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>One authenticated call.</summary>
internal sealed record ApiCall(HttpContext Http, ApiKey Key)
{
    /// <summary>A part of the path, or of what stands behind its question mark, under whatever name.</summary>
    public string Route(string name) => (string?)Http.Request.RouteValues[name] ?? Http.Request.Query.Select(each => each.Value.ToString())
        .FirstOrDefault() ?? string.Empty;

    /// <exception cref="ApiRefusal">403.</exception>
    public void Require(MionPermissions permission)
    {
        if (!Key.Permissions.HasFlag(permission))
            throw new ApiRefusal(StatusCodes.Status403Forbidden, $"The API key lacks the permission {permission}.");
    }
}

/// <summary>What every operation goes through: journal, faults, key, permission.</summary>
internal sealed class ApiPipeline(ApiKeyRing keys, RequestJournal journal, FaultInjector faults)
{
    public RequestDelegate Serve(string operation, Func<ApiCall, Task<ApiAnswer>> perform) =>
        context => ServeAsync(context, operation, perform);

    private async Task ServeAsync(HttpContext context, string operation, Func<ApiCall, Task<ApiAnswer>> perform)
    {
        journal.Begin(operation);
        var (statusCode, played) = (0, (string?)null);
        try
        {
            (statusCode, played) = await faults.AnswerAsync(context, operation, () => PerformAsync(context, perform));
        }
        finally
        {
            journal.End(operation, statusCode, played);
        }
    }

    private async Task<ApiAnswer> PerformAsync(HttpContext context, Func<ApiCall, Task<ApiAnswer>> perform)
    {
        try
        {
            var key = keys.Find(context.Request)
                ?? throw new ApiRefusal(StatusCodes.Status401Unauthorized, "The API key is missing or wrong.");
            var call = new ApiCall(context, key);
            call.Require(MionPermissions.PaymentsReadWrite);
            return await perform(call);
        }
        catch (ApiRefusal refusal)
        {
            return refusal.Answer;
        }
    }
}
