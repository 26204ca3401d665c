namespace Nop.Plugin.Payments.Mion.Sandbox.Mion;

/// <summary>A rule that is in force.</summary>
/// <param name="Rule">As it was added.</param>
/// <param name="Remaining">How many more calls it hits; null for all.</param>
/// <param name="Injected">How many calls it has hit.</param>
public sealed record ActiveFault(FaultRule Rule, int? Remaining, int Injected);

/// <summary>What goes wrong from now on; any thread may add to it at any time.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<FaultKind, int> _injected = [];
    private readonly Dictionary<int, int> _statusCodes = [];

    /// <summary>The rules that still hit something.</summary>
    public IReadOnlyList<ActiveFault> Active
    {
        get
        {
            lock (_gate)
                return _entries.ConvertAll(entry => new ActiveFault(entry.Rule, entry.Remaining, entry.Injected));
        }
    }

    /// <summary>How many calls were hit by each kind since the start; clearing the plan does not reset it.</summary>
    public IReadOnlyDictionary<FaultKind, int> Injected
    {
        get
        {
            lock (_gate)
                return _injected.ToDictionary();
        }
    }

    /// <summary>How many calls were answered with each status code by <see cref="FaultKind.Status"/>.</summary>
    public IReadOnlyDictionary<int, int> InjectedStatusCodes
    {
        get
        {
            lock (_gate)
                return _statusCodes.ToDictionary();
        }
    }

    /// <summary>Adds rules, behind those that are there.</summary>
    /// <exception cref="ArgumentException">A rule makes no sense; none was added.</exception>
    public void Add(params IReadOnlyList<FaultRule> rules)
    {
        foreach (var rule in rules)
        {
            ArgumentNullException.ThrowIfNull(rule);
            rule.Validate();
        }
        lock (_gate)
            _entries.AddRange(rules.Select(rule => new Entry(rule)));
    }

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    /// <summary>What hits the next call of an operation.</summary>
    internal IReadOnlyList<FaultRule> Next(string operation)
    {
        lock (_gate)
        {
            if (_entries.Count == 0)
                return [];
            var hits = new List<FaultRule>();
            foreach (var entry in _entries)
            {
                if (!entry.Rule.Concerns(operation) || (!entry.Rule.Combines && hits.Exists(hit => !hit.Combines)))
                    continue;
                if (!entry.Hits())
                    continue;
                hits.Add(entry.Rule);
                _injected[entry.Rule.Kind] = _injected.GetValueOrDefault(entry.Rule.Kind) + 1;
                if (entry.Rule.Kind == FaultKind.Status)
                    _statusCodes[entry.Rule.StatusCode] = _statusCodes.GetValueOrDefault(entry.Rule.StatusCode) + 1;
            }
            _entries.RemoveAll(entry => entry.Remaining == 0);
            return hits;
        }
    }

    private sealed class Entry(FaultRule rule)
    {
        private readonly Random _random = new(rule.Seed);

        public FaultRule Rule => rule;

        public int? Remaining { get; private set; } = rule.Count;

        public int Injected { get; private set; }

        public bool Hits()
        {
            if (rule.Probability < 1 && _random.NextDouble() >= rule.Probability)
                return false;
            Remaining--;
            Injected++;
            return true;
        }
    }
}
