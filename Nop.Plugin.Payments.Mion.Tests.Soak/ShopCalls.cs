using System.Reflection;
using Nop.Core.Events;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.Mion.Sandbox.Soak;

/// <summary>
/// Puts <see cref="ShopFaults"/> around every call that the plugin makes to the shop's services while it brings a
/// payment to its order.
/// </summary>
internal static class ShopCalls
{
    private static readonly Type[] _services =
    [
        typeof(IOrderService), typeof(IOrderProcessingService), typeof(IEventPublisher), typeof(IWorkflowMessageService), typeof(IMessageTemplateService),
        typeof(IEmailAccountService), typeof(ILocalizationService), typeof(ISettingService), typeof(IStoreService), typeof(Nop.Services.Logging.ILogger)
    ];

    /// <summary>For <see cref="Shop.DemoShopOptions.ConfigureServices"/>.</summary>
    public static void Wrap(IServiceCollection services, ShopFaults faults)
    {
        foreach (var service in _services)
        {
            var inner = services.Last(descriptor => descriptor.ServiceType == service);
            services.Add(ServiceDescriptor.Describe(service, provider => Wrap(service, Create(provider, inner), faults), inner.Lifetime));
        }
    }

    private static object Create(IServiceProvider provider, ServiceDescriptor descriptor) => descriptor.ImplementationFactory is { } factory
        ? factory(provider)
        : ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!);

    private static object Wrap(Type service, object inner, ShopFaults faults)
    {
        var proxy = DispatchProxy.Create(service, typeof(Proxy));
        ((Proxy)proxy).Set(service, inner, faults);
        return proxy;
    }

    /// <summary>One service; made by the runtime, hence not sealed.</summary>
    internal class Proxy : DispatchProxy
    {
        private static readonly MethodInfo _withResult = typeof(Proxy).GetMethod(nameof(CallAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;

        private Type _service = null!;
        private object _inner = null!;
        private ShopFaults _faults = null!;

        public void Set(Type service, object inner, ShopFaults faults) => (_service, _inner, _faults) = (service, inner, faults);

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            ArgumentNullException.ThrowIfNull(method);
            object? Call() => method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            var name = $"{_service.Name}.{method.Name}";
            if (method.ReturnType == typeof(Task))
                return _faults.OnCallAsync(name, () => (Task)Call()!);
            if (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>))
                return _withResult.MakeGenericMethod(method.ReturnType.GetGenericArguments()).Invoke(this, BindingFlags.DoNotWrapExceptions, null, [name, (Func<object?>)Call], null);
            return Call();
        }

        private async Task<T> CallAsync<T>(string name, Func<object?> call)
        {
            T result = default!;
            await _faults.OnCallAsync(name, async () => result = await (Task<T>)call()!);
            return result;
        }
    }
}
