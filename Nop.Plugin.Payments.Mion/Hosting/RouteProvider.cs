using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Web.Framework;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// The plugin's addresses. None carries a language: most are called by machines, and the payment page is reached by
/// its token from another site.
/// </summary>
public class RouteProvider : IRouteProvider
{
    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        ArgumentNullException.ThrowIfNull(endpointRouteBuilder);

        var routes = endpointRouteBuilder;
        // optional: a bare address would fall through to nopCommerce, which makes a guest and logs an error
        const string OptionalToken = "/{token?}";
        const string Token = "/{token}";
        // below the address at which a payment's cookie is sent, so that it shows whether the browser keeps cookies
        const string IdAndToken = "/{id:int}/{token:length(32)}";
        // where a store has its languages in its addresses, its choice of language puts one before this page's
        const string Language = "{language:length(2)}/";
        const string AnythingElse = "mion/{place}/{**rest}";

        MapAdmin(MionDefaults.Route.Configure, "Admin/Mion/Configure", "MionConfiguration", "Configure");
        MapAdmin(MionDefaults.Route.Description, "Admin/Mion/Description", "MionDescription", "Index");
        routes.MapControllerRoute(MionDefaults.Route.DescriptionAction, "Admin/Mion/Description/{action}",
            new { controller = "MionDescription", area = AreaNames.ADMIN });
        routes.MapControllerRoute(MionDefaults.Route.HealthKeyAction, "Admin/Mion/HealthKey/{action}", new { controller = "MionHealthKey", area = AreaNames.ADMIN });
        // where a button's address is opened, as choosing another store on the page that it led to does, stands the page with the button
        MapAdmin(MionDefaults.Route.DescriptionButton, "Admin/Mion/Description/{button}", "MionDescription", "Index");
        MapAdmin(MionDefaults.Route.HealthKeyButton, "Admin/Mion/HealthKey/{button}", "MionConfiguration", "Configure");
        MapAdmin(MionDefaults.Route.DiscountRule, "Admin/Mion/DiscountRule", "MionDiscountRule", "Configure");
        MapAdmin(MionDefaults.Route.DiscountRuleAdd, "Admin/Mion/DiscountRule/Add", "MionDiscountRule", "Add");
        MapAdmin(MionDefaults.Route.TillQr, "Admin/Mion/Till/{id:int}/code/{attemptId:int}", "MionTill", "Qr");
        MapAdmin(MionDefaults.Route.TillCard, "Admin/Mion/Till/Card/{id:int}", "MionTillCard", "Pay");
        MapAdmin(MionDefaults.Route.TillStart, "Admin/Mion/Till", "MionTill", "Index");
        MapAdmin(MionDefaults.Route.TillDay, "Admin/Mion/TillDay", "MionTillDay", "Index");
        routes.MapControllerRoute(MionDefaults.Route.TillDayAction, "Admin/Mion/TillDay/{action}/{id:int?}", new { controller = "MionTillDay", area = AreaNames.ADMIN });
        MapAdmin(MionDefaults.Route.TillReceipt, "Admin/Mion/TillReceipt/{id:int}", "MionTillReceipt", "Mail");
        MapAdmin(MionDefaults.Route.TillSettings, "Admin/Mion/TillSettings", "MionTillSettings", "Settings");
        routes.MapControllerRoute(MionDefaults.Route.TillAction, "Admin/Mion/Till/{action}/{id:int?}", new { controller = "MionTill", area = AreaNames.ADMIN });

        Map(MionDefaults.Route.Health, MionDefaults.Path.Health, "MionHealth", "Check");
        Map(MionDefaults.Route.Webhook, MionDefaults.Path.Webhook + OptionalToken, "MionWebhook", "Receive");
        Map(MionDefaults.Route.Return, MionDefaults.Path.Return + OptionalToken, "MionPayment", "Return");
        Map(MionDefaults.Route.PaymentStatus, MionDefaults.Path.Payment + Token + "/status", "MionPayment", "Status");
        Map(MionDefaults.Route.Retry, MionDefaults.Path.Payment + Token + "/retry", "MionPayment", "Retry");
        Map(MionDefaults.Route.ChangeOrder, MionDefaults.Path.Payment + Token + "/change", "MionOrderChange", "Change");
        Map(MionDefaults.Route.PaymentByToken, MionDefaults.Path.Payment + IdAndToken, "MionPayment", "PaymentByToken");
        Map(MionDefaults.Route.Payment, MionDefaults.Path.Payment + OptionalToken, "MionPayment", "Payment");
        Map(MionDefaults.Route.TillApp, MionDefaults.Path.TillApp, "MionTillScreen", "Manifest");
        Map(MionDefaults.Route.TillScreenQr, MionDefaults.Path.TillScreen + Token + "/code/{attemptId:int}", "MionTillScreen", "Qr");
        Map(MionDefaults.Route.TillScreenTip, MionDefaults.Path.TillScreen + Token + "/tip", "MionTillScreen", "Tip");
        Map(MionDefaults.Route.TillScreenStatus, MionDefaults.Path.TillScreen + Token + "/status", "MionTillScreen", "Status");
        Map(MionDefaults.Route.TillScreen, MionDefaults.Path.TillScreen + OptionalToken, "MionTillScreen", "Screen");
        Map(MionDefaults.Route.Receipt, MionDefaults.Path.Receipt + OptionalToken, "MionReceipt", "Receipt");
        Map(MionDefaults.Route.PaymentInLanguage, Language + MionDefaults.Path.Payment + Token, "MionPayment", "PaymentInLanguage");
        // last: what has a token in it falls through to nobody, who would log it, or show it to the layout's scripts
        Map(MionDefaults.Route.Unknown, AnythingElse, "MionPayment", "Unknown");
        Map(MionDefaults.Route.UnknownInLanguage, Language + AnythingElse, "MionPayment", "Unknown");

        void Map(string name, string pattern, string controller, string action) => routes.MapControllerRoute(name, pattern, new { controller, action });

        void MapAdmin(string name, string pattern, string controller, string action) =>
            routes.MapControllerRoute(name, pattern, new { controller, action, area = AreaNames.ADMIN });
    }
}
