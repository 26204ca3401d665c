using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>
/// What actions the controllers have: found out once for all shops of one process, since reading every attribute is a good
/// part of a shop's start. Each shop gets copies, because what runs an action keeps its own services in it.
/// </summary>
internal sealed class SharedActions(Assembly plugin, Func<IActionDescriptorProvider> createFinder) : IActionDescriptorProvider
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<IReadOnlyList<ControllerActionDescriptor>>> _found = new();

    /// <summary>As of the one that finds them.</summary>
    public int Order => -1000;

    public static void Add(IServiceCollection services, Assembly plugin)
    {
        var finder = services.Single(service => service.ServiceType == typeof(IActionDescriptorProvider) && service.ImplementationType?.Name == "ControllerActionDescriptorProvider");
        services.Remove(finder);
        services.AddTransient<IActionDescriptorProvider>(provider => new SharedActions(plugin,
            () => (IActionDescriptorProvider)ActivatorUtilities.CreateInstance(provider, finder.ImplementationType!)));
    }

    public void OnProvidersExecuting(ActionDescriptorProviderContext context)
    {
        foreach (var action in _found.GetOrAdd(plugin, _ => new Lazy<IReadOnlyList<ControllerActionDescriptor>>(Find)).Value)
            context.Results.Add(Copy(action));
    }

    public void OnProvidersExecuted(ActionDescriptorProviderContext context)
    {
        // copies are complete
    }

    private List<ControllerActionDescriptor> Find()
    {
        var (context, finder) = (new ActionDescriptorProviderContext(), createFinder());
        finder.OnProvidersExecuting(context);
        finder.OnProvidersExecuted(context);
        return [.. context.Results.Cast<ControllerActionDescriptor>()];
    }

    private static ControllerActionDescriptor Copy(ControllerActionDescriptor action) => new()
    {
        ActionConstraints = action.ActionConstraints,
        ActionName = action.ActionName,
        AttributeRouteInfo = action.AttributeRouteInfo,
        BoundProperties = action.BoundProperties,
        ControllerName = action.ControllerName,
        ControllerTypeInfo = action.ControllerTypeInfo,
        DisplayName = action.DisplayName,
        EndpointMetadata = [.. action.EndpointMetadata],
        FilterDescriptors = [.. action.FilterDescriptors],
        MethodInfo = action.MethodInfo,
        Parameters = action.Parameters,
        Properties = new Dictionary<object, object?>(action.Properties),
        RouteValues = action.RouteValues
    };
}
