using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// The till's addresses.
/// </summary>
public class TillRouteProvider : IRouteProvider
{
    /// <inheritdoc />
    public int Priority => 0;

    /// <inheritdoc />
    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        ArgumentNullException.ThrowIfNull(endpointRouteBuilder);

        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.Qr, "Admin/Mion/Till/{id:int}/code/{attemptId:int}",
            new { controller = "MionTill", action = "Qr", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.Start, "Admin/Mion/Till",
            new { controller = "MionTill", action = "Index", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.Settings, "Admin/Mion/TillSettings",
            new { controller = "MionTillSettings", action = "Settings", area = AreaNames.ADMIN });
        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.Action, "Admin/Mion/Till/{action}/{id:int?}",
            new { controller = "MionTill", area = AreaNames.ADMIN });

        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.ScreenQr, TillDefaults.ScreenPath + "/{token}/code/{attemptId:int}",
            new { controller = "MionTillScreen", action = "Qr" });
        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.ScreenStatus, TillDefaults.ScreenPath + "/{token}/status",
            new { controller = "MionTillScreen", action = "Status" });
        endpointRouteBuilder.MapControllerRoute(TillDefaults.Route.Screen, TillDefaults.ScreenPath + "/{token}",
            new { controller = "MionTillScreen", action = "Screen" });
    }
}
