namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>What was noted last.</summary>
/// <param name="Value">What.</param>
/// <param name="OnUtc">When, UTC.</param>
public sealed record Noted<T>(T Value, DateTime OnUtc);

/// <summary>Everything that was noted about the plugin's workings.</summary>
public sealed class HealthSnapshot(IReadOnlyCollection<MionHealthEntry> rows)
{
    private readonly Dictionary<string, MionHealthEntry> _rows = rows.ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>What was noted last of a fact; null where nothing was, or what cannot be read.</summary>
    /// <param name="storeId">The store that it is about; 0 for all together.</param>
    public Noted<T>? Find<T>(HealthFact<T> fact, int storeId = 0) where T : class =>
        _rows.TryGetValue(fact.GetRowName(storeId), out var row) && fact.Read(row.Text) is { } value ? new(value, row.OnUtc) : null;

    /// <summary>When a fact was noted last; null for never.</summary>
    public DateTime? FindTime<T>(HealthFact<T> fact, int storeId = 0) where T : class => Find(fact, storeId)?.OnUtc;

    /// <summary>What was noted last of a fact in each store.</summary>
    public IEnumerable<(int StoreId, T Value)> InStores<T>(HealthFact<T> fact) where T : class =>
        from name in _rows.Keys
        let storeId = fact.FindStore(name) ?? 0
        where storeId > 0
        let noted = Find(fact, storeId)
        where noted is not null
        select (storeId, noted.Value);

    /// <summary>The rows that may be shown.</summary>
    public IEnumerable<MionHealthEntry> PublicRows => _rows.Values.Where(row => HealthFacts.IsPublic(row.Name));
}
