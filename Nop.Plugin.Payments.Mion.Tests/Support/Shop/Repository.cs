using System.Reflection;
using Newtonsoft.Json.Linq;

namespace Nop.Plugin.Payments.Mion.Tests.Support;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Where they lie.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The plugin's views, compiled with this very build.</summary>
    public static string CompiledViews
    {
        get
        {
            // the folders that the tests' own assembly lies in: bin/<configuration>/<framework>
            const string project = "Nop.Plugin.Payments.Mion.Tests.Views";
            var folder = Path.GetRelativePath(Path.Combine(Root, "Nop.Plugin.Payments.Mion.Tests"), AppContext.BaseDirectory);
            return Path.Combine(Root, project, folder, $"{project}.dll");
        }
    }

    /// <summary>The plugin's description, as a store reads it.</summary>
    public static JObject ReadPluginJson() => JObject.Parse(File.ReadAllText(Path.Combine(Root, "plugin.json")));

    /// <summary>The plugin's own files of a kind.</summary>
    /// <param name="pattern">Such as <c>*.cshtml</c>.</param>
    public static IReadOnlyList<string> PluginFiles(string pattern)
    {
        var plugin = Path.Combine(Root, "Nop.Plugin.Payments.Mion");
        return [.. Directory.GetFiles(plugin, pattern, SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(plugin, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)];
    }
}
