using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>
/// An order without the pages of its checkout, the admin area without its login page, and a form's token without a form, for whoever needs what comes after them.
/// No actions of MVC's: what runs one is compiled anew by each shop, which costs a test more than all else that a purchase does.
/// </summary>
internal static class Shortcuts
{
    // the plugin's name for it: the sandbox knows the plugin only by its folder
    private const string ShopAssistant = "Payments.Mion.Till.Charge";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("demo/buy/{productId:int}", BuyAsync);
        routes.MapPost("demo/enter/{who}", EnterAsync);
        routes.MapGet("demo/token", WriteTokenAsync);
    }

    public static Task EnterAsAdminAsync(HttpContext context)
    {
        var ofPlugin = context.RequestServices.GetRequiredService<LoadedPlugin>().CreateAll<IPermissionConfigManager>()
            .SelectMany(manager => manager.AllConfigs).Select(config => config.SystemName);
        return SignInAsync(context, "Demo admin",
        [
            StandardPermission.Configuration.MANAGE_PAYMENT_METHODS,
            StandardPermission.Configuration.MANAGE_PLUGINS,
            StandardPermission.Promotions.DISCOUNTS_CREATE_EDIT_DELETE,
            StandardPermission.Orders.ORDERS_VIEW,
            StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE,
            .. ofPlugin
        ]);
    }

    /// <summary>Lets in a clerk: the admin area opens, and whatever asks for another permission than the given ones refuses.</summary>
    public static Task EnterAsClerkAsync(HttpContext context, IEnumerable<string> permissions) => SignInAsync(context, "Clerk", permissions);

    /// <summary>Lets in a shop assistant, who may charge at the till and nothing else.</summary>
    public static Task EnterAsAssistantAsync(HttpContext context) => SignInAsync(context, "Shop assistant", [ShopAssistant]);

    /// <summary>What a form of the shop carries.</summary>
    private static Task WriteTokenAsync(HttpContext context) =>
        context.Response.WriteAsync(context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!);

    private static Task EnterAsync(HttpContext context) => context.GetRouteValue("who") switch
    {
        "admin" => EnterAsAdminAsync(context),
        "assistant" => EnterAsAssistantAsync(context),
        _ => EnterAsClerkAsync(context, context.Request.Query["permissions"].OfType<string>())
    };

    private static Task SignInAsync(HttpContext context, string name, IEnumerable<string> permissions)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.Name, name),
            new(ClaimTypes.Role, "Administrators"),
            .. permissions.Prepend(StandardPermission.Security.ACCESS_ADMIN_PANEL).Select(permission => new Claim("permission", permission))
        ];
        return context.SignInAsync(ShopServices.AdminScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, ShopServices.AdminScheme)));
    }

    /// <summary>Puts a product into the cart and confirms the order, as the last page of checkout does.</summary>
    private static async Task BuyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var method = services.GetRequiredService<LoadedPlugin>().Descriptor.SystemName;
        var customer = await services.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
        var store = await services.GetRequiredService<IStoreContext>().GetCurrentStoreAsync();
        await services.GetRequiredService<CartService>().AddAsync(customer, store.Id, int.Parse((string)context.GetRouteValue("productId")!, CultureInfo.InvariantCulture), 1);
        if ((await services.GetRequiredService<CheckoutModels>().PrepareAsync()).Methods.All(offered => offered.SystemName != method))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        await services.GetRequiredService<CartService>().SetPaymentMethodAsync(customer, method);
        var order = await services.GetRequiredService<OrderPlacement>().PlaceAsync(customer, store, method);
        await services.GetRequiredService<PaymentService>().PostProcessPaymentAsync(order);
    }
}
