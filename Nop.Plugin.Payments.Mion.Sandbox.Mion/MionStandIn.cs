using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// A stand-in for Mion on 127.0.0.1: its API, its checkout page, its callbacks, and whatever can go wrong with them.
/// Any number of them run in one process; they share nothing.
/// </summary>
/// <remarks>
/// What is done here to a session can be done over HTTP too (see <see cref="ControlEndpoints"/>) and by a person on
/// the pages. Acts on a session throw <see cref="KeyNotFoundException"/> for an unknown one, and
/// <see cref="InvalidOperationException"/>, with the reason, where its state does not allow them.
/// </remarks>
public sealed partial class MionStandIn : IAsyncDisposable
{
    private const int LongestRequest = 64 * 1024;

    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _app;
    private readonly RequestJournal _journal;
    private readonly WebhookSender _sender;
    private readonly SessionStore _sessions;
    private readonly ApiKeyRing _keys;
    private readonly ComplianceDesk _compliance = new();
    private readonly Payers _payers;

    private MionStandIn(MionStandInOptions options)
    {
        _journal = new RequestJournal(options.TimeProvider, options.JournalLength);
        _sender = new WebhookSender(options, _journal, Faults);
        _sessions = new SessionStore(options, _sender);
        _payers = new Payers(_sessions);
        _keys = new ApiKeyRing(options.ApiKeyHeader, options.ApiKeyPrefix, new ApiKey(options.ApiKey, options.Permissions, 0));
        _app = Build(options);
    }

    /// <summary>Where it listens, such as http://127.0.0.1:5081/.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Where it listens for https on 127.0.0.1, where it has a certificate.</summary>
    public int? CardPort { get; private set; }

    /// <summary>What goes wrong from now on.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Starts one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MionStandIn> StartAsync(MionStandInOptions options, CancellationToken ct = default)
    {
        var standIn = new MionStandIn(options);
        try
        {
            await standIn._app.StartAsync(ct);
            var addresses = standIn._app.Urls.Select(url => new Uri(url)).ToList();
            standIn.BaseAddress = addresses.Single(address => address.Scheme == Uri.UriSchemeHttp);
            standIn.CardPort = addresses.Find(address => address.Scheme == Uri.UriSchemeHttps)?.Port;
            return standIn;
        }
        catch
        {
            await standIn.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops at once: what hangs is cut off, callbacks under way are given up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _sessions.Dispose();
        await _sender.DisposeAsync();
        _stopping.Dispose();
    }

    private WebApplication Build(MionStandInOptions options)
    {
        // an empty builder: no settings file and no environment variable of the machine has a say
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            if (options.CardCertificate is { } certificate)
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            // Mion's clock, not that of the machine on which the stand-in runs
            context.Response.Headers.Date = options.TimeProvider.GetUtcNow().ToString("R");
            await next(context);
        });
        var pipeline = new ApiPipeline(_keys, _journal, new FaultInjector(Faults, _stopping.Token));
        new ApiEndpoints(_sessions, pipeline, _compliance, _journal, new StandInContract(options.Contract), options.TimeProvider).Map(app);
        new ControlEndpoints(this).Map(app);
        new CardEndpoints(this, _journal, _stopping.Token).Map(app);
        new PageEndpoints(this, options).Map(app);
        return app;
    }
}
