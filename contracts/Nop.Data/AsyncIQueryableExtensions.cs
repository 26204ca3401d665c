using System.Linq.Expressions;
using Nop.Core;

namespace System.Linq;

/// <summary>
/// nopCommerce's asynchronous queries. The contract runs the synchronous operator: right on lists and on linq2db's
/// tables alike, without a reference to linq2db.
/// </summary>
public static class AsyncIQueryableExtensions
{
    public static Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => Task.FromResult(predicate == null ? source.Any() : source.Any(predicate));

    public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => Task.FromResult(predicate == null ? source.Count() : source.Count(predicate));

    public static Task<TSource> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => Task.FromResult(predicate == null ? source.FirstOrDefault() : source.FirstOrDefault(predicate));

    public static Task<TSource> SingleOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => Task.FromResult(predicate == null ? source.SingleOrDefault() : source.SingleOrDefault(predicate));

    public static Task<List<TSource>> ToListAsync<TSource>(this IQueryable<TSource> source)
        => Task.FromResult(source.ToList());

    public static Task<IPagedList<T>> ToPagedListAsync<T>(this IQueryable<T> source, int pageIndex, int pageSize, bool getOnlyTotalCount = false)
    {
        var count = source.Count();
        var page = getOnlyTotalCount ? [] : source.Skip(pageIndex * pageSize).Take(pageSize).ToList();
        return Task.FromResult<IPagedList<T>>(new PagedList<T>(page, pageIndex, pageSize, count));
    }
}
