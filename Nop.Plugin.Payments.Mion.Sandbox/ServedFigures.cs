using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>Serves the figures of one shop to Prometheus, at <c>/metrics</c> of the demo shop.</summary>
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
        // an exporter hears of every shop of its process, and a shop that ends takes what has its instruments' names with it
        services.ConfigureOpenTelemetryMeterProvider((shop, metrics) => metrics.AddView(instrument =>
            instrument.Meter.Scope == shop.GetRequiredService<IMeterFactory>() ? null : MetricStreamConfiguration.Drop));
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
