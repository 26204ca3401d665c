using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Sends callbacks in the background, a bounded number of times, and knows when none is left under way.</summary>
internal sealed class WebhookSender(MionStandInOptions options, RequestJournal journal, FaultPlan faults) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private int _garbage = -1;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan
    };
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _underWay = [];

    public StandInContract Contract { get; } = new(options.Contract);

    public FaultPlan Faults => faults;

    public TimeSpan LongestReorder => options.LongestReorder;

    public RequestJournal Journal => journal;

    /// <summary>One kind of nonsense after the other.</summary>
    public string NextGarbage() => Garbage.Callback(Interlocked.Increment(ref _garbage));

    /// <summary>Runs something in the background until the stand-in stops; never fails.</summary>
    public Task Run(Func<CancellationToken, Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work(_stopping.Token);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
        });
        lock (_gate)
            _underWay.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    /// <summary>Waits until every callback was delivered or given up.</summary>
    public async Task SettledAsync(CancellationToken ct)
    {
        while (true)
        {
            Task[] underWay;
            lock (_gate)
                underWay = [.. _underWay];
            if (underWay.Length == 0)
                return;
            await Task.WhenAll(underWay).WaitAsync(ct);
        }
    }

    /// <summary>Delivers to one webhook: the first try here, the further ones in the background, so that they hold up no other.</summary>
    public async Task DeliverAsync(Uri webhook, string body, string status, CancellationToken ct)
    {
        if (!await TryAsync(webhook, body, $"{status}, try 1", ct) && options.WebhookTries > 1)
            _ = Run(stopping => RetryAsync(webhook, body, status, stopping));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await SettledAsync(CancellationToken.None);
        _http.Dispose();
    }

    private async Task RetryAsync(Uri webhook, string body, string status, CancellationToken ct)
    {
        var pause = options.WebhookBackOff;
        for (var number = 2; number <= options.WebhookTries; number++, pause *= 2)
        {
            await Task.Delay(pause, ct);
            if (await TryAsync(webhook, body, $"{status}, try {number}", ct))
                return;
        }
    }

    private async Task<bool> TryAsync(Uri webhook, string body, string detail, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.WebhookTimeout);
        try
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (Contract["callback.signatureHeader"] is { Length: > 0 } header)
                content.Headers.Add(header, Sign(body));
            using var answer = await _http.PostAsync(webhook, content, limit.Token);
            journal.Count(MionOperations.Callback, (int)answer.StatusCode, detail);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            journal.Count(MionOperations.Callback, 0, detail);
            return false;
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
            _underWay.Remove(task);
    }

    private string Sign(string body) => "sha256="
        + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.CallbackSecret), Encoding.UTF8.GetBytes(body)));
}
