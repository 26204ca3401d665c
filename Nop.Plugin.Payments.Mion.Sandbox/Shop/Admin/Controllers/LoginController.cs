using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>Lets in whoever presses the button: there is nothing here to guard, only pages that must be seen to be guarded.</summary>
[Area("Admin")]
[AutoValidateAntiforgeryToken]
public sealed class LoginController : Controller
{
    private static readonly string[] _permissions =
    [
        StandardPermission.Configuration.MANAGE_PAYMENT_METHODS,
        StandardPermission.Configuration.MANAGE_PLUGINS,
        StandardPermission.Orders.ORDERS_VIEW,
        StandardPermission.Orders.ORDERS_CREATE_EDIT_DELETE,
        StandardPermission.Security.ACCESS_ADMIN_PANEL
    ];

    [HttpGet]
    public IActionResult Index(string? returnUrl) => View(model: returnUrl);

    /// <summary>Logs in; a clerk may enter the admin area, and is refused where a permission is asked for.</summary>
    [HttpPost]
    [ActionName("Index")]
    public async Task<IActionResult> Enter(string? returnUrl, bool asClerk = false)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, "Demo admin"), new(ClaimTypes.Role, "Administrators") };
        claims.AddRange(_permissions.Where(permission => !asClerk || permission == StandardPermission.Security.ACCESS_ADMIN_PANEL)
            .Select(permission => new Claim("permission", permission)));
        await HttpContext.SignInAsync(ShopServices.AdminScheme, new ClaimsPrincipal(new ClaimsIdentity(claims, ShopServices.AdminScheme)));
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/Admin/Order/List");
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
