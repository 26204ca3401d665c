using System.Data.Common;
using System.Diagnostics;
using MySqlConnector;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// MariaDB from the programs that Debian's package <c>mariadb-server</c> installs: new data in a temporary folder, on a
/// free port, gone at the end.
/// </summary>
public sealed class MariaDbServer : DatabaseServer
{
    private const string Program = "/usr/sbin/mariadbd";
    private const int StartTries = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("mion-mariadb-").FullName;
    private readonly int _port = FindFreePort();
    private Process? _process;

    private MariaDbServer() : base(DatabaseKind.MySql)
    {
    }

    /// <summary>Where the server's program is, or null.</summary>
    public static string? FindProgram() => File.Exists(Program) ? Program : null;

    /// <summary>Starts a server.</summary>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static MariaDbServer Start(string program)
    {
        var server = new MariaDbServer();
        var data = Path.Combine(server._folder, "data");
        Run("mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve",
            $"--user={Environment.UserName}", $"--datadir={data}");
        // a server's usual settings, but that a commit does not wait for the disk
        server._process = StartSilently(program, "--no-defaults", $"--user={Environment.UserName}", $"--datadir={data}", $"--socket={Path.Combine(server._folder, "socket")}",
            "--bind-address=127.0.0.1", $"--port={server._port}", "--character-set-server=utf8mb4", "--max-connections=2000", "--innodb-flush-log-at-trx-commit=0");
        server.WaitUntilItAnswers();
        return server;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        MySqlConnection.ClearAllPools();
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <inheritdoc />
    protected override string CreateStatement(string name) => $"CREATE DATABASE `{name}`";

    /// <inheritdoc />
    protected override DbConnection Connect(string connectionString) => new MySqlConnection(connectionString);

    /// <inheritdoc />
    // variables and no XA transactions: as nopCommerce builds it
    protected override string ConnectionString(string? database) =>
        $"Server=127.0.0.1;Port={_port};User ID=root;Database={database};AllowUserVariables=true;UseXaTransactions=false;Default Command Timeout=180";

    private void WaitUntilItAnswers()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                ExecuteAsync("SELECT 1").GetAwaiter().GetResult();
                return;
            }
            catch (MySqlException) when (attempt < StartTries && !_process!.HasExited)
            {
                Thread.Sleep(100);
            }
            catch (MySqlException exception)
            {
                Dispose();
                throw new InvalidOperationException("MariaDB does not start.", exception);
            }
        }
    }
}
