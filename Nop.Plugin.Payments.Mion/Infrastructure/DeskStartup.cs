using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Infrastructure;
using Nop.Plugin.Payments.Mion.Data;
using Nop.Plugin.Payments.Mion.Factories;
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
        services.AddSingleton<HealthPulse>();
        services.AddScoped<HealthStore>();
        services.AddScoped<ExaminationStore>();
        services.AddScoped<PaymentHistory>();
        services.AddScoped<PaymentMention>();
        services.AddScoped<HealthRecord>();
        services.AddScoped<Housekeeping>();
        services.AddScoped<LanguagePacks>();
        services.AddScoped<PaymentDesk>();
        services.AddScoped<PaymentDoctor>();
        services.AddScoped<PaymentExport>();
        services.AddScoped<PaymentSearchStore>();
        services.AddScoped<PaymentTexts>();
        services.AddScoped<SupportBundle>();
        services.AddScoped<DoctorModelFactory>();
        services.AddScoped<WebhookRoundTrip>();
        services.AddScoped<WebhookStepFactory>();
        services.AddScoped<SetupTests>();
        services.AddScoped<HealthModelFactory>();
        services.AddScoped<OrderPanelModelFactory>();
        services.AddScoped<PaymentListModelFactory>();

        // a redirect of the webhook's address is what the test is to find, so it is not followed; and no proxy: Mion uses none
        services.AddHttpClient<WebhookTest>()
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false });
    }

    /// <inheritdoc />
    public void Configure(IApplicationBuilder application)
    {
        // nothing in the pipeline
    }
}
