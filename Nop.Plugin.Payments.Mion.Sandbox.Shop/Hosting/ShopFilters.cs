using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Nop.Core;
using Nop.Core.Domain;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Controllers;
using Nop.Services.Localization;
using Nop.Web.Framework.Controllers;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>
/// What nopCommerce's filters do on every action of a <see cref="BaseController"/>: they touch the current customer, and
/// so make a guest of whoever comes without cookies.
/// </summary>
internal sealed class TouchCustomerFilter : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (context.Controller is BaseController)
            _ = await context.HttpContext.RequestServices.GetRequiredService<IWorkContext>().GetCurrentCustomerAsync();
        await next();
    }
}

/// <summary>
/// Sends visitors of a closed store away from the store's own pages. As in nopCommerce, where this is on the base class of
/// its public controllers, it does not ask whose a plugin's controller is.
/// </summary>
internal sealed class ClosedStoreFilter : IAsyncActionFilter
{
    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var isPublicPage = context.Controller.GetType().Assembly == typeof(ClosedStoreFilter).Assembly
            && context.Controller is not (CommonController or ScheduleTaskController) && !context.RouteData.Values.ContainsKey("area");
        if (!isPublicPage || !context.HttpContext.RequestServices.GetRequiredService<StoreInformationSettings>().StoreClosed)
            return next();
        context.Result = new RedirectToRouteResult("StoreClosed", null);
        return Task.CompletedTask;
    }
}

/// <summary>Runs the validator of each of an action's arguments before the action.</summary>
internal sealed class ValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        foreach (var argument in context.ActionArguments.Values.OfType<object>())
        {
            if (services.GetService(typeof(IValidator<>).MakeGenericType(argument.GetType())) is not IValidator validator)
                continue;
            var result = await validator.ValidateAsync(new ValidationContext<object>(argument));
            foreach (var error in result.Errors)
                context.ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
        }

        await next();
    }
}

/// <summary>The text of a field that is named by a resource, in the language of whoever asks.</summary>
internal sealed class ResourceNames(IHttpContextAccessor httpContextAccessor) : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Attributes.OfType<NopResourceDisplayNameAttribute>().FirstOrDefault() is not { } named)
            return;
        context.DisplayMetadata.DisplayName = () => httpContextAccessor.HttpContext?.RequestServices is { } services
            ? services.GetRequiredService<ILocalizationService>().GetResourceAsync(named.ResourceKey).GetAwaiter().GetResult()
            : named.ResourceKey;
    }
}
