using Microsoft.AspNetCore.Routing;

namespace Nop.Web.Framework.Mvc.Routing;

/// <summary>Found by scan; of two, the one with the higher priority registers first.</summary>
public interface IRouteProvider
{
    int Priority { get; }

    void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder);
}

/// <summary>Names that the store's routes are written with.</summary>
public static class NopRoutingDefaults
{
    public static string LanguageParameterTransformer => "lang";

    /// <summary>Names of route values.</summary>
    public static class RouteValue
    {
        public static string Language => "language";
    }
}
