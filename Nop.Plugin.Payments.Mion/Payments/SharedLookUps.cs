using System.Collections.Concurrent;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Lets calls with the same token that come at the same moment share one look-up in the database: a callback that is
/// sent five times at once finds its session once. One per process.
/// </summary>
/// <remarks>
/// Nothing is kept beyond the look-up itself, and each caller has a copy: what one makes of its session the others do not see.
/// The first caller's own services look it up; it waits for that like the others, so they live as long.
/// </remarks>
public class SharedLookUps
{
    private readonly ConcurrentDictionary<string, Lazy<Task<MionPaymentSession?>>> _running = new(StringComparer.Ordinal);

    /// <summary>
    /// Finds a session, or waits for whoever is looking for it.
    /// </summary>
    /// <param name="token">What stands in the address; a text that cannot be a token is not looked for.</param>
    /// <param name="find">Looks it up.</param>
    /// <returns>The session, or null. Throws for all who share a look-up what it throws.</returns>
    public async Task<MionPaymentSession?> FindAsync(string? token, Func<string, Task<MionPaymentSession?>> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        if (!SecretToken.IsWellFormed(token))
            return null;
        var lookUp = _running.GetOrAdd(token!, key => new(() => find(key)));
        try
        {
            return (await lookUp.Value)?.Copy();
        }
        finally
        {
            // its own only: a later one may be under way
            _running.TryRemove(KeyValuePair.Create(token!, lookUp));
        }
    }
}
