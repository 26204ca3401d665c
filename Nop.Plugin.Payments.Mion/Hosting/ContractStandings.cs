using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Health;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>How sure a name or form of Mion's API is.</summary>
public enum ContractStanding
{
    /// <summary>Neither Mion's guides nor a description say it.</summary>
    Assumed,

    /// <summary>Mion's guides print it.</summary>
    Documented,

    /// <summary>A description of Mion's API says it.</summary>
    Read,

    /// <summary>An answer of Mion's, or a call, has used it.</summary>
    Proven
}

/// <summary>One name or form, and how sure it is.</summary>
/// <param name="ProvenOnUtc">When it was proven first, UTC.</param>
public sealed record StandingRow(string Key, string Value, ContractStanding Standing, DateTime? ProvenOnUtc);

/// <summary>Says how sure what the plugin depends on is, for a store.</summary>
public class ContractStandings(HealthStore healthStore, StoreSettings storeSettings)
{
    /// <summary>One for each of <see cref="MionContract.Terms"/>, in that order.</summary>
    /// <param name="storeId">The store; 0 for the values shared by all.</param>
    public async Task<IReadOnlyList<StandingRow>> GetAsync(int storeId)
    {
        var options = await storeSettings.LoadApiOptionsAsync(storeId);
        var health = await healthStore.GetAsync();
        return [.. MionContract.Terms.Select(term =>
        {
            var value = options.ValueOf(term.Key);
            var proven = health.FindTime(HealthFacts.Proven(options, term.Key));
            // a person may have changed a setting since
            var isRead = options.Contract.Read.Contains(term.Key) && options.Contract[term.Key] == value;
            return new StandingRow(term.Key, value, proven is not null ? ContractStanding.Proven : isRead ? ContractStanding.Read
                : term.IsDocumented && value == term.Default ? ContractStanding.Documented : ContractStanding.Assumed, proven);
        })];
    }
}

/// <summary>Keeps the first time that an answer of Mion's has proven something. One per process; writes behind the caller's back.</summary>
public class ContractProof(BackgroundScope backgroundScope) : IContractProof
{
    private readonly ConcurrentDictionary<string, bool> _noted = new(StringComparer.Ordinal);

    public void Note(MionApiOptions options, IReadOnlyCollection<string> keys)
    {
        var news = keys.Distinct().Select(key => (Fact: HealthFacts.Proven(options, key), Value: key))
            .Where(each => _noted.TryAdd(each.Fact.Name, true)).ToList();
        if (news.Count > 0)
            backgroundScope.Start(storeId: 0, services => services.GetRequiredService<HealthRecord>().NoteOnceAsync(news));
    }
}
