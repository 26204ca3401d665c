using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Nop.Core.Infrastructure
{
    /// <summary>Found by a scan of the loaded assemblies; needs a constructor without parameters.</summary>
    public interface INopStartup
    {
        int Order { get; }

        void ConfigureServices(IServiceCollection services, IConfiguration configuration);

        void Configure(IApplicationBuilder application);
    }
}

namespace Nop.Core.Events
{
    /// <summary>Hands an event to every consumer; what a consumer throws is only logged.</summary>
    public interface IEventPublisher
    {
        Task PublishAsync<TEvent>(TEvent @event);
    }
}

namespace Nop.Core.Http
{
    /// <summary>Names of the store's own routes.</summary>
    public static class NopRouteNames
    {
        /// <summary>Pages that are always there.</summary>
        public static class General
        {
            public const string CART = "ShoppingCart";

            public const string HOMEPAGE = "Homepage";
        }

        /// <summary>Pages of the shop.</summary>
        public static class Standard
        {
            public const string CHECKOUT_COMPLETED = "CheckoutCompleted";

            public const string ORDER_DETAILS = "OrderDetails";
        }
    }

    /// <summary>Names of the store's cookies: prefix and name together.</summary>
    public static class NopCookieDefaults
    {
        public static string Prefix => ".Nop";

        public static string CustomerCookie => ".Customer";
    }
}
