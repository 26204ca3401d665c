using System.Linq.Expressions;
using LinqToDB;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>The rows of one entity, always from the database: what nopCommerce's own does without a cache key.</summary>
internal sealed class Repository<TEntity>(ShopDatabase database, CurrencyCache currencies, StoreCache stores) : IRepository<TEntity>
    where TEntity : BaseEntity
{
    public IQueryable<TEntity> Table => new DataContext(database.Options).GetTable<TEntity>();

    public async Task<TEntity> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey>? getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false)
    {
        if (id is not > 0)
            return null!;
        var found = await Query().FirstOrDefaultAsync(entity => entity.Id == id);
        return !includeDeleted && found is ISoftDeletedEntity { Deleted: true } ? null! : found!;
    }

    public async Task InsertAsync(TEntity entity, bool publishEvent = true)
    {
        await using var context = new DataContext(database.Options);
        entity.Id = await context.InsertWithInt32IdentityAsync(entity);
        ForgetCached();
    }

    public async Task UpdateAsync(TEntity entity, bool publishEvent = true)
    {
        await using var context = new DataContext(database.Options);
        await context.UpdateAsync(entity);
        ForgetCached();
    }

    public async Task DeleteAsync(TEntity entity, bool publishEvent = true)
    {
        if (entity is ISoftDeletedEntity softDeleted)
        {
            softDeleted.Deleted = true;
            await UpdateAsync(entity, publishEvent);
            return;
        }

        await using var context = new DataContext(database.Options);
        await context.DeleteAsync(entity);
    }

    public Task<int> DeleteAsync(Expression<Func<TEntity, bool>> predicate) => Query().Where(predicate).DeleteAsync();

    // as nopCommerce's, whose caches hear of every change
    private void ForgetCached()
    {
        if (typeof(TEntity) == typeof(Store))
            stores.Clear();
        if (typeof(TEntity) == typeof(Currency))
            currencies.Clear();
    }

    private ITable<TEntity> Query() => new DataContext(database.Options).GetTable<TEntity>();
}
