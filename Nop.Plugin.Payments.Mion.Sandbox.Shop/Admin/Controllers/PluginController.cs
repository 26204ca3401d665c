using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Messages;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Admin.Controllers;

/// <summary>The plugin: what it says of itself, installing and uninstalling.</summary>
[Area("Admin")]
[AuthorizeAdmin]
[AutoValidateAntiforgeryToken]
public sealed class PluginController(PluginInstallation installation, LoadedPlugin plugin, IPaymentPluginManager paymentPluginManager, INotificationService notifications) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List()
    {
        var method = (await paymentPluginManager.LoadAllPluginsAsync()).FirstOrDefault();
        return View(new PluginPage(plugin.Descriptor, installation.IsInstalled,
            method is not null && paymentPluginManager.IsPluginActive(method), method?.GetConfigurationPageUrl()));
    }

    [HttpPost]
    public Task<IActionResult> Install() => ChangeAsync(installation.InstallAsync, "The plugin has been installed.");

    [HttpPost]
    public Task<IActionResult> Uninstall() => ChangeAsync(installation.UninstallAsync, "The plugin has been uninstalled.");

    private async Task<IActionResult> ChangeAsync(Func<Task> change, string done)
    {
        try
        {
            await change();
            notifications.SuccessNotification(done);
        }
        catch (Exception exception)
        {
            notifications.ErrorNotification(exception.Message);
        }

        return RedirectToAction(nameof(List));
    }
}

/// <summary>The plugin's page.</summary>
/// <param name="Descriptor">What plugin.json says.</param>
/// <param name="IsInstalled">Whether it is installed.</param>
/// <param name="IsActive">Whether shoppers are offered it.</param>
/// <param name="ConfigurationUrl">Its configuration page.</param>
public sealed record PluginPage(PluginDescriptor Descriptor, bool IsInstalled, bool IsActive, string? ConfigurationUrl);
