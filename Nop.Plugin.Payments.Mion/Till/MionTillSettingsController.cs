using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Till;

/// <summary>The till's settings, for whoever may manage payment methods.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionTillSettingsController(
    ILocalizationService localizationService,
    INotificationService notificationService,
    IStoreContext storeContext,
    TillSettingsService settingsService) : BasePaymentController
{
    /// <summary>Shows the page for the chosen store.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Settings() =>
        View(MionDefaults.View.TillSettings, await settingsService.LoadAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()));

    /// <summary>Saves for the chosen store, or for all.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Settings(TillSettingsModel model)
    {
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        // chosen in another tab since: what the form left blank for its store is no value for this one
        if (model.ActiveStoreScopeConfiguration != storeId)
        {
            notificationService.ShowError(await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.Validation.OtherStore"));
            return RedirectToRoute(MionDefaults.Route.TillSettings);
        }

        if (!ModelState.IsValid)
            return View(MionDefaults.View.TillSettings, model);
        await settingsService.SaveAsync(model, storeId);
        notificationService.ShowSuccess(await localizationService.GetResourceAsync("Admin.Plugins.Saved"));
        return RedirectToRoute(MionDefaults.Route.TillSettings);
    }
}
