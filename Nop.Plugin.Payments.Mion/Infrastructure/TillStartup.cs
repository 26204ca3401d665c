using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Factories;
using Nop.Plugin.Payments.Mion.Services.Till;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Registers the services of the till.
/// </summary>
public class TillStartup : INopStartup
{
    /// <inheritdoc />
    public int Order => 3002;

    /// <inheritdoc />
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<PaymentAttemptStore>();
        services.AddScoped<TillAttempts>();
        services.AddScoped<TillCharging>();
        services.AddScoped<TillStatusService>();
        services.AddScoped<TillInstallation>();
        services.AddScoped<TillSettingsService>();
        services.AddScoped<TillModelFactory>();
        services.AddScoped<TillScreenModelFactory>();
    }

    /// <inheritdoc />
    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }
}
