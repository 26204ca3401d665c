using System.Reflection;
using System.Runtime.Loader;
using Newtonsoft.Json.Linq;
using Nop.Services.Payments;
using Nop.Services.Plugins;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>A plugin's folder, its description and its loaded assembly.</summary>
public sealed class LoadedPlugin
{
    private LoadedPlugin(string folder, PluginDescriptor descriptor, Assembly assembly)
    {
        Folder = folder;
        Descriptor = descriptor;
        Assembly = assembly;
        // as in a store: one type that does not load, and nothing starts
        Types = assembly.GetTypes();
    }

    public string Folder { get; }

    public PluginDescriptor Descriptor { get; }

    public Assembly Assembly { get; }

    public IReadOnlyList<Type> Types { get; }

    /// <summary>Loads every DLL of the folder into the default context; one that is loaded already, under whatever path, stays.</summary>
    /// <exception cref="InvalidOperationException">The folder holds no plugin for this shop.</exception>
    public static LoadedPlugin Load(string folder)
    {
        folder = Path.GetFullPath(folder);
        var description = Path.Combine(folder, "plugin.json");
        if (!File.Exists(description))
            throw new InvalidOperationException($"There is no plugin in {folder}.");
        var json = JObject.Parse(File.ReadAllText(description));
        var descriptor = new PluginDescriptor
        {
            SystemName = Text("SystemName"),
            FriendlyName = Text("FriendlyName"),
            Group = Text("Group"),
            Version = Text("Version"),
            Author = Text("Author"),
            Description = Text("Description"),
            AssemblyFileName = Text("FileName"),
            SupportedVersions = json["SupportedVersions"]?.ToObject<List<string>>() ?? []
        };
        if (!descriptor.SupportedVersions.Contains("4.90"))
            throw new InvalidOperationException($"{descriptor.SystemName} does not support nopCommerce 4.90.");
        foreach (var file in Directory.GetFiles(folder, "*.dll"))
            LoadAssembly(file);
        return new LoadedPlugin(folder, descriptor, LoadAssembly(Path.Combine(folder, descriptor.AssemblyFileName)));

        string Text(string name) => json[name]?.ToString() ?? string.Empty;
    }

    public IPaymentMethod CreatePaymentMethod(IServiceProvider services)
    {
        var type = Types.Single(candidate => candidate is { IsClass: true, IsAbstract: false } && typeof(IPaymentMethod).IsAssignableFrom(candidate));
        var instance = (IPaymentMethod)ActivatorUtilities.CreateInstance(services, type);
        instance.PluginDescriptor = Descriptor;
        return instance;
    }

    /// <summary>New objects of every class that implements an interface: what nopCommerce's scan finds.</summary>
    public IEnumerable<T> CreateAll<T>()
        => Types.Where(type => type is { IsClass: true, IsAbstract: false } && typeof(T).IsAssignableFrom(type))
            .Select(type => (T)Activator.CreateInstance(type)!);

    private static Assembly LoadAssembly(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == name);
        if (loaded is not null)
            return loaded;
        try
        {
            return Assembly.Load(new AssemblyName(name));
        }
        catch (FileNotFoundException)
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        }
    }
}
