using System.Linq.Expressions;
using LinqToDB.Linq;

namespace LinqToDB.Linq
{
    /// <summary>An UPDATE statement in the making.</summary>
    public interface IUpdatable<T>
    {
    }
}

namespace LinqToDB
{
    /// <summary>
    /// The conditional update: <c>Where(..).Set(..).Set(..).UpdateAsync()</c> is one SQL statement and answers how many
    /// rows it changed. Only linq2db's own copy ever runs.
    /// </summary>
    public static class LinqExtensions
    {
        public static IUpdatable<T> Set<T, TV>(this IQueryable<T> source, Expression<Func<T, TV>> extract, Expression<Func<T, TV>> update)
            => throw new NotSupportedException();

        public static IUpdatable<T> Set<T, TV>(this IUpdatable<T> source, Expression<Func<T, TV>> extract, Expression<Func<T, TV>> update)
            => throw new NotSupportedException();

        public static IUpdatable<T> Set<T, TV>(this IQueryable<T> source, Expression<Func<T, TV>> extract, Expression<Func<TV>> update)
            => throw new NotSupportedException();

        public static IUpdatable<T> Set<T, TV>(this IUpdatable<T> source, Expression<Func<T, TV>> extract, Expression<Func<TV>> update)
            => throw new NotSupportedException();

        public static IUpdatable<T> Set<T, TV>(this IQueryable<T> source, Expression<Func<T, TV>> extract, TV value)
            => throw new NotSupportedException();

        public static IUpdatable<T> Set<T, TV>(this IUpdatable<T> source, Expression<Func<T, TV>> extract, TV value)
            => throw new NotSupportedException();

        public static Task<int> UpdateAsync<T>(this IUpdatable<T> source, CancellationToken token = default)
            => throw new NotSupportedException();
    }
}
