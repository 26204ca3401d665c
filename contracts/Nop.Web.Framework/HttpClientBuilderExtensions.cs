using Microsoft.Extensions.DependencyInjection;

namespace Nop.Web.Framework.Infrastructure.Extensions;

/// <summary>nopCommerce's proxy settings for an HTTP client.</summary>
public static class HttpClientBuilderExtensions
{
    /// <summary>Replaces the primary handler, as the store's does: whatever handler was set before is gone.</summary>
    public static void WithProxy(this IHttpClientBuilder httpClientBuilder)
        => httpClientBuilder.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler());
}
