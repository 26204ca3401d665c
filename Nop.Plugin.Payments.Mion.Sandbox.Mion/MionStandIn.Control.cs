namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

// what a test or a person can see and do
public sealed partial class MionStandIn
{
    /// <summary>Every session as it stands now, oldest first.</summary>
    public IReadOnlyList<StandInSession> Sessions => _sessions.All;

    /// <summary>How often a reference was used that its merchant had used before: a plugin should never do that.</summary>
    public int DuplicateReferences => _sessions.DuplicateReferences;

    /// <summary>The latest requests and callbacks, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Journal => _journal.Entries;

    /// <summary>Every counter, by <see cref="MionOperations"/>.</summary>
    public IReadOnlyDictionary<string, int> AllCalls => _journal.AllCalls;

    /// <summary>The largest number of API calls that were ever in progress at one moment.</summary>
    public int PeakConcurrency => _journal.Peak;

    /// <summary>What the first key may do.</summary>
    public MionPermissions Permissions
    {
        get => _keys.Permissions;
        set => _keys.Permissions = value;
    }

    /// <summary>What the next payment attempts say about compliance.</summary>
    public StandInCompliance Compliance
    {
        get => _compliance.Answer;
        set => _compliance.Answer = value;
    }

    /// <summary>How the service of a Bolt Card behaves from now on.</summary>
    public StandInCard Card { get; set; } = new();

    /// <summary>How often an operation was called (for <see cref="MionOperations.Callback"/>: how often one was sent).</summary>
    /// <param name="operation">One of <see cref="MionOperations"/>.</param>
    public int Calls(string operation) => _journal.Calls(operation);

    /// <summary>Takes another secret for the first key; the old one is refused from now on.</summary>
    public void RotateKey(string apiKey) => _keys.Rotate(apiKey);

    /// <summary>Adds another merchant's key; merchants do not see each other's sessions.</summary>
    public void AddKey(string apiKey, MionPermissions permissions = MionPermissions.All) => _keys.Add(apiKey, permissions);

    /// <summary>One session as it stands now; null for an unknown one.</summary>
    public StandInSession? Find(string paymentSessionId) => _sessions.Find(paymentSessionId)?.Read();

    /// <summary>Lets Mion say that it does not know a session that it created, or know it again.</summary>
    /// <param name="isGone">Whether it says so by 410 in place of 404.</param>
    public void Forget(string paymentSessionId, bool forget = true, bool isGone = false)
    {
        if (forget)
            _sessions.Forgotten[paymentSessionId] = isGone;
        else
            _sessions.Forgotten.TryRemove(paymentSessionId, out _);
    }

    /// <summary>Whether Mion says that it does not know a session that it created.</summary>
    public bool IsForgotten(string paymentSessionId) => _sessions.Forgotten.ContainsKey(paymentSessionId);

    /// <summary>Waits until every callback was delivered, or given up after its last try.</summary>
    public Task CallbacksSettledAsync(CancellationToken ct = default) => _sender.SettledAsync(ct);

    /// <summary>Pays in full over Lightning.</summary>
    /// <param name="paymentSessionId">The session.</param>
    /// <param name="lnInvoice">At a till: which attempt's invoice, as it was scanned; without it, the newest attempt's.</param>
    public StandInSession PayByLightning(string paymentSessionId, string? lnInvoice = null) => Act("pay-lightning", paymentSessionId, lnInvoice);

    /// <summary>Pays in full on the blockchain: seen (something available, no paidAt), and confirmed at once if so asked.</summary>
    public StandInSession PayOnChain(string paymentSessionId, bool confirmed = false)
    {
        var session = Act("pay-on-chain", paymentSessionId);
        return confirmed ? Confirm(paymentSessionId) : session;
    }

    /// <summary>Confirms the payment that was seen on the blockchain; possible after the session's expiry too.</summary>
    public StandInSession Confirm(string paymentSessionId) => Act("confirm", paymentSessionId);

    /// <summary>Pays half of the amount; the rest can follow.</summary>
    public StandInSession PayTooLittle(string paymentSessionId) => Act("pay-too-little", paymentSessionId);

    /// <summary>Pays in full after the expiry, which is brought about where it has not come yet.</summary>
    public StandInSession PayLate(string paymentSessionId) => Act("pay-late", paymentSessionId);

    /// <summary>Ends the session now; a payment that was seen may still be confirmed.</summary>
    public StandInSession Expire(string paymentSessionId) => Act("expire", paymentSessionId);

    /// <summary>Gives back what was paid; a paid session stays paid.</summary>
    public StandInSession Refund(string paymentSessionId) => Act("refund", paymentSessionId);

    /// <summary>The next step of Mion's own processing after a payment.</summary>
    public StandInSession Advance(string paymentSessionId) => Act("advance", paymentSessionId);

    /// <summary>Sends the callback for the present status once more.</summary>
    public StandInSession CallWebhooks(string paymentSessionId) => Act("call-webhooks", paymentSessionId);

    internal StandInSession Act(string act, string paymentSessionId, string? lnInvoice = null) =>
        _payers.Act(act, paymentSessionId, lnInvoice);
}
