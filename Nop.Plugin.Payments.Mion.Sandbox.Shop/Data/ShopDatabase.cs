using System.Data.Common;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.MySql;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.DataProvider.SQLite;
using LinqToDB.DataProvider.SqlServer;
using LinqToDB.Interceptors;
using LinqToDB.Mapping;
using LinqToDB.SqlQuery;
using Microsoft.Data.Sqlite;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Discounts;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Stores;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// The shop's database: an SQLite file of its own that is deleted at the end, a file that stays, or one on a server,
/// which several shops can share.
/// </summary>
/// <remarks>
/// A file also where it lives only for a test: writers of a shared in-memory database wait for each other in steps of
/// 150 ms, those of a file in write-ahead mode hardly at all.
/// </remarks>
public sealed class ShopDatabase : IDisposable
{
    /// <summary>Switched on as nopCommerce does: times are UTC in columns without a zone. The driver looks at it once.</summary>
    internal const string PlainTimes = "Npgsql.EnableLegacyTimestampBehavior";

    private static readonly Dictionary<DatabaseKind, MappingSchema> _mappings = Enum.GetValues<DatabaseKind>().ToDictionary(kind => kind, NewMapping);

    private readonly string? _file;
    private readonly bool _isTemporary;

    /// <summary>Opens the database and creates the shop's tables where they are missing.</summary>
    /// <param name="file">Path of the file; null for a temporary one.</param>
    /// <param name="hook">Stands around every statement that changes something; null for none.</param>
    /// <param name="server">The database on a server to use in place of a file; null for none.</param>
    /// <param name="listener">Hears of every statement; null for nobody.</param>
    /// <param name="queryHook">Stands before every statement that only reads; null for none.</param>
    /// <param name="copyOf">Path of a shop's file that a temporary one begins as a copy of; null to begin empty.</param>
    /// <param name="time">What the database's clock shows; null for the machine's time.</param>
    public ShopDatabase(string? file, StatementHook? hook = null, ServerDatabase? server = null, Action<DbCommand>? listener = null, QueryHook? queryHook = null, string? copyOf = null, TimeProvider? time = null)
    {
        Kind = server?.Kind ?? DatabaseKind.Sqlite;
        if (server is not null)
        {
            AppContext.SetSwitch(PlainTimes, true);
            ConnectionString = server.ConnectionString;
            Options = On(server).UseMappingSchema(_mappings[Kind]);
        }
        else
        {
            _isTemporary = file is null;
            _file = file ?? Path.Combine(Path.GetTempPath(), $"mion-demo-shop-{Guid.NewGuid():N}.sqlite");
            ConnectionString = new SqliteConnectionStringBuilder { DataSource = _file, DefaultTimeout = 30 }.ToString();
            // by a factory: what linq2db has compiled of a query then serves every shop of the process, whatever its file
            Options = new DataOptions().UseConnectionFactory(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), _ => new SqliteConnection(ConnectionString))
                .UseMappingSchema(_mappings[Kind])
                .UseInterceptor(new PatientConnections());
        }

        if (_isTemporary && copyOf is not null)
            File.Copy(copyOf, _file!);
        else
            CreateTables();
        if (time is not null && time != TimeProvider.System)
            Options = Options.UseInterceptor(new TimedCommands(time));
        if (hook is not null || queryHook is not null)
            Options = Options.UseInterceptor(new HookedCommands(hook, queryHook));
        if (listener is not null)
            Options = Options.UseInterceptor(new HeardCommands(listener));
    }

    /// <summary>What it is kept by.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>For the migration runner.</summary>
    public string ConnectionString { get; }

    /// <summary>For every query: <c>new DataContext(Options)</c> opens and closes its own connection, as in a store.</summary>
    public DataOptions Options { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_file is null)
            return;
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        if (!_isTemporary)
            return;
        foreach (var path in new[] { _file, _file + "-wal", _file + "-shm" })
            File.Delete(path);
    }

    /// <summary>A statement with its names in double quotes, as this database writes it.</summary>
    public string InDialect(string sql) => Kind == DatabaseKind.MySql ? sql.Replace('"', '`') : sql;

    private static DataOptions On(ServerDatabase server) => server.Kind switch
    {
        DatabaseKind.PostgreSql => new DataOptions().UsePostgreSQL(server.ConnectionString, PostgreSQLVersion.v15),
        // the dialect that nopCommerce's linq2db has, whatever the server
        DatabaseKind.MySql => new DataOptions().UseMySql(server.ConnectionString, MySqlVersion.MySql57, MySqlProvider.MySqlConnector),
        DatabaseKind.SqlServer => new DataOptions().UseSqlServer(server.ConnectionString, SqlServerVersion.v2016, SqlServerProvider.MicrosoftDataSqlClient),
        _ => throw new ArgumentOutOfRangeException(nameof(server))
    };

    private static MappingSchema NewMapping(DatabaseKind kind)
    {
        var mapping = new MappingSchema();
        mapping.AddMetadataReader(new EntityMetadata());
        if (kind == DatabaseKind.MySql)
        {
            // nopCommerce's own mapping for MySQL
            mapping.SetDataType(typeof(Guid), new SqlDataType(DataType.NChar, typeof(Guid), 36));
            mapping.SetConvertExpression<string, Guid>(text => new Guid(text));
        }

        // the texts of the shop's own tables have no limit, as most of nopCommerce's have none
        if (kind is DatabaseKind.MySql or DatabaseKind.SqlServer)
            mapping.SetDataType(typeof(string), new SqlDataType(new DbDataType(typeof(string), kind == DatabaseKind.MySql ? "LONGTEXT" : "NVARCHAR(MAX)")));
        return mapping;
    }

    private void CreateTables()
    {
        using var connection = new DataConnection(Options);
        if (Kind == DatabaseKind.Sqlite)
            connection.Execute("PRAGMA journal_mode=WAL");
        Create<Store>();
        Create<Language>();
        Create<Currency>();
        Create<Customer>();
        Create<Order>();
        Create<OrderNote>();
        Create<Address>();
        Create<ShoppingCartItem>();
        Create<ScheduleTask>();
        Create<Product>();
        Create<OrderItem>();
        Create<Discount>();
        Create<DiscountRequirement>();
        Create<DiscountUsageHistory>();
        Create<GiftCard>();
        Create<GiftCardUsageHistory>();
        Create<Setting>();
        Create<LocalizedProperty>();
        Create<LocaleStringResource>();
        Create<Log>();
        Create<CustomerAttribute>();
        Create<InstalledPlugin>();
        Create<EmailAccount>();
        Create<MessageTemplate>();
        Create<QueuedEmail>();
        // those of nopCommerce's own that the plugin's work on an order goes by
        Index("UNIQUE INDEX", "AK_Order_OrderGuid", "Order", "OrderGuid");
        Index("INDEX", "IX_OrderNote_OrderId", "OrderNote", "OrderId");

        void Index(string what, string name, string table, string column) => connection.Execute(InDialect(Kind == DatabaseKind.SqlServer
            ? $"IF INDEXPROPERTY(OBJECT_ID('[{table}]'), '{name}', 'IndexID') IS NULL CREATE {what} [{name}] ON [{table}] ([{column}])"
            : $"CREATE {what} IF NOT EXISTS \"{name}\" ON \"{table}\" (\"{column}\")"));

        void Create<T>() where T : class => connection.CreateTable<T>(tableOptions: TableOptions.CreateIfNotExists);
    }

    private sealed class PatientConnections : ConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA busy_timeout=30000; PRAGMA synchronous=OFF";

        public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
