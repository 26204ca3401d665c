using Microsoft.AspNetCore.Mvc;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>The shop window.</summary>
public sealed class HomeController(IRepository<Product> products) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index() => View(await products.Table.OrderBy(product => product.Id).ToListAsync());

    /// <summary>Where a store sends a shopper who asks for what is somebody else's.</summary>
    [HttpGet]
    public IActionResult Login() => View();
}
