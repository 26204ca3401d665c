using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>Serves the plugin's figures to Prometheus, at <c>/metrics</c> of the demo shop.</summary>
public static class ServedFigures
{
    /// <summary>Where they are.</summary>
    public const string Path = "/metrics";

    /// <summary>Adds the exporter to the demo shop's services.</summary>
    public static void Serve(IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(MionDefaults.Telemetry)
            // each look at the page shows what is, not what was some seconds ago
            .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        services.AddSingleton<IStartupFilter, Scraping>();
    }

    private sealed class Scraping : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint(Path);
            next(app);
        };
    }
}
