using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// For controllers whose addresses hold a token, which is a key: no answer is cached, no script runs there but ours, whatever
/// is logged meanwhile is logged without the token, and what goes wrong, in the action or in its view, is answered in plain words.
/// </summary>
/// <remarks>
/// nopCommerce writes the path of the request beside every line of its log. The answer to an exception needs neither database
/// nor layout, since they may be what is broken; 503 tells a page to ask again.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TokenAddressAttribute : Attribute, IAuthorizationFilter, IAsyncResourceFilter, IOrderedFilter
{
    private const string OwnScriptsOnly = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'";

    /// <summary>Whether what stands in a token's place in an address is the number of a row, which is no key.</summary>
    public static bool IsPublic(string? token) => token is { Length: <= 10 } && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>Before all others: what another filter refuses, such as a form without its token, is logged as well.</summary>
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // the address must not travel to other sites, nor what it shows into a cache or an index
        var headers = context.HttpContext.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        // no-cache too: ASP.NET sets it for a page with a form, and warns in the host's log where it was not there
        headers.CacheControl = "no-cache, no-store";
        headers["X-Robots-Tag"] = "noindex";
        if (!IsPublic(context.RouteData.Values["token"] as string))
        {
            headers.ContentSecurityPolicy = OwnScriptsOnly;
            HideToken(context.HttpContext.Request);
        }
    }

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var executed = await next();
        var http = context.HttpContext;
        if (executed.Exception is not { } exception || executed.ExceptionHandled || http.Response.HasStarted
            || exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
            return;

        executed.ExceptionHandled = true;
        await LogAsync(http.RequestServices, exception);
        http.Response.Clear();
        http.Response.Headers.RetryAfter = "10";
        await PlainPage.Create(http.Request, "Page.Unavailable", StatusCodes.Status503ServiceUnavailable).ExecuteResultAsync(
            new ActionContext(http, context.RouteData, context.ActionDescriptor));
    }

    // the token stays in the route's values; a log gets the path without it, such as /mion/payment
    private static void HideToken(HttpRequest request)
    {
        request.Path = "/" + string.Join('/', request.Path.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries).Take(2));
        if (request.HttpContext.Features.Get<IHttpRequestFeature>() is { } feature)
            feature.RawTarget = request.PathBase + request.Path;
    }

    private static async Task LogAsync(IServiceProvider services, Exception exception)
    {
        try
        {
            // an open page asks every few seconds, and anybody can open many
            await services.GetRequiredService<PluginLog>().ErrorAsync($"a shopper's or a till's page could not be answered.", exception, $"address {exception.GetType().Name}");
        }
        catch (Exception)
        {
            // the log is in the same database; there is nobody left to tell
        }
    }
}
