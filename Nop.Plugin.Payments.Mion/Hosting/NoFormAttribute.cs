using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// For addresses that anybody can call: their actions take nothing but the token in the address, so no body is read as a
/// form. ASP.NET would read a whole one before the action runs, and fail on one that is broken.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NoFormAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        // nothing to undo
    }
}
