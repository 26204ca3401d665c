using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Caching;

namespace Nop.Data;

/// <summary>The rows of one entity. Without a cache key every read goes to the database.</summary>
public interface IRepository<TEntity>
    where TEntity : BaseEntity
{
    /// <summary>A linq2db table, each use of which opens its own connection; times come back as unspecified.</summary>
    IQueryable<TEntity> Table { get; }

    Task<TEntity> GetByIdAsync(int? id, Func<ICacheKeyService, CacheKey> getCacheKey = null, bool includeDeleted = true, bool useShortTermCache = false);

    Task InsertAsync(TEntity entity, bool publishEvent = true);

    /// <summary>Writes every column.</summary>
    Task UpdateAsync(TEntity entity, bool publishEvent = true);

    Task DeleteAsync(TEntity entity, bool publishEvent = true);

    Task<int> DeleteAsync(Expression<Func<TEntity, bool>> predicate);
}
