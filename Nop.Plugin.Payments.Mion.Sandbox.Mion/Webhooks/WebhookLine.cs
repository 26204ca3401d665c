namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>
/// The callbacks of one session, in the order of its changes unless a fault says otherwise.
/// </summary>
/// <param name="ofAccount">The webhooks of all sessions of the merchant.</param>
internal sealed class WebhookLine(StandInSession session, WebhookSender sender, IReadOnlyDictionary<Uri, bool> ofAccount)
{
    private readonly Lock _gate = new();
    private readonly List<Uri> _webhooks = [];
    private readonly List<TaskCompletionSource> _held = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Adds a webhook and says how many there are.</summary>
    public int Add(Uri webhook)
    {
        lock (_gate)
        {
            if (!_webhooks.Contains(webhook))
                _webhooks.Add(webhook);
            return _webhooks.Count;
        }
    }

    /// <summary>Tells every webhook of a status; returns at once.</summary>
    public void Announce(string status)
    {
        lock (_gate)
        {
            if (_webhooks.Count + ofAccount.Count == 0)
                return;
            var callback = Plan(status);
            if (callback.Dropped)
                sender.Journal.Note(MionOperations.Callback, 0, $"{status}, dropped");
            else if (callback.Overtaken)
                Hold(callback);
            else if (callback.Delay > TimeSpan.Zero)
                _ = sender.Run(ct => SendAsync(callback, ct));
            else
                Queue(callback);
        }
    }

    private Callback Plan(string status)
    {
        var body = sender.Contract.Write("callback", ("paymentSessionId", session.PaymentSessionId),
            ("status", sender.Contract.Word("status", status)));
        var callback = new Callback(status, body.ToJsonString(StandInJson.Options), [.. _webhooks, .. ofAccount.Keys]);
        foreach (var fault in sender.Faults.Next(MionOperations.Callback))
        {
            callback = fault.Kind switch
            {
                FaultKind.CallbackDrop => callback with { Dropped = true },
                FaultKind.CallbackReorder => callback with { Overtaken = true },
                FaultKind.CallbackDelay => callback with { Delay = callback.Delay + fault.Delay },
                FaultKind.CallbackDuplicate => callback with { Copies = callback.Copies + fault.Copies },
                FaultKind.CallbackGarbage => callback with { Body = fault.Body ?? sender.NextGarbage() },
                _ => callback
            };
        }
        return callback;
    }

    /// <summary>In its turn; then those go that were to be overtaken by it.</summary>
    private void Queue(Callback callback)
    {
        var before = _last;
        var held = _held.ToArray();
        _held.Clear();
        _last = sender.Run(async ct =>
        {
            await before;
            await SendAsync(callback, ct);
            foreach (var overtaken in held)
                overtaken.TrySetResult();
        });
    }

    /// <summary>Waits until another has gone, but not for long: there may be no other.</summary>
    private void Hold(Callback callback)
    {
        var overtaken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held.Add(overtaken);
        _ = sender.Run(async ct =>
        {
            await Task.WhenAny(overtaken.Task, Task.Delay(sender.LongestReorder, ct));
            await SendAsync(callback, ct);
        });
    }

    private async Task SendAsync(Callback callback, CancellationToken ct)
    {
        await Task.Delay(callback.Delay, ct);
        await Task.WhenAll(callback.Webhooks.SelectMany(webhook => Enumerable.Repeat(webhook, callback.Copies))
            .Select(webhook => sender.DeliverAsync(webhook, callback.Body, callback.Status, ct)));
    }

    /// <summary>One callback and what the faults make of it.</summary>
    private sealed record Callback(string Status, string Body, IReadOnlyList<Uri> Webhooks)
    {
        public bool Dropped { get; init; }

        public bool Overtaken { get; init; }

        public TimeSpan Delay { get; init; }

        public int Copies { get; init; } = 1;
    }
}
