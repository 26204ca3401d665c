using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>The cart.</summary>
[AutoValidateAntiforgeryToken]
public sealed class ShoppingCartController(CartService carts, IWorkContext workContext, IStoreContext storeContext) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Cart()
    {
        var cart = await carts.GetAsync(await workContext.GetCurrentCustomerAsync(), await storeContext.GetCurrentStoreAsync());
        return View(await carts.GetLinesAsync(cart));
    }

    [HttpPost]
    public async Task<IActionResult> Add(int productId, int quantity = 1)
    {
        await carts.AddAsync(await workContext.GetCurrentCustomerAsync(), (await storeContext.GetCurrentStoreAsync()).Id, productId, quantity);
        return RedirectToRoute("ShoppingCart");
    }

    [HttpPost]
    public async Task<IActionResult> Remove(int itemId)
    {
        await carts.RemoveAsync(await workContext.GetCurrentCustomerAsync(), itemId);
        return RedirectToRoute("ShoppingCart");
    }
}
