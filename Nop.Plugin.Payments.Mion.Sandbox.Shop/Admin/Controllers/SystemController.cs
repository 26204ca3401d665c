using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;
using Nop.Services.Messages;
using Nop.Web.Framework.Infrastructure;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>Scheduled tasks.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class ScheduleTaskController(ScheduleTaskService taskService, ScheduleTaskRunner runner, IRepository<ScheduleTask> tasks, INotificationService notifications) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List() => View(await taskService.GetAllAsync());

    /// <summary><em>Run now</em>: inside the admin's own request, as in nopCommerce.</summary>
    [HttpPost]
    public async Task<IActionResult> RunNow(int id)
    {
        try
        {
            await runner.RunAsync(await tasks.GetByIdAsync(id));
            notifications.SuccessNotification("Schedule task was run");
        }
        catch (Exception exception)
        {
            notifications.ErrorNotification(exception.Message);
        }

        return RedirectToAction(nameof(List));
    }

    [HttpPost]
    public async Task<IActionResult> Change(int id, int seconds, bool enabled)
    {
        var task = await tasks.GetByIdAsync(id);
        task.Seconds = Math.Max(1, seconds);
        task.Enabled = enabled;
        await tasks.UpdateAsync(task);
        return RedirectToAction(nameof(List));
    }
}

/// <summary>The log.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class LogController(IRepository<Log> lines) : Controller
{
    private const int Shown = 200;

    [HttpGet]
    public async Task<IActionResult> List() => View(await lines.Table.OrderByDescending(line => line.Id).Take(Shown).ToListAsync());

    [HttpPost]
    public async Task<IActionResult> Clear()
    {
        await lines.DeleteAsync(line => line.Id > 0);
        return RedirectToAction(nameof(List));
    }
}

/// <summary>The dashboard, as far as plugins show something on it.</summary>
[Area("Admin")]
[AuthorizeAdmin]
public sealed class HomeController(WidgetZones widgets) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index() => View(model: await widgets.FindAsync(AdminWidgetZones.DashboardCommonstatisticsAfter));
}

/// <summary>What is wrong, as far as plugins say it.</summary>
[Area("Admin")]
[AuthorizeAdmin]
public sealed class SystemController(WidgetZones widgets) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Warnings() => View(model: await widgets.FindAsync(AdminWidgetZones.WarningsTop));
}

/// <summary>The store's settings that matter to the plugin, and the store that an admin configures.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class SettingController(IRepository<Currency> currencies,
    CurrencySettings currencySettings,
    SettingService settings,
    CheckoutModels checkout,
    CustomerService customers,
    CustomerAttributes attributes,
    INotificationService notifications) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index()
        => View(new ShopSettings(await currencies.Table.OrderBy(currency => currency.DisplayOrder).ToListAsync(),
            currencySettings.PrimaryStoreCurrencyId,
            await checkout.IsOnePageAsync()));

    [HttpPost]
    [ActionName("Index")]
    public async Task<IActionResult> Save(int primaryStoreCurrencyId, bool onePageCheckout)
    {
        currencySettings.PrimaryStoreCurrencyId = primaryStoreCurrencyId;
        await settings.SaveSettingAsync(currencySettings);
        await settings.SetAsync(CheckoutSettings.OnePage, onePageCheckout.ToString(), 0);
        notifications.SuccessNotification("The settings have been updated successfully.");
        return RedirectToAction(nameof(Index));
    }

    [HttpGet]
    public async Task<IActionResult> ChangeStoreScopeConfiguration(int storeid, string? returnUrl)
    {
        var customer = await customers.GetOrCreateAdminAsync();
        await attributes.SetAsync(customer.Id, StoreContext.ScopeAttribute, storeid > 0 ? storeid.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl! : "/Admin");
    }
}

/// <summary>The settings page.</summary>
/// <param name="Currencies">The currencies.</param>
/// <param name="PrimaryStoreCurrencyId">The one that orders are in.</param>
/// <param name="OnePageCheckout">Whether checkout is one page.</param>
public sealed record ShopSettings(IList<Currency> Currencies, int PrimaryStoreCurrencyId, bool OnePageCheckout);
