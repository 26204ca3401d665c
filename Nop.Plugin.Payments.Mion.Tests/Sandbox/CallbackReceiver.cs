using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.Mion.Tests.Sandbox;

/// <summary>A shop reduced to its webhook: remembers what it was sent, and answers as told.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _bodies = [];

    private CallbackReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>The status code for the n-th callback, counted from 1.</summary>
    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status200OK;

    /// <summary>Whether callbacks wait for an answer for as long as the sender does.</summary>
    public bool Hangs { get; set; }

    public Uri Url => new($"{_app.Urls.Single()}/mion/webhook/token");

    public IReadOnlyList<string> Bodies
    {
        get
        {
            lock (_bodies)
                return [.. _bodies];
        }
    }

    /// <summary>The statuses that were sent, in the order in which they came.</summary>
    public IReadOnlyList<string?> Statuses => [.. Bodies.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("status").GetString())];

    public static async Task<CallbackReceiver> StartAsync()
    {
        var receiver = new CallbackReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        int number;
        lock (_bodies)
        {
            _bodies.Add(body);
            number = _bodies.Count;
        }
        if (Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        context.Response.StatusCode = Answer(number);
    }
}
