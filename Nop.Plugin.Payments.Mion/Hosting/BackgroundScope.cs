using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>
/// Runs work as nopCommerce runs a scheduled task: in a scope and a request of its own, at the order's store, as the
/// built-in background user.
/// </summary>
/// <remarks>
/// nopCommerce's order processing asks for the current customer and store. In the request of a webhook or of a shopper
/// without cookies that creates a guest and hands out its cookie; setting another customer there would hand out
/// <em>that</em> customer's cookie. Cut off from the request, it sees the background user, the order's store, and no
/// entities cached by the request. nopCommerce knows a task by its path (<c>WebWorkContext.SetCurrentCustomerAsync</c>).
/// </remarks>
public class BackgroundScope(IServiceScopeFactory scopeFactory)
{
    private const string TaskPath = "/scheduletask/runtask";

    /// <summary>Runs work and waits for it.</summary>
    /// <param name="work">The work; resolves what it needs from the scope's services.</param>
    public Task<T> RunAsync<T>(int storeId, Func<IServiceProvider, Task<T>> work)
    {
        // the request's context flows with the execution context; replacing it there would take it from the request
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(async () =>
            {
                await using var scope = scopeFactory.CreateAsyncScope();
                var services = scope.ServiceProvider;
                var accessor = services.GetRequiredService<IHttpContextAccessor>();
                var context = new DefaultHttpContext { RequestServices = services };
                context.Request.Method = HttpMethods.Post;
                context.Request.Path = TaskPath;
                accessor.HttpContext = context;
                var store = await services.GetRequiredService<IStoreService>().GetStoreByIdAsync(storeId);
                if (Uri.TryCreate(store?.Url, UriKind.Absolute, out var address))
                {
                    context.Request.Scheme = address.Scheme;
                    context.Request.Host = HostString.FromUriComponent(address);
                    // of a store in a folder; the path itself stays the task's
                    context.Request.PathBase = PathString.FromUriComponent(address.AbsolutePath.TrimEnd('/'));
                }

                // nopCommerce makes the links in its e-mails, such as the one to the order, by the current action
                context.SetEndpoint(new Endpoint(requestDelegate: null, EndpointMetadataCollection.Empty, TaskPath));
                if (services.GetService<IActionContextAccessor>() is { } actions)
                    actions.ActionContext = new ActionContext(context, new RouteData(), new ActionDescriptor());

                return await work(services);
            });
        }
    }

    /// <summary>Starts work without waiting: neither the shopper nor Mion pays for it with time. The work handles its own errors.</summary>
    public void Start(int storeId, Func<IServiceProvider, Task> work) => _ = RunAsync(storeId, async services =>
    {
        await work(services);
        return true;
    });
}
