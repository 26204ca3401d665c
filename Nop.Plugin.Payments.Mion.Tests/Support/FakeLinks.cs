using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// Makes an address of a route's name and its values, so that a test sees both; <see cref="Missing"/> has none.
/// </summary>
public sealed class FakeLinks : LinkGenerator
{
    /// <summary>A route that this store does not have.</summary>
    public string? Missing { get; set; }

    public override string? GetPathByAddress<TAddress>(HttpContext httpContext, TAddress address, RouteValueDictionary values, RouteValueDictionary? ambientValues = null,
        PathString? pathBase = null, FragmentString fragment = default, LinkOptions? options = null) => GetPathByAddress(address, values, httpContext.Request.PathBase);

    public override string? GetPathByAddress<TAddress>(TAddress address, RouteValueDictionary values, PathString pathBase = default, FragmentString fragment = default,
        LinkOptions? options = null) => ((RouteValuesAddress)(object)address!).RouteName is { } name && name != Missing
            ? $"{pathBase}/{name}{string.Concat(values.Select(value => $"/{value.Key}={value.Value}"))}"
            : null;

    public override string? GetUriByAddress<TAddress>(HttpContext httpContext, TAddress address, RouteValueDictionary values, RouteValueDictionary? ambientValues = null,
        string? scheme = null, HostString? host = null, PathString? pathBase = null, FragmentString fragment = default, LinkOptions? options = null) => throw new NotSupportedException();

    public override string? GetUriByAddress<TAddress>(TAddress address, RouteValueDictionary values, string scheme, HostString host, PathString pathBase = default,
        FragmentString fragment = default, LinkOptions? options = null) => throw new NotSupportedException();
}
