using System.Linq.Expressions;
using Nop.Core;

namespace System.Linq;

/// <summary>
/// nopCommerce's asynchronous queries. The contract reads what can be read asynchronously, as linq2db's tables can, row by
/// row, and anything else, such as a list, by the synchronous operator: right on both, without a reference to linq2db.
/// </summary>
public static class AsyncIQueryableExtensions
{
    public static async Task<bool> AnyAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => (await ReadAsync(Filter(source, predicate).Take(1))).Count > 0;

    public static Task<int> CountAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => Task.FromResult(Filter(source, predicate).Count());

    public static async Task<TSource> FirstOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => (await ReadAsync(Filter(source, predicate).Take(1))).FirstOrDefault();

    public static async Task<TSource> SingleOrDefaultAsync<TSource>(this IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate = null)
        => (await ReadAsync(Filter(source, predicate).Take(2))).SingleOrDefault();

    public static Task<List<TSource>> ToListAsync<TSource>(this IQueryable<TSource> source) => ReadAsync(source);

    public static Task<IPagedList<T>> ToPagedListAsync<T>(this IQueryable<T> source, int pageIndex, int pageSize, bool getOnlyTotalCount = false)
    {
        var count = source.Count();
        var page = getOnlyTotalCount ? [] : source.Skip(pageIndex * pageSize).Take(pageSize).ToList();
        return Task.FromResult<IPagedList<T>>(new PagedList<T>(page, pageIndex, pageSize, count));
    }

    private static IQueryable<TSource> Filter<TSource>(IQueryable<TSource> source, Expression<Func<TSource, bool>> predicate)
        => predicate == null ? source : source.Where(predicate);

    private static async Task<List<TSource>> ReadAsync<TSource>(IQueryable<TSource> source)
    {
        if (source is not IAsyncEnumerable<TSource> rows)
            return source.ToList();
        var read = new List<TSource>();
        await foreach (var row in rows)
            read.Add(row);
        return read;
    }
}
