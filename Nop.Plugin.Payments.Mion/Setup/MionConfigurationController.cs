using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Health;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>The configuration page.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionConfigurationController(
    ConfigurationSettings configurationSettings,
    ConfigurationModelFactory modelFactory,
    ILocalizationService localizationService,
    INotificationService notificationService,
    IStoreContext storeContext,
    SetupStepFactory stepFactory,
    SetupTests setupTests,
    WebhookRoundTrip roundTrip) : BasePaymentController
{
    /// <summary>Shows the page for the chosen store.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure() =>
        View(MionDefaults.View.Configure, await modelFactory.PrepareAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()));

    /// <summary>Saves, and runs the test whose button was used: for the chosen store, or for all.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Configure(ConfigurationModel model, string? test = null, string? testWebhook = null)
    {
        var storeId = await storeContext.GetActiveStoreScopeConfigurationAsync();
        // chosen in another tab since: what the form left blank for its store is no value for this one
        if (model.ActiveStoreScopeConfiguration != storeId)
        {
            notificationService.ShowError(await localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.Validation.OtherStore"));
            return RedirectToRoute(MionDefaults.Route.Configure);
        }

        if (await configurationSettings.NeedsKeyAgainAsync(model, storeId))
            ModelState.AddModelError(nameof(model.ApiKey), await GetTextAsync("Validation.ApiKeyAgain"));
        if (!ModelState.IsValid)
            return View(MionDefaults.View.Configure, await modelFactory.PrepareAsync(storeId, model));

        await configurationSettings.SaveAsync(model, storeId);
        var (failures, mayChargeAtTill) = test is null ? ([], true) : await setupTests.TestConnectionAsync(storeId);
        var webhookWorks = testWebhook is null || await setupTests.TestWebhookAsync(storeId);
        // nothing green above what a failed test says
        if (failures.Count == 0 && webhookWorks)
            notificationService.ShowSuccess(await localizationService.GetResourceAsync("Admin.Plugins.Saved"));
        if (test is not null)
            await TellConnectionAsync([.. failures.Select(failure => failure.Result).Distinct()], mayChargeAtTill);
        return RedirectToRoute(MionDefaults.Route.Configure);
    }

    /// <summary>Gives the state of the webhook's step as it stands now, for a page that waits for Mion's call.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> WebhookStep()
    {
        await roundTrip.FinishDueAsync();
        return PartialView(MionDefaults.View.SetupStep, await stepFactory.PrepareWebhookAsync(await storeContext.GetActiveStoreScopeConfigurationAsync()));
    }

    private async Task TellConnectionAsync(IReadOnlyList<ConnectionTestResult> failures, bool mayChargeAtTill)
    {
        foreach (var result in failures)
            notificationService.ShowError(await GetTextAsync($"ConnectionTest.{result}"));
        if (failures.Count > 0)
            return;
        notificationService.ShowSuccess(await GetTextAsync($"ConnectionTest.{ConnectionTestResult.Works}"));
        // no failure: a store without a till does not need the permission
        if (!mayChargeAtTill)
            notificationService.ShowWarning(await GetTextAsync("Till.Permission.Missing"));
    }

    private Task<string> GetTextAsync(string name) => localizationService.GetResourceAsync($"{MionDefaults.ResourcePrefix}.{name}");
}
