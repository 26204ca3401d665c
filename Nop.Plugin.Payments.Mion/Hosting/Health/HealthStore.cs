using LinqToDB;
using Nop.Data;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>The table of the plugin's health.</summary>
public class HealthStore(IRepository<MionHealthEntry> repository)
{
    /// <summary>Longest text that is kept.</summary>
    public const int MaxTextLength = 400;

    /// <summary>Notes a fact; a text that is too long is cut.</summary>
    public async Task SetAsync<T>(HealthFact<T> fact, T value, DateTime onUtc, int storeId = 0) where T : class
    {
        var (name, text) = (fact.GetRowName(storeId), TextLimits.Cut(fact.Write(value), MaxTextLength));
        if (await UpdateAsync(name, onUtc, text))
            return;
        try
        {
            await repository.InsertAsync(new MionHealthEntry { Name = name, OnUtc = onUtc, Text = text }, publishEvent: false);
        }
        catch (Exception)
        {
            // another machine has inserted the row between our two statements
            if (!await UpdateAsync(name, onUtc, text))
                throw;
        }
    }

    /// <summary>Everything that was noted.</summary>
    public async Task<HealthSnapshot> GetAsync() => new((await repository.Table.ToListAsync()).ConvertAll(Utc.Mark));

    /// <summary>What was noted last of one fact, or null.</summary>
    public async Task<Noted<T>?> FindAsync<T>(HealthFact<T> fact, int storeId = 0) where T : class
    {
        var name = fact.GetRowName(storeId);
        return await repository.Table.FirstOrDefaultAsync(entry => entry.Name == name) is { } found ? new HealthSnapshot([Utc.Mark(found)]).Find(fact, storeId) : null;
    }

    /// <summary>Deletes everything.</summary>
    public Task DeleteAllAsync() => repository.DeleteAsync(entry => entry.Id > 0);

    private async Task<bool> UpdateAsync(string name, DateTime onUtc, string text) =>
        await repository.Table.Where(entry => entry.Name == name)
            .Set(entry => entry.OnUtc, onUtc)
            .Set(entry => entry.Text, text)
            .UpdateAsync() == 1;
}
