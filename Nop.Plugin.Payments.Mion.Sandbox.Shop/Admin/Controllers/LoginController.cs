using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>Lets in whoever presses the button: there is nothing here to guard, only pages that must be seen to be guarded.</summary>
[Area("Admin")]
[AutoValidateAntiforgeryToken]
public sealed class LoginController : Controller
{
    [HttpGet]
    public IActionResult Index(string? returnUrl) => View(model: returnUrl);

    [HttpPost]
    [ActionName("Index")]
    public async Task<IActionResult> Enter(string? returnUrl)
    {
        await Shortcuts.EnterAsAdminAsync(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/Admin/Order/List");
    }

    [HttpPost]
    public async Task<IActionResult> Clerk(string[] permissions)
    {
        await Shortcuts.EnterAsClerkAsync(HttpContext, permissions);
        return LocalRedirect("/Admin/Order/List");
    }

    [HttpPost]
    public async Task<IActionResult> Assistant()
    {
        await Shortcuts.EnterAsAssistantAsync(HttpContext);
        return LocalRedirect("/Admin/Mion/Till");
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
