using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// For controllers whose addresses hold a token, which is a key: no answer is cached, and what goes wrong, in the action or
/// in its view, is logged without the address and answered in plain words.
/// </summary>
/// <remarks>
/// An exception that got out would be logged by nopCommerce, with the address of the request and so with the token. The
/// answer needs neither database nor layout, since they may be what is broken; 503 tells a page to ask again.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TokenAddressAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        // the address must not travel to other sites, nor what it shows into a cache or an index
        var headers = context.HttpContext.Response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex";
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
