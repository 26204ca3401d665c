using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>Every session of one stand-in.</summary>
internal sealed class SessionStore(MionStandInOptions options, WebhookSender sender) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, PaymentSession> _sessions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PaymentSession> _inOrder = [];
    private readonly Dictionary<(int Merchant, string Reference), string> _newestByReference = [];
    private readonly ConcurrentDictionary<int, ConcurrentDictionary<Uri, bool>> _accountWebhooks = new();
    private int _duplicateReferences;

    /// <summary>How often a reference was used that its merchant had used before.</summary>
    public int DuplicateReferences => Volatile.Read(ref _duplicateReferences);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StandInSession> All
    {
        get
        {
            PaymentSession[] sessions;
            lock (_gate)
                sessions = [.. _inOrder];
            return Array.ConvertAll(sessions, session => session.Read());
        }
    }

    public StandInSession Create(CreateSessionRequest request, int merchant)
    {
        var msat = Invoices.Msat(request.Amount, options.EuroPerBitcoin);
        var state = new StandInSession
        {
            PaymentSessionId = Guid.NewGuid().ToString(),
            Reference = request.Reference,
            Amount = request.Amount,
            CurrencyIso3 = request.CurrencyIso3,
            RetailPos = request.RetailPos,
            RedirectUrl = request.RedirectUrl,
            CreatedAt = options.TimeProvider.GetUtcNow(),
            ExpiresAt = request.ExpiresAt,
            AmountMsat = msat,
            FundingAmountAvailable = options.AvailableMeansPayable ? msat : 0,
            LnInvoice = Invoices.Lightning(msat),
            Merchant = merchant
        };
        var session = new PaymentSession(state, options, new WebhookLine(state, sender, _accountWebhooks.GetOrAdd(merchant, _ => new())));
        lock (_gate)
        {
            _sessions[state.PaymentSessionId] = session;
            _inOrder.Add(session);
            if (state.Reference is { } reference)
            {
                if (_newestByReference.ContainsKey((merchant, reference)))
                    _duplicateReferences++;
                _newestByReference[(merchant, reference)] = state.PaymentSessionId;
            }
        }
        return state;
    }

    /// <summary>Sessions that Mion says it does not know (404), or that they are gone (410) where the value is true.</summary>
    public ConcurrentDictionary<string, bool> Forgotten { get; } = new(StringComparer.OrdinalIgnoreCase);

    public PaymentSession? Find(string paymentSessionId) => _sessions.GetValueOrDefault(paymentSessionId);

    /// <summary>The newest session of that name.</summary>
    public PaymentSession? FindByReference(int merchant, string reference)
    {
        lock (_gate)
            return _newestByReference.TryGetValue((merchant, reference), out var id) ? Find(id) : null;
    }

    /// <summary>Registers a webhook for all sessions of a merchant; the same one twice is one.</summary>
    public void RegisterForAll(int merchant, Uri webhook) => _accountWebhooks.GetOrAdd(merchant, _ => new())[webhook] = true;

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
            session.Dispose();
    }
}
