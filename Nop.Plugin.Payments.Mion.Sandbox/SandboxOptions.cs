using System.Globalization;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox;

/// <summary>What the sandbox was asked to do.</summary>
internal enum SandboxMode
{
    /// <summary>The demo shop and the stand-in.</summary>
    Both,

    /// <summary>The stand-in alone, for a real store to talk to.</summary>
    StandInOnly,

    /// <summary>A demo shop alone, one of several on one database.</summary>
    ShopOnly,

    /// <summary>Every way to a paid order, by itself.</summary>
    Check,

    /// <summary>Random scenarios for some minutes.</summary>
    Soak,

    /// <summary>Twenty tills that wait for some minutes and are paid.</summary>
    TillLoad,

    /// <summary>What a Mion answers to what is assumed about it.</summary>
    Probe,

    /// <summary>How to call it.</summary>
    Help
}

/// <summary>The command line.</summary>
internal sealed record SandboxOptions(SandboxMode Mode, int ShopPort, int MionPort, string? Error = null)
{
    /// <summary>The database on a server that the shop is on.</summary>
    public ServerDatabase? Database { get; init; }

    /// <summary>A text: the process stands still, for good, after the first statement that has it.</summary>
    public string? StallAfter { get; init; }

    /// <summary>For how long the soak runs, or the tills wait.</summary>
    public int Minutes { get; init; }

    /// <summary>Seed of the soak's first scenario.</summary>
    public int Seed { get; init; } = Random.Shared.Next();

    /// <summary>An OpenAPI file that the stand-in answers by, or the probe calls by.</summary>
    public string? OpenApi { get; init; }

    /// <summary>The address that is probed; without it, the description's.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The API key to probe with; never printed.</summary>
    public string? Key { get; init; }

    /// <summary>A record's own text would print the key.</summary>
    public override string ToString() => Mode.ToString();

    public const string Usage = """
        usage: dotnet run --project Nop.Plugin.Payments.Mion.Sandbox [-- <what>] [options]

          (nothing)            the demo shop and the stand-in for Mion
          mion                 the stand-in for Mion alone
          shop                 a demo shop alone, beside a stand-in and, maybe, other shops on its database
          probe                opens the smallest session at a Mion, reads it each way, and says what of the assumed is proven
          --check              orders paid in every way there is, without anybody's help
          --soak <minutes>     random orders, payments and faults; exits 0 when no promise was broken
          --till-load <minutes> twenty tills that wait and are paid; exits 0 when they keep what docs/till.md promises

          --seed <number>      where the soak begins; the same number plays the same scenarios
          --shop-port <port>   the demo shop's port on 127.0.0.1 (5080)
          --mion-port <port>   the stand-in's port on 127.0.0.1 (5081)
          --database <text>    the shop's database, in place of a file: PostgreSql, MySql or SqlServer, a colon, its connection string
          --openapi <file>     a description of Mion's API (JSON) that the stand-in answers by, or the probe calls by
          --base-url <url>     the address to probe
          --key <key>          the API key to probe with
          --stall-after <text> stands still after the first changing statement with that text, to be killed there
          --help               this text
        """;

    private const int DefaultShopPort = 5080;
    private const int DefaultMionPort = 5081;

    public static SandboxOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SandboxOptions(SandboxMode.Both, DefaultShopPort, DefaultMionPort);
        for (var i = 0; i < arguments.Count && options.Error is null; i++)
        {
            options = arguments[i] switch
            {
                "mion" => options with { Mode = SandboxMode.StandInOnly },
                "shop" => options with { Mode = SandboxMode.ShopOnly },
                "--database" => ++i < arguments.Count && ServerDatabase.TryParse(arguments[i]) is { } database ? options with { Database = database }
                    : Bad("--database wants PostgreSql:, MySql: or SqlServer: and a connection string"),
                "probe" => options with { Mode = SandboxMode.Probe },
                "--openapi" => ++i < arguments.Count ? options with { OpenApi = arguments[i] } : Bad("--openapi wants a file"),
                "--base-url" => ++i < arguments.Count ? options with { BaseUrl = arguments[i] } : Bad("--base-url wants an address"),
                "--key" => ++i < arguments.Count ? options with { Key = arguments[i] } : Bad("--key wants an API key"),
                "--stall-after" => ++i < arguments.Count ? options with { StallAfter = arguments[i] } : Bad("--stall-after wants a text"),
                "--check" => options with { Mode = SandboxMode.Check },
                "--soak" => TryNumber(++i) is > 0 and { } minutes ? options with { Mode = SandboxMode.Soak, Minutes = minutes } : Bad("--soak wants a number of minutes"),
                "--till-load" => TryNumber(++i) is > 0 and { } wait ? options with { Mode = SandboxMode.TillLoad, Minutes = wait } : Bad("--till-load wants a number of minutes"),
                "--seed" => TryNumber(++i) is { } seed ? options with { Seed = seed } : Bad("--seed wants a number"),
                "--help" or "-h" => options with { Mode = SandboxMode.Help },
                "--shop-port" => TryPort(++i) is { } port ? options with { ShopPort = port } : Bad("--shop-port wants a number from 0 to 65535"),
                "--mion-port" => TryPort(++i) is { } port ? options with { MionPort = port } : Bad("--mion-port wants a number from 0 to 65535"),
                var other => Bad($"unknown: {other}")
            };
        }

        return options is { Mode: SandboxMode.Probe, Error: null } && (options.Key is null || options.BaseUrl is null && options.OpenApi is null)
            ? Bad("probe wants --key, and --base-url or --openapi") : options;

        int? TryNumber(int index) => index < arguments.Count
            && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        int? TryPort(int index) => index < arguments.Count
            && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 ? port : null;

        SandboxOptions Bad(string error) => options with { Error = error };
    }
}
