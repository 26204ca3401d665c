using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>What nopCommerce is answering right now, if anything.</summary>
public class CurrentRequest(IHttpContextAccessor httpContextAccessor, LinkGenerator linkGenerator)
{
    /// <summary>Whether somebody waits for an answer.</summary>
    public bool Exists => httpContextAccessor.HttpContext is not null;

    /// <summary>Path of a route, below the store's; null for one that there is not.</summary>
    public string? GetPath(string routeName, object? values = null) =>
        httpContextAccessor.HttpContext is { } context
            ? linkGenerator.GetPathByRouteValues(context, routeName, values)
            : linkGenerator.GetPathByRouteValues(routeName, values);

    /// <summary>Sends the browser somewhere; to the store's first page for null. nopCommerce takes only 301 and 302 for a redirect.</summary>
    public void Redirect(string? url) =>
        httpContextAccessor.HttpContext?.Response.Redirect(url ?? httpContextAccessor.HttpContext.Request.PathBase + "/");
}
