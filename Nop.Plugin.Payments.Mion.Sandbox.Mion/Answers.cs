using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// Handlers that read the request themselves. ASP.NET Core compiles code for each handler that it has to bind parameters
/// for; a stand-in lives for one test, and there are thousands.
/// </summary>
internal static class Answers
{
    public static RequestDelegate Answer(Func<HttpRequest, IResult> answer) => context => answer(context.Request).ExecuteAsync(context);

    public static RequestDelegate Answer(Func<HttpRequest, Task<IResult>> answer) =>
        async context => await (await answer(context.Request)).ExecuteAsync(context);

    /// <summary>A part of the path, by the name it has in the route.</summary>
    public static string Part(this HttpRequest request, string name) => (string)request.RouteValues[name]!;
}
