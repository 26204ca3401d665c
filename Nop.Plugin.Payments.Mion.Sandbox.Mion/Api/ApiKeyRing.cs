namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>A key, what it may do, and whose it is: a merchant sees only sessions of its own.</summary>
internal sealed record ApiKey(string Secret, MionPermissions Permissions, int Merchant)
{
    /// <summary>A record's own text would print the secret.</summary>
    public override string ToString() => $"key of merchant {Merchant}";
}

/// <summary>The keys that are accepted; the first is the demo shop's.</summary>
internal sealed class ApiKeyRing(string header, string prefix, ApiKey first)
{
    private readonly Lock _gate = new();
    private readonly List<ApiKey> _keys = [first];

    /// <summary>What the first key may do.</summary>
    public MionPermissions Permissions
    {
        get
        {
            lock (_gate)
                return _keys[0].Permissions;
        }
        set => Replace(key => key with { Permissions = value });
    }

    /// <summary>Takes another secret for the first key; the old one is refused from now on.</summary>
    public void Rotate(string secret) => Replace(key => key with { Secret = secret });

    /// <summary>Adds another merchant.</summary>
    public void Add(string secret, MionPermissions permissions)
    {
        lock (_gate)
            _keys.Add(new ApiKey(secret, permissions, _keys.Count));
    }

    /// <summary>The key that a request carries, or null when it carries none or a wrong one.</summary>
    public ApiKey? Find(Microsoft.AspNetCore.Http.HttpRequest request)
    {
        var values = request.Headers[header];
        if (values.Count != 1 || values[0] is not { } value || !value.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        lock (_gate)
            return _keys.Find(key => string.Equals(key.Secret, value[prefix.Length..], StringComparison.Ordinal));
    }

    private void Replace(Func<ApiKey, ApiKey> change)
    {
        lock (_gate)
            _keys[0] = change(_keys[0]);
    }
}
