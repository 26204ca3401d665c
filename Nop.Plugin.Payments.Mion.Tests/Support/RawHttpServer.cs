using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>
/// An HTTP server that knows no HTTP: it writes down what it is sent and sends back the bytes it was told, good or bad.
/// One request a connection, any number of connections; the last answer of the script is given again and again.
/// </summary>
public sealed class RawHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RawRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Arrived)> _waiting = [];
    private readonly RawAnswer[] _script;
    private readonly Task _accepting;

    public RawHttpServer(params RawAnswer[] script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>An address at which nobody listens.</summary>
    public static string NobodysAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    /// <summary>Waits until so many requests have been read in full.</summary>
    public Task ReceivedAsync(int count)
    {
        lock (_requests)
        {
            if (_requests.Count >= count)
                return Task.CompletedTask;
            var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, arrived));
            return arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await RawRequest.ReadAsync(stream, _stop.Token) is { } request)
                    await AnswerAsync(client, stream, Record(request));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // the client went away, or the test is over
            }
        }
    }

    private RawAnswer Record(RawRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
            foreach (var (_, arrived) in _waiting.Where(waiting => waiting.Count <= _requests.Count))
                arrived.TrySetResult();
            return _script[Math.Min(_requests.Count, _script.Length) - 1];
        }
    }

    private async Task AnswerAsync(TcpClient client, NetworkStream stream, RawAnswer answer)
    {
        await stream.WriteAsync(answer.Bytes, _stop.Token);
        switch (answer.Ending)
        {
            case RawEnding.Reset:
                client.LingerState = new LingerOption(true, 0);
                break;
            case RawEnding.Silence:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                break;
            default:
                client.Client.Shutdown(SocketShutdown.Send);
                // closing with unread bytes would reset the connection under the client's hands
                while (await stream.ReadAsync(new byte[256], _stop.Token) > 0)
                {
                }

                break;
        }
    }
}
