using Nop.Core;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// All rows of a small entity, read once and kept until one is changed, as nopCommerce keeps its stores, languages and
/// currencies: who asks for the current store from a constructor, where nothing can be awaited, must not wait for the
/// database.
/// </summary>
public sealed class ListCache<TEntity> where TEntity : BaseEntity
{
    private volatile IReadOnlyList<TEntity>? _entities;

    public async Task<IReadOnlyList<TEntity>> GetAsync(Func<Task<List<TEntity>>> read) => _entities ??= await read();

    public void Clear() => _entities = null;
}
