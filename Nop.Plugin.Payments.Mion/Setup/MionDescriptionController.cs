using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Messages;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.Filters;

namespace Nop.Plugin.Payments.Mion.Setup;

/// <summary>Reads a description of Mion's API that a person uploads. Nothing is saved before <em>Apply</em>.</summary>
[AuthorizeAdmin]
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
[ValidateIpAddress]
public class MionDescriptionController(
    ContractSettings contractSettings,
    DescriptionModelFactory modelFactory,
    INotificationService notificationService,
    IStoreContext storeContext,
    PaymentTexts texts,
    StoreSettings storeSettings) : BasePaymentController
{
    /// <summary>Shows the page.</summary>
    [HttpGet]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Index() => Page(await modelFactory.PrepareAsync(await StoreIdAsync()));

    /// <summary>Reads a file, and shows what it would change.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Read(IFormFile? file)
    {
        var (description, problem) = await ReadAsync(file);
        var storeId = await StoreIdAsync();
        if (problem == DescriptionProblem.None)
        {
            var proposal = await ProposeAsync(description, [], storeId);
            return Page(await modelFactory.PrepareAsync(storeId, description, proposal) with
            {
                NeedsKey = proposal.IsComplete && await contractSettings.NeedsKeyAsync(proposal, storeId)
            });
        }

        notificationService.ShowError(await texts.GetAsync($"Description.{problem}"));
        return RedirectToRoute(MionDefaults.Route.Description);
    }

    /// <summary>Saves what a description that was read says, once nothing is left to ask.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Apply(DescriptionModel model)
    {
        var storeId = await StoreIdAsync();
        // chosen in another tab since, or a form that has lain for months: what was shown is not what would be saved
        if (model.StoreId != storeId || modelFactory.Read(model.Description) is not { } description)
        {
            notificationService.ShowError(await texts.GetAsync("Validation.OtherStore"));
            return RedirectToRoute(MionDefaults.Route.Description);
        }

        var proposal = await ProposeAsync(description, model.Choices, storeId);
        var isTooLong = proposal.ToContract().ToText().Length > MionContract.MaxText;
        if (proposal.IsComplete && !isTooLong && await contractSettings.TryApplyAsync(proposal, storeId, model.ApiKey, model.CallbackSecret))
        {
            notificationService.ShowSuccess(await texts.GetAsync("Description.Applied"));
            return RedirectToRoute(MionDefaults.Route.Configure);
        }

        // what is left to ask stands on the page
        if (proposal.IsComplete)
            notificationService.ShowError(await texts.GetAsync(isTooLong ? "Description.TooComplex" : "Validation.ApiKeyAgain"));
        return Page(await modelFactory.PrepareAsync(storeId, description, proposal) with { NeedsKey = proposal.IsComplete && !isTooLong });
    }

    /// <summary>Goes back to the defaults; a store, to the values shared by all.</summary>
    [HttpPost]
    [CheckPermission(StandardPermission.Configuration.MANAGE_PAYMENT_METHODS)]
    public async Task<IActionResult> Reset(string? apiKey)
    {
        var storeId = await StoreIdAsync();
        if (await contractSettings.TryResetAsync(storeId, apiKey))
        {
            notificationService.ShowSuccess(await texts.GetAsync("Description.WasReset"));
            return RedirectToRoute(MionDefaults.Route.Configure);
        }

        notificationService.ShowError(await texts.GetAsync("Validation.ApiKeyAgain"));
        return Page(await modelFactory.PrepareAsync(storeId) with { NeedsKey = true });
    }

    private static async Task<(ApiDescription, DescriptionProblem)> ReadAsync(IFormFile? file)
    {
        if (file is null || file.Length > OpenApiReader.MaxBytes)
            return (new(), file is null ? DescriptionProblem.NotJson : DescriptionProblem.TooLarge);
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        return OpenApiReader.Read(content.ToArray());
    }

    private async Task<ContractProposal> ProposeAsync(ApiDescription description, Dictionary<string, string> choices, int storeId) =>
        ContractProposal.Of(description, choices, await storeSettings.LoadApiOptionsAsync(storeId));

    private Task<int> StoreIdAsync() => storeContext.GetActiveStoreScopeConfigurationAsync();

    private ViewResult Page(DescriptionModel model)
    {
        ModelState.Clear();
        return View(MionDefaults.View.Description, model);
    }
}
