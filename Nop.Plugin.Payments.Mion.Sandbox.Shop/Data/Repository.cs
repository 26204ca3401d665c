using System.Linq.Expressions;
using LinqToDB;
using Nop.Core;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>The rows of one entity, always from the database: what nopCommerce's own does without a cache key.</summary>
internal sealed class Repository<TEntity>(ShopDatabase database, ListCache<TEntity> cache) : IRepository<TEntity>
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
        KeepDecimals(entity);
        await using var context = new DataContext(database.Options);
        entity.Id = await context.InsertWithInt32IdentityAsync(entity);
        cache.Clear();
    }

    public async Task UpdateAsync(TEntity entity, bool publishEvent = true)
    {
        KeepDecimals(entity);
        await using var context = new DataContext(database.Options);
        await context.UpdateAsync(entity);
        cache.Clear();
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
        cache.Clear();
    }

    public async Task<int> DeleteAsync(Expression<Func<TEntity, bool>> predicate)
    {
        var count = await Query().Where(predicate).DeleteAsync();
        cache.Clear();
        return count;
    }

    // a column of money has four decimals in a store's database, whatever was calculated
    private static void KeepDecimals(TEntity entity)
    {
        if (entity is Order order)
            order.OrderTotal = decimal.Round(order.OrderTotal, 4, MidpointRounding.AwayFromZero);
    }

    private ITable<TEntity> Query() => new DataContext(database.Options).GetTable<TEntity>();
}
