using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider;
using LinqToDB.DataProvider.MySql;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.DataProvider.SqlServer;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;
using Moq;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop;
using Nop.Plugin.Payments.Mion.Tests.Support;

namespace Nop.Plugin.Payments.Mion.Tests.Promise;

/// <summary>
/// The claim is one statement with its condition in it, on every database that a store can run on: the database itself
/// decides who gets it. Tried with many at a time on SQLite here and on PostgreSQL in <see cref="TwoMachinesTests"/>;
/// for the others by the text that goes over the wire.
/// </summary>
public partial class ClaimStatementTests
{
    private static IEnumerable<TestCaseData> Databases()
    {
        static TestCaseData Case(string name, IDataProvider provider) => new TestCaseData(provider).SetArgDisplayNames(name);

        yield return Case("SQL Server", SqlServerTools.GetDataProvider(SqlServerVersion.v2016, SqlServerProvider.MicrosoftDataSqlClient));
        yield return Case("MySQL", MySqlTools.GetDataProvider(MySqlVersion.MySql80, MySqlProvider.MySqlConnector));
        yield return Case("PostgreSQL", PostgreSQLTools.GetDataProvider(PostgreSQLVersion.v15));
        yield return Case("SQLite", SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft));
    }

    [TestCaseSource(nameof(Databases))]
    public async Task It_is_one_update_with_its_condition(IDataProvider provider)
    {
        var statement = await SendAsync(provider, store => store.TryClaimAsync(7, Guid.NewGuid(), TimeSpan.FromMinutes(5)));

        Assert.That(statement, Does.StartWith(" UPDATE").Or.StartWith("UPDATE"));
        var condition = statement[statement.IndexOf("WHERE", StringComparison.Ordinal)..];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(condition, Does.Contain("Id = "));
            Assert.That(condition, Does.Match("NOT .*StateId = 40 OR .*StateId = 60 AND NOT"));
            Assert.That(condition, Does.Match("ClaimToken IS NULL OR .*ClaimedUntilUtc .*< "));
            Assert.That(statement, Does.Not.Contain(";").And.Not.Contain("SELECT"));
            Assert.That(Now().Matches(statement), Has.Count.EqualTo(2), "by the database's clock, the condition and the new lease");
        }
    }

    [TestCaseSource(nameof(Databases))]
    public async Task So_is_the_one_on_the_order(IDataProvider provider)
    {
        var statement = await SendAsync(provider, store => store.TryClaimOrderAsync(Some.Session(), Guid.NewGuid(), TimeSpan.FromMinutes(5)));

        Assert.That(statement, Does.StartWith(" UPDATE").Or.StartWith("UPDATE"));
        var condition = statement[statement.IndexOf("WHERE", StringComparison.Ordinal)..];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(condition, Does.Contain("Id = "));
            Assert.That(condition, Does.Match("OrderClaimToken IS NULL OR .*OrderClaimedUntilUtc .*< "));
            Assert.That(statement, Does.Not.Contain(";").And.Not.Contain("SELECT"));
            Assert.That(Now().Matches(statement), Has.Count.EqualTo(2), "by the database's clock, the condition and the new lease");
        }
    }

    [Test]
    public async Task Of_many_at_a_time_one_gets_the_order_whichever_of_its_sessions_is_paid()
    {
        var time = new MovableTime();
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions { DatabaseTime = time });
        var sessions = await shop.InScopeAsync(async services =>
        {
            var inserted = new List<MionPaymentSession>();
            for (var attempt = 1; attempt <= 2; attempt++)
            {
                var session = Some.Session();
                (session.Id, session.OrderId, session.Attempt, session.ClaimToken) = (0, 7, attempt, null);
                (session.Reference, session.Token, session.WebhookToken) = ($"two-{attempt}", SecretToken.Create(), SecretToken.Create());
                await ((IRepository<MionPaymentSession>)services.GetService(typeof(IRepository<MionPaymentSession>))!).InsertAsync(session);
                inserted.Add(session);
            }

            return inserted;
        });
        for (var round = 0; round < 20; round++)
        {
            time.Advance(TimeSpan.FromMinutes(6));
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => shop.InScopeAsync(services =>
                ((PaymentSessionStore)services.GetService(typeof(PaymentSessionStore))!).TryClaimOrderAsync(sessions[worker % 2], Guid.NewGuid(), TimeSpan.FromMinutes(5))))));

            Assert.That(won.Count(isWon => isWon), Is.EqualTo(1), $"round {round}");
        }
    }

    [Test]
    public async Task Of_many_at_a_time_one_gets_it_on_SQLite()
    {
        var time = new MovableTime();
        await using var shop = await DemoShop.StartAsync(new DemoShopOptions { DatabaseTime = time });
        var id = await shop.InScopeAsync(async services =>
        {
            var session = Some.Session();
            session.Id = 0;
            session.ClaimToken = null;
            await ((IRepository<MionPaymentSession>)services.GetService(typeof(IRepository<MionPaymentSession>))!).InsertAsync(session);
            return session.Id;
        });
        for (var round = 0; round < 20; round++)
        {
            time.Advance(TimeSpan.FromMinutes(6));
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => shop.InScopeAsync(services =>
                ((PaymentSessionStore)services.GetService(typeof(PaymentSessionStore))!).TryClaimAsync(id, Guid.NewGuid(), TimeSpan.FromMinutes(5))))));

            Assert.That(won.Count(isWon => isWon), Is.EqualTo(1), $"round {round}");
        }
    }

    /// <summary>The one statement that goes over the wire, without what quotes names.</summary>
    private static async Task<string> SendAsync(IDataProvider provider, Func<PaymentSessionStore, Task> claim)
    {
        var wire = new Wire();
        // no statement gets as far as the connection, which only lends its form
        using var lent = new SqliteConnection("Data Source=:memory:");
        using var connection = new DataConnection(new DataOptions().UseConnection(provider, lent, disposeConnection: false).UseInterceptor(wire));

        await claim(new PaymentSessionStore(Over(connection), Mock.Of<IRepository<Order>>()));

        TestContext.Out.WriteLine(wire.Statements.Single());
        return System.Text.RegularExpressions.Regex.Replace(wire.Statements.Single(), @"[\s\[\]`""]+", " ");
    }

    private static IRepository<MionPaymentSession> Over(IDataContext context) => Mock.Of<IRepository<MionPaymentSession>>(repository => repository.Table == context.GetTable<MionPaymentSession>());

    [System.Text.RegularExpressions.GeneratedRegex(@"SYSUTCDATETIME\(\)|UTC_TIMESTAMP\(\)|timezone\('UTC', now\(\)\)|CURRENT_TIMESTAMP")]
    private static partial System.Text.RegularExpressions.Regex Now();

    /// <summary>Takes statements in place of a server.</summary>
    private sealed class Wire : CommandInterceptor
    {
        public List<string> Statements { get; } = [];

        public override Task<LinqToDB.Common.Option<int>> ExecuteNonQueryAsync(CommandEventData eventData, System.Data.Common.DbCommand command, LinqToDB.Common.Option<int> result, CancellationToken cancellationToken)
        {
            Statements.Add(command.CommandText);
            return Task.FromResult(LinqToDB.Common.Option<int>.Some(1));
        }
    }
}
