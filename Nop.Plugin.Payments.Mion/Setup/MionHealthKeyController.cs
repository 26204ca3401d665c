using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Makes the key with which machines ask for the plugin's health, and takes it away: buttons of the configuration page.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionHealthKeyController(ConfigurationModelFactory modelFactory, HealthKey healthKey, IStoreContext storeContext) : BasePaymentController
{
    /// <summary>Makes a key, and shows it this once.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Create(ConfigurationModel model)
    {
        model.NewHealthKey = await healthKey.CreateAsync();
        return await PageAsync(model);
    }

    /// <summary>Takes it away.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Remove(ConfigurationModel model)
    {
        await healthKey.RemoveAsync();
        model.NewHealthKey = null;
        return await PageAsync(model);
    }

    private async Task<IActionResult> PageAsync(ConfigurationModel model)
    {
        // what else is typed stays in the form: it has not been saved, so nothing is said about it yet
        ModelState.Clear();
        return View(MionDefaults.View.Configure, await modelFactory.PrepareAsync(await storeContext.GetActiveStoreScopeConfigurationAsync(), model));
    }
}
