using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

/// <summary>
/// A PostgreSQL server of a test's or a benchmark's own, from the programs that Debian's package <c>postgresql</c>
/// installs: a new cluster in a temporary folder, on a free port, gone at the end.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Packages = "/usr/lib/postgresql";
    private const string Account = "postgres";

    private readonly string _programs;
    private readonly string _folder;
    private readonly int _port;

    // for the whole process before its first connection: see ShopDatabase
    static PostgresServer() => AppContext.SetSwitch(ShopDatabase.PlainTimes, true);

    private PostgresServer(string programs, string folder, int port) => (_programs, _folder, _port) = (programs, folder, port);

    /// <summary>Where the programs are, or null.</summary>
    public static string? FindPrograms() => !Directory.Exists(Packages) ? null
        : Directory.GetDirectories(Packages).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault();

    /// <summary>Starts a server.</summary>
    /// <param name="programs">Where <c>initdb</c> and <c>pg_ctl</c> are.</param>
    /// <param name="durable">Whether a commit waits for the disk, as on a real server; a test has no use for it.</param>
    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static PostgresServer Start(string programs, bool durable = false)
    {
        var folder = Directory.CreateTempSubdirectory("mion-postgres-").FullName;
        var server = new PostgresServer(programs, folder, FindFreePort());
        if (Environment.UserName == "root")
            Run("chown", Account, folder);
        server.RunAsOwner("initdb", "-D", server.Data, "-A", "trust", "-U", Account, "--no-sync");
        server.RunAsOwner("pg_ctl", "start", "-w", "-D", server.Data, "-l", Path.Combine(folder, "log"),
            "-o", $"-p {server._port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync={(durable ? "on" : "off")}");
        return server;
    }

    /// <summary>Makes an empty database.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(Account));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        RunAsOwner("pg_ctl", "stop", "-m", "immediate", "-D", Data);
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username={Account};Database={database};Timeout=30;Command Timeout=180";

    // PostgreSQL does not run as root
    private void RunAsOwner(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        if (Environment.UserName == "root")
            Run("runuser", ["-u", Account, "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // its output goes nowhere: a server that inherits a pipe keeps it open
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetTempPath() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)) || process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
