using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>The table of what happened to payment sessions. Rows are added and pruned, never changed.</summary>
public class PaymentEventStore(IRepository<MionPaymentEvent> repository)
{
    /// <summary>Longest detail that is kept.</summary>
    public const int MaxDetailLength = 400;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line; a detail that is too long is cut.</param>
    public Task InsertAsync(MionPaymentEvent line)
    {
        line.Detail = TextLimits.Cut(line.Detail, MaxDetailLength);
        return repository.InsertAsync(line, publishEvent: false);
    }

    /// <summary>The history of some sessions, the oldest line first.</summary>
    public async Task<IReadOnlyList<MionPaymentEvent>> GetBySessionsAsync(IReadOnlyCollection<int> sessionIds)
    {
        var ids = sessionIds.ToArray();
        var lines = await repository.Table.Where(line => ids.Contains(line.SessionId)).OrderBy(line => line.Id).ToListAsync();
        foreach (var line in lines)
            line.OnUtc = DateTime.SpecifyKind(line.OnUtc, DateTimeKind.Utc);
        return lines;
    }

    /// <summary>Deletes what is older.</summary>
    /// <param name="beforeUtc">Lines from before this are deleted.</param>
    /// <returns>How many lines.</returns>
    public Task<int> PruneAsync(DateTime beforeUtc) => repository.DeleteAsync(line => line.OnUtc < beforeUtc);

    /// <summary>Deletes everything; only on the merchant's explicit wish.</summary>
    public Task DeleteAllAsync() => repository.DeleteAsync(line => line.Id > 0);
}
