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
    [HttpGet]
    public IActionResult Index(string? returnUrl) => View(model: returnUrl);

    [HttpPost]
    [ActionName("Index")]
    public async Task<IActionResult> Enter(string? returnUrl)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, "Demo admin"), new(ClaimTypes.Role, "Administrators") };
        claims.AddRange(new[]
        {
            StandardPermission.Configuration.MANAGE_PAYMENT_METHODS,
            StandardPermission.Configuration.MANAGE_PLUGINS,
            StandardPermission.Orders.ORDERS_VIEW,
            StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE,
            StandardPermission.Security.ACCESS_ADMIN_PANEL
        }.Concat(plugin.CreateAll<IPermissionConfigManager>().SelectMany(manager => manager.AllConfigs).Select(config => config.SystemName))
            .Select(permission => new Claim("permission", permission)));
        await HttpContext.SignInAsync(ShopServices.AdminScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, ShopServices.AdminScheme)));
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/Admin/Order/List");
    }

    /// <summary>Lets in a clerk: the admin area opens, and whatever asks for another permission than the given ones refuses.</summary>
    [HttpPost]
    public async Task<IActionResult> Clerk(string[] permissions)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.Name, "Clerk"),
            new(ClaimTypes.Role, "Administrators"),
            new("permission", StandardPermission.Security.ACCESS_ADMIN_PANEL)
        };
        claims.AddRange(permissions.Select(permission => new Claim("permission", permission)));
        await HttpContext.SignInAsync(ShopServices.AdminScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, ShopServices.AdminScheme)));
        return LocalRedirect("/Admin/Order/List");
    }

    [HttpPost]
    public async Task<IActionResult> Leave()
    {
        await HttpContext.SignOutAsync(ShopServices.AdminScheme);
        return LocalRedirect("/");
    }
}

/// <summary>Where a missing permission leads.</summary>
[Area("Admin")]
public sealed class SecurityController : Controller
{
    [HttpGet]
    public IActionResult AccessDenied() => View();
}
