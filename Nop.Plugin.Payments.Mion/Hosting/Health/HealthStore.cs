using LinqToDB;
using Nop.Data;

namespace Nop.Plugin.Payments.Mion.Hosting.Health;

/// <summary>
/// The table of the plugin's health.
/// </summary>
public class HealthStore(IRepository<MionHealthEntry> repository)
{
    /// <summary>Longest text that is kept.</summary>
    public const int MaxTextLength = 400;

    /// <summary>Writes the row of a name.</summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="onUtc">When it happened.</param>
    /// <param name="text">How; cut where it is too long.</param>
    public async Task SetAsync(string name, DateTime onUtc, string text)
    {
        if (text.Length > MaxTextLength)
            text = text[..MaxTextLength];
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

    /// <summary>All rows by name.</summary>
    public async Task<IReadOnlyDictionary<string, MionHealthEntry>> GetAllAsync()
    {
        var entries = await repository.Table.ToListAsync();
        foreach (var entry in entries)
            entry.OnUtc = DateTime.SpecifyKind(entry.OnUtc, DateTimeKind.Utc);
        return entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>One row, or null.</summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    public async Task<MionHealthEntry?> FindAsync(string name)
    {
        if (await repository.Table.FirstOrDefaultAsync(entry => entry.Name == name) is not { } found)
            return null;
        found.OnUtc = DateTime.SpecifyKind(found.OnUtc, DateTimeKind.Utc);
        return found;
    }

    /// <summary>The row of a store that a name and a text belong to, or null.</summary>
    /// <param name="name">One of <see cref="HealthName"/>.</param>
    /// <param name="text">The whole text, a token.</param>
    public async Task<MionHealthEntry?> FindByTextAsync(string name, string text)
    {
        var rows = await repository.Table.Where(entry => entry.Name.StartsWith(name)).ToListAsync();
        return rows.Find(entry => HealthName.Is(entry.Name, name) && HealthName.StoreOf(entry.Name) > 0 && SecretToken.AreEqual(entry.Text, text));
    }

    /// <summary>Deletes everything.</summary>
    public Task DeleteAllAsync() => repository.DeleteAsync(entry => entry.Id > 0);

    private async Task<bool> UpdateAsync(string name, DateTime onUtc, string text) =>
        await repository.Table.Where(entry => entry.Name == name)
            .Set(entry => entry.OnUtc, onUtc)
            .Set(entry => entry.Text, text)
            .UpdateAsync() == 1;
}
