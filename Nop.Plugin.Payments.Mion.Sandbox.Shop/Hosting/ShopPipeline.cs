using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.FileProviders;
using Nop.Core;
using Nop.Core.Http;
using Nop.Core.Infrastructure;
using Nop.Services.Localization;
using Nop.Web.Framework.Mvc.Routing;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>What a request passes through, and the shop's routes under nopCommerce's names.</summary>
internal static class ShopPipeline
{
    public static void Use(WebApplication app, LoadedPlugin plugin)
    {
        app.Use(LogExceptionsAsync);
        app.Use(SpeakTheShopsLanguageAsync);
        app.UseStatusCodePages(context => AnswerBodylessAsync(context.HttpContext));
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = $"/Plugins/{plugin.Descriptor.SystemName}",
            FileProvider = new PhysicalFileProvider(plugin.Folder),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public,max-age=31536000"
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/demo",
            FileProvider = new EmbeddedFileProvider(typeof(ShopPipeline).Assembly, "Nop.Plugin.Payments.Mion.Sandbox.Shop.Assets")
        });
        app.UseRouting();
        app.UseAuthentication();
        app.Use((context, next) => HideUninstalledAsync(context, next, plugin));
        // nopCommerce's own come before those of a plugin with the same priority: a link by controller and action is theirs
        MapShop(app);
        Shortcuts.Map(app);
        foreach (var provider in plugin.CreateAll<IRouteProvider>().OrderByDescending(provider => provider.Priority))
            provider.RegisterRoutes(app);
        foreach (var startup in plugin.CreateAll<INopStartup>().OrderBy(startup => startup.Order))
            startup.Configure(app);
    }

    private static void MapShop(WebApplication app)
    {
        app.MapControllerRoute(NopRouteNames.General.HOMEPAGE, "", new { controller = "Home", action = "Index" });
        app.MapControllerRoute("StoreClosed", "storeclosed", new { controller = "Common", action = "StoreClosed" });
        app.MapControllerRoute("ChangeLanguage", "changelanguage/{langid:min(0)}", new { controller = "Common", action = "SetLanguage" });
        app.MapControllerRoute("ChangeCurrency", "changecurrency/{customercurrency:min(0)}", new { controller = "Common", action = "SetCurrency" });
        app.MapControllerRoute("Login", "login", new { controller = "Home", action = "Login" });
        app.MapControllerRoute("ShoppingCart", "cart", new { controller = "ShoppingCart", action = "Cart" });
        app.MapControllerRoute("CheckoutOnePage", "onepagecheckout", new { controller = "Checkout", action = "OnePageCheckout" });
        app.MapControllerRoute(NopRouteNames.Standard.CHECKOUT_COMPLETED, "checkout/completed/{orderId:int?}", new { controller = "Checkout", action = "Completed" });
        app.MapControllerRoute("CustomerOrders", "order/history", new { controller = "Order", action = "CustomerOrders" });
        app.MapControllerRoute(NopRouteNames.Standard.ORDER_DETAILS, "orderdetails/{orderId:min(0)}", new { controller = "Order", action = "Details" });
        app.MapControllerRoute("AdminLogin", "Admin/Login", new { controller = "Login", action = "Index", area = "Admin" });
        app.MapControllerRoute("AdminRoute", "{area:exists}/{controller=Order}/{action=List}/{id?}");
        app.MapControllerRoute("Default", "{controller=Home}/{action=Index}/{id?}");
    }

    // nopCommerce's handlers: an answer of 400 or 404 without a body costs a line in the log and, without cookies, a guest
    private static async Task AnswerBodylessAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status is not (StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound))
            return;
        var customer = await context.RequestServices.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
        var logger = context.RequestServices.GetRequiredService<ILogger>();
        await logger.ErrorAsync(status == StatusCodes.Status404NotFound
            ? $"Error 404. The requested page ({context.Request.Path}) was not found"
            : "Error 400. Bad request", customer: customer);
        await WriteAsync(context, status == StatusCodes.Status404NotFound ? "Page not found" : "Bad request");
    }

    private static async Task LogExceptionsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            await context.RequestServices.GetRequiredService<ILogger>().ErrorAsync(exception.Message, exception);
            if (context.Response.HasStarted)
                throw;
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await WriteAsync(context, "Internal server error");
        }
    }

    // nopCommerce's default where nobody has chosen: times and numbers are written as the first language writes them
    private static async Task SpeakTheShopsLanguageAsync(HttpContext context, RequestDelegate next)
    {
        var languages = await context.RequestServices.GetRequiredService<ILanguageService>().GetAllLanguagesAsync();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(languages[0].LanguageCulture);
        await next(context);
    }

    // a store that has uninstalled a plugin has restarted without it; here its addresses go
    private static Task HideUninstalledAsync(HttpContext context, RequestDelegate next, LoadedPlugin plugin)
    {
        var action = context.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>();
        if (action?.ControllerTypeInfo.Assembly != plugin.Assembly || context.RequestServices.GetRequiredService<PluginInstallation>().IsInstalled)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext context, string title)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)}</title><link rel="stylesheet" href="/demo/shop.css"></head>
            <body><main class="wrap"><h1>{WebUtility.HtmlEncode(title)}</h1><p><a href="/">To the shop</a></p></main></body></html>
            """);
    }
}
