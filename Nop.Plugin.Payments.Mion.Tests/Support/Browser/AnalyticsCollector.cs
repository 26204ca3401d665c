using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// An analytics service: a script that a store's layout brings in, and all that it hears. The script tells whatever a
/// script of the page can read of where its visitor is and came from.
/// </summary>
internal sealed class AnalyticsCollector : IAsyncDisposable
{
    private const string Script = """
        (function () {
          var server = new URL(document.currentScript.src).origin;
          function tell() {
            var seen = [location.href, document.referrer, document.cookie, document.documentElement.outerHTML];
            performance.getEntries().forEach(function (entry) { seen.push(entry.name); });
            (window.navigation ? navigation.entries() : []).forEach(function (entry) { seen.push(entry.url); });
            fetch(server + '/seen', { method: 'POST', mode: 'no-cors', body: JSON.stringify(seen) });
          }
          tell();
          window.addEventListener('load', tell);
          window.setInterval(tell, 500);
        }());
        """;

    private readonly WebApplication _app;
    private readonly List<string> _heard = [];

    private AnalyticsCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where a layout has the script from.</summary>
    public Uri ScriptUrl => new($"{_app.Urls.Single()}/analytics.js");

    /// <summary>What it has heard so far, the headers of the requests too.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
                return string.Join('\n', _heard);
        }
    }

    public static AnalyticsCollector Start()
    {
        var collector = new AnalyticsCollector();
        collector._app.StartAsync().GetAwaiter().GetResult();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        lock (_heard)
            _heard.Add($"{string.Join('\n', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n{body}");
        context.Response.ContentType = "text/javascript";
        await context.Response.WriteAsync(context.Request.Path == "/analytics.js" ? Script : string.Empty, context.RequestAborted);
    }
}
