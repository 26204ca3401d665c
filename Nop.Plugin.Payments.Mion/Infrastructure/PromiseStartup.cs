using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Services;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// Registers what tells people, and what keeps the log readable.
/// </summary>
public class PromiseStartup : INopStartup
{
    /// <inheritdoc />
    public int Order => 3000;

    /// <inheritdoc />
    public void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<LogDigest>();
        services.AddScoped<PaymentFollowUpStore>();
        services.AddScoped<AlertTemplate>();
        services.AddScoped<AlertMail>();
        services.AddScoped<PersonAlert>();
        services.AddScoped<RefundNotes>();
        services.AddScoped<StalledPayments>();
        services.AddScoped<UnknownSessions>();
    }

    /// <inheritdoc />
    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }
}
