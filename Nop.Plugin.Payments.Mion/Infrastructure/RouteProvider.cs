using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// The plugin's addresses. None carries a language: most are called by machines, and the payment page is reached by
/// its token from another site.
/// </summary>
public class RouteProvider : IRouteProvider
{
    /// <inheritdoc />
    public int Priority => 0;

    /// <inheritdoc />
    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        ArgumentNullException.ThrowIfNull(endpointRouteBuilder);

        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.Configure, "Admin/Mion/Configure",
            new { controller = "MionConfiguration", action = "Configure", area = AreaNames.ADMIN });

        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.Webhook, MionDefaults.Path.Webhook + "/{token}",
            new { controller = "MionWebhook", action = "Receive" });
        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.Return, MionDefaults.Path.Return + "/{token}",
            new { controller = "MionReturn", action = "Return" });
        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.PaymentStatus, MionDefaults.Path.Payment + "/{token}/status",
            new { controller = "MionReturn", action = "Status" });
        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.Retry, MionDefaults.Path.Payment + "/{token}/retry",
            new { controller = "MionReturn", action = "Retry" });
        endpointRouteBuilder.MapControllerRoute(MionDefaults.Route.Payment, MionDefaults.Path.Payment + "/{token}",
            new { controller = "MionPayment", action = "Payment" });
    }
}
