using System.Data.Common;
using Npgsql;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// PostgreSQL from the programs that Debian's package <c>postgresql</c> installs: a new cluster in a temporary folder, on a
/// free port, gone at the end.
/// </summary>
public sealed class PostgresServer : DatabaseServer
{
    private const string Packages = "/usr/lib/postgresql";
    private const string Account = "postgres";

    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;

    // for the whole process before its first connection: see ShopDatabase
    static PostgresServer() => AppContext.SetSwitch(ShopDatabase.PlainTimes, true);

    private PostgresServer(string programs, string folder, int port) : base(DatabaseKind.PostgreSql) => (_programs, _folder, _port) = (programs, folder, port);

    /// <summary>Where the programs are, or null.</summary>
    public static string? FindPrograms() => !Directory.Exists(Packages) ? null
        : Directory.GetDirectories(Packages).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Starts a server.</summary>
    /// <param name="programs">Where <c>initdb</c> and <c>pg_ctl</c> are.</param>
    /// <param name="durable">Whether a commit waits for the disk, as on a real server; tests have no use for it, but for more connections, since many shops run at once.</param>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static PostgresServer Start(string programs, bool durable = false)
    {
        var folder = Directory.CreateTempSubdirectory("mion-postgres-").FullName;
        var server = new PostgresServer(programs, folder, FindFreePort());
        if (Environment.UserName == "root")
            Run("chown", Account, folder);
        server.RunAsOwner("initdb", "-D", server.Data, "-A", "trust", "-U", Account, "--no-sync");
        server.RunAsOwner("pg_ctl", "start", "-w", "-D", server.Data, "-l", Path.Combine(folder, "log"),
            "-o", $"-p {server._port} -k {folder} -c listen_addresses=127.0.0.1 {(durable ? "" : "-c fsync=off -c max_connections=500")}");
        return server;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        RunAsOwner("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        Directory.Delete(_folder, recursive: true);
    }

    /// <inheritdoc />
    protected override string CreateStatement(string name) => $"CREATE DATABASE \"{name}\"";

    /// <inheritdoc />
    protected override DbConnection Connect(string connectionString) => new NpgsqlConnection(connectionString);

    /// <inheritdoc />
    protected override string ConnectionString(string? database) =>
        $"Host=127.0.0.1;Port={_port};Username={Account};Database={database ?? Account};Timeout=30;Command Timeout=180";

    private string Data => Path.Combine(_folder, "data");

    // PostgreSQL does not run as root
    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.UserName == "root")
            Run("runuser", ["-u", Account, "--", path, .. arguments]);
        else
            Run(path, arguments);
    }
}
