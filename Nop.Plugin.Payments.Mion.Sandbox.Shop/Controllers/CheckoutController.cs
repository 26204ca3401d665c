using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Http;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Payments;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;

/// <summary>
/// Checkout in nopCommerce's two ways: several pages, of which the last sends the shopper to pay in the answer to a POST,
/// or one page that places the order by script and pays in a GET. Both take only 301 and 302 as a redirect, and both show
/// the text of an exception as it is.
/// </summary>
[AutoValidateAntiforgeryToken]
public sealed class CheckoutController(CartService carts,
    CheckoutModels models,
    OrderPlacement placement,
    OrderService orders,
    PaymentService payments,
    IWorkContext workContext,
    IStoreContext storeContext,
    IWebHelper webHelper,
    IPaymentPluginManager paymentPluginManager,
    ILogger logger,
    TimeProvider timeProvider) : Controller
{
    private const string Redirecting = "You will be redirected to the payment page.";
    private static readonly TimeSpan _justPlaced = TimeSpan.FromMinutes(3);

    [HttpGet]
    public async Task<IActionResult> Index()
        => RedirectToAction(await models.IsOnePageAsync() ? nameof(OnePageCheckout) : nameof(PaymentMethod));

    [HttpGet]
    public async Task<IActionResult> OnePageCheckout() => await PageAsync();

    [HttpGet]
    public async Task<IActionResult> PaymentMethod() => await PageAsync();

    [HttpPost]
    public async Task<IActionResult> PaymentMethod(string paymentMethod)
    {
        if (!(await models.PrepareAsync()).Methods.Any(method => method.SystemName == paymentMethod))
            return RedirectToAction(nameof(PaymentMethod));
        await carts.SetPaymentMethodAsync(await workContext.GetCurrentCustomerAsync(), paymentMethod);
        var method = await paymentPluginManager.LoadPluginBySystemNameAsync(paymentMethod);
        return RedirectToAction(method.SkipPaymentInfo ? nameof(Confirm) : nameof(PaymentInfo));
    }

    [HttpGet]
    public async Task<IActionResult> PaymentInfo() => await PageAsync(needsMethod: true);

    [HttpPost]
    [ActionName("PaymentInfo")]
    public async Task<IActionResult> EnterPaymentInfo()
    {
        var model = await models.PrepareAsync();
        if (model.Selected is null)
            return RedirectToAction(nameof(PaymentMethod));
        foreach (var warning in await model.Selected.Method.ValidatePaymentFormAsync(Request.Form))
            ModelState.AddModelError(string.Empty, warning);
        return ModelState.IsValid ? RedirectToAction(nameof(Confirm)) : View(nameof(PaymentInfo), model);
    }

    [HttpGet]
    public async Task<IActionResult> Confirm() => await PageAsync(needsMethod: true);

    [HttpPost]
    [ActionName("Confirm")]
    public async Task<IActionResult> ConfirmOrder()
    {
        var model = await models.PrepareAsync();
        if (model.Lines.Count == 0)
            return RedirectToRoute("ShoppingCart");
        if (model.Selected is null)
            return RedirectToAction(nameof(PaymentMethod));
        try
        {
            var order = await placement.PlaceAsync(await workContext.GetCurrentCustomerAsync(), await storeContext.GetCurrentStoreAsync(), model.Selected.SystemName);
            await payments.PostProcessPaymentAsync(order);
            if (webHelper.IsRequestBeingRedirected || webHelper.IsPostBeingDone)
                return Content(Redirecting);
            return RedirectToRoute(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId = order.Id });
        }
        catch (Exception exception)
        {
            await logger.WarningAsync(exception.Message, exception);
            ModelState.AddModelError(string.Empty, exception.Message);
            return View(nameof(Confirm), model);
        }
    }

    /// <summary>One-page checkout: takes the chosen method, for a script that shows the totals then.</summary>
    [HttpPost]
    public async Task<IActionResult> OpcSavePaymentMethod(string paymentMethod)
    {
        await carts.SetPaymentMethodAsync(await workContext.GetCurrentCustomerAsync(), paymentMethod);
        return PartialView("_Summary", await models.PrepareAsync());
    }

    /// <summary>One-page checkout: places the order for a script, which goes where <c>redirect</c> says.</summary>
    [HttpPost]
    public async Task<IActionResult> OpcConfirmOrder(string paymentMethod)
    {
        try
        {
            var customer = await workContext.GetCurrentCustomerAsync();
            if (!(await models.PrepareAsync()).Methods.Any(method => method.SystemName == paymentMethod))
                throw new NopException("Payment method is not selected");
            await carts.SetPaymentMethodAsync(customer, paymentMethod);
            var order = await placement.PlaceAsync(customer, await storeContext.GetCurrentStoreAsync(), paymentMethod);
            var method = await paymentPluginManager.LoadPluginBySystemNameAsync(paymentMethod);
            if (method.PaymentMethodType == PaymentMethodType.Redirection)
                return Json(new { redirect = $"{webHelper.GetStoreLocation()}checkout/OpcCompleteRedirectionPayment" });
            await payments.PostProcessPaymentAsync(order);
            return Json(new { success = 1 });
        }
        catch (Exception exception)
        {
            await logger.WarningAsync(exception.Message, exception);
            return Json(new { error = 1, message = exception.Message });
        }
    }

    /// <summary>One-page checkout: pays the customer's latest order, if it is not older than three minutes; runs again when loaded again.</summary>
    [HttpGet]
    public async Task<IActionResult> OpcCompleteRedirectionPayment()
    {
        try
        {
            var customer = await workContext.GetCurrentCustomerAsync();
            var order = (await orders.SearchAsync(customer.Id, (await storeContext.GetCurrentStoreAsync()).Id)).FirstOrDefault();
            if (!await models.IsOnePageAsync() || order is null
                || await paymentPluginManager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) is not { PaymentMethodType: PaymentMethodType.Redirection }
                || timeProvider.GetUtcNow().UtcDateTime - order.CreatedOnUtc > _justPlaced)
            {
                return RedirectToRoute(NopRouteNames.General.HOMEPAGE);
            }

            await payments.PostProcessPaymentAsync(order);
            if (webHelper.IsRequestBeingRedirected || webHelper.IsPostBeingDone)
                return Content(Redirecting);
            return RedirectToRoute(NopRouteNames.Standard.CHECKOUT_COMPLETED, new { orderId = order.Id });
        }
        catch (Exception exception)
        {
            await logger.WarningAsync(exception.Message, exception);
            return Content(exception.Message);
        }
    }

    /// <summary>Thanks the order's own customer, whether the order is paid or not; everybody else is sent home.</summary>
    [HttpGet]
    public async Task<IActionResult> Completed(int? orderId)
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        Order? order = orderId.HasValue ? await orders.GetOrderByIdAsync(orderId.Value) : null;
        order ??= (await orders.SearchAsync(customer.Id)).FirstOrDefault();
        if (order is null || order.Deleted || order.CustomerId != customer.Id)
            return RedirectToRoute(NopRouteNames.General.HOMEPAGE);
        return View(order);
    }

    private async Task<IActionResult> PageAsync(bool needsMethod = false)
    {
        var model = await models.PrepareAsync();
        if (model.Lines.Count == 0)
            return RedirectToRoute("ShoppingCart");
        return needsMethod && model.Selected is null ? RedirectToAction(nameof(PaymentMethod)) : View(model);
    }
}
