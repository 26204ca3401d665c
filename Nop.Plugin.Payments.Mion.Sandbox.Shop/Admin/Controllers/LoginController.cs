using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>Lets in whoever presses the button: there is nothing here to guard, only pages that must be seen to be guarded.</summary>
[Area("Admin")]
[AutoValidateAntiforgeryToken]
public sealed class LoginController(LoadedPlugin plugin) : Controller
{
    // the plugin's name for it: the sandbox knows the plugin only by its folder
    private const string ShopAssistant = "Payments.Mion.Till.Charge";

    [HttpGet]
    public IActionResult Index(string? returnUrl) => View(model: returnUrl);

    [HttpPost]
    [ActionName("Index")]
    public async Task<IActionResult> Enter(string? returnUrl)
    {
        var ofPlugin = plugin.CreateAll<IPermissionConfigManager>().SelectMany(manager => manager.AllConfigs).Select(config => config.SystemName);
        await SignInAsync("Demo admin",
        [
            StandardPermission.Configuration.MANAGE_PAYMENT_METHODS,
            StandardPermission.Configuration.MANAGE_PLUGINS,
            StandardPermission.Promotions.DISCOUNTS_CREATE_EDIT_DELETE,
            StandardPermission.Orders.ORDERS_VIEW,
            StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE,
            StandardPermission.Security.ACCESS_ADMIN_PANEL,
            .. ofPlugin
        ]);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/Admin/Order/List");
    }

    /// <summary>Lets in a clerk: the admin area opens, and whatever asks for another permission than the given ones refuses.</summary>
    [HttpPost]
    public async Task<IActionResult> Clerk(string[] permissions)
    {
        await SignInAsync("Clerk", [StandardPermission.Security.ACCESS_ADMIN_PANEL, .. permissions]);
        return LocalRedirect("/Admin/Order/List");
    }

    /// <summary>Lets in a shop assistant, who may charge at the till and nothing else.</summary>
    [HttpPost]
    public async Task<IActionResult> Assistant()
    {
        await SignInAsync("Shop assistant", StandardPermission.Security.ACCESS_ADMIN_PANEL, ShopAssistant);
        return LocalRedirect("/Admin/Mion/Till");
    }

    [HttpPost]
    public async Task<IActionResult> Leave()
    {
        await HttpContext.SignOutAsync(ShopServices.AdminScheme);
        return LocalRedirect("/");
    }

    private Task SignInAsync(string name, params string[] permissions)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.Name, name),
            new(ClaimTypes.Role, "Administrators"),
            .. permissions.Select(permission => new Claim("permission", permission))
        ];
        return HttpContext.SignInAsync(ShopServices.AdminScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, ShopServices.AdminScheme)));
    }
}

/// <summary>Where a missing permission leads.</summary>
[Area("Admin")]
public sealed class SecurityController : Controller
{
    [HttpGet]
    public IActionResult AccessDenied() => View();
}
