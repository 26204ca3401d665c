using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Services;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Registers the services of the merchant's desk.
/// </summary>
public class DeskStartup : INopStartup
{
    /// <inheritdoc />
    public int Order => 3001;

    /// <inheritdoc />
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<PaymentEventStore>();
        services.AddScoped<HealthStore>();
        services.AddScoped<PaymentHistory>();
        services.AddScoped<HealthRecord>();
    }

    /// <inheritdoc />
    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }
}
