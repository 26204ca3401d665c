using System.Data.Common;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop;

/// <summary>
/// How a demo shop is set up.
/// </summary>
public sealed class DemoShopOptions
{
    /// <summary>Port on 127.0.0.1; 0 for any free one.</summary>
    public int Port { get; init; }

    /// <summary>The plugin's folder as a store has it, with plugin.json in it.</summary>
    public string PluginFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "Plugins", "Payments.Mion");

    /// <summary>An assembly that holds the plugin's views, compiled already; null to compile them at run time, as a store does.</summary>
    public string? CompiledViews { get; init; }

    /// <summary>The SQLite file that keeps the shop; null for one that is deleted at the end.</summary>
    public string? DatabaseFile { get; init; }

    /// <summary>The SQLite file of a stopped shop that a shop without a file of its own begins as a copy of; null to begin new.</summary>
    public string? CopyOf { get; init; }

    /// <summary>The database on a server that keeps the shop instead; shops that share it are one shop on several machines.</summary>
    public ServerDatabase? Server { get; init; }

    /// <summary>The first store's address; null for the one that the shop listens on.</summary>
    public string? StoreUrl { get; init; }

    /// <summary>The clock of the shop and of the plugin.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The database's clock, which machines with clocks of their own share; null where it shows what the shop's shows.</summary>
    public TimeProvider? DatabaseTime { get; init; }

    /// <summary>Code of the primary store currency, in which prices and totals are: EUR or USD.</summary>
    public string PrimaryCurrency { get; init; } = "EUR";

    /// <summary>Whether there is a second store, reached as <c>localhost</c> instead of <c>127.0.0.1</c>.</summary>
    public bool SecondStore { get; init; }

    /// <summary>Whether checkout is one page that finishes in a GET, or several that finish in a POST.</summary>
    public bool OnePageCheckout { get; init; }

    /// <summary>A script that the layout brings in from elsewhere, as an analytics widget does; it looks for a text of its own that is missing, too.</summary>
    public Uri? ForeignScript { get; init; }

    /// <summary>Whether scheduled tasks run by themselves, each in a request that the shop sends to its own address.</summary>
    public bool RunScheduledTasks { get; init; }

    /// <summary>Whether the plugin is installed and active from the start.</summary>
    public bool InstallPlugin { get; init; } = true;

    /// <summary>Settings to begin with, by name: <c>mionsettings.apikey</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Stands around every statement that changes something, so that a database can fail and a process can die.</summary>
    public StatementHook? StatementHook { get; init; }

    /// <summary>Hears of every statement, of those that only read too, so that they can be counted.</summary>
    public Action<DbCommand>? StatementListener { get; init; }

    /// <summary>Stands before every statement that only reads, so that a database can fail there too.</summary>
    public QueryHook? QueryHook { get; init; }

    /// <summary>A last word on the services, after the shop's and the plugin's own.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }
}
