using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Factories;
using Nop.Plugin.Payments.Mion.Services;
using Nop.Web.Framework.Infrastructure.Extensions;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Registers the plugin's services.
/// </summary>
public class NopStartup : INopStartup
{
    /// <inheritdoc />
    public int Order => 3000;

    /// <inheritdoc />
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MionApiResilience>();
        services.AddSingleton<SharedStatusReads>();
        services.AddSingleton<SharedLookUps>();
        services.AddSingleton<PaymentsInHand>();
        services.AddSingleton<BackgroundScope>();
        services.AddSingleton<PluginLog>();
        services.AddTransient<MionCallLog>();

        // the store's proxy, as in its own clients; but a redirect would carry the API key to another place
        var client = services.AddHttpClient<MionApiClient>();
        client.WithProxy();
        client.ConfigurePrimaryHttpMessageHandler((handler, _) => ((HttpClientHandler)handler).AllowAutoRedirect = false);
        client.AddHttpMessageHandler<MionCallLog>();

        services.AddScoped<PaymentSessionStore>();
        services.AddScoped<ApiKeyProtector>();
        services.AddScoped<StoreSettings>();
        services.AddScoped<EuroConversion>();
        services.AddScoped<PaymentUrls>();
        services.AddScoped<OrderNotes>();
        services.AddScoped<OrderPayment>();
        services.AddScoped<PaymentSessionService>();
        services.AddScoped<PaymentConfirmationService>();
        services.AddScoped<PaymentMethodAvailability>();
        services.AddScoped<PaymentPollService>();
        services.AddScoped<WebhookRegistration>();
        services.AddScoped<ConnectionTest>();
        services.AddScoped<CurrentShopper>();
        services.AddScoped<Installation>();
        services.AddScoped<SettingsUpdate>();
        services.AddScoped<ConfigurationModelFactory>();
        services.AddScoped<PaymentPageModelFactory>();
    }

    /// <inheritdoc />
    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }
}
