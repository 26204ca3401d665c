using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.Razor.RuntimeCompilation;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;

/// <summary>The plugin's folder under the path by which views are asked for: <c>/Plugins/Payments.Mion/...</c>.</summary>
internal sealed class PluginFileProvider(string folder, string systemName) : IFileProvider, IDisposable
{
    private readonly PhysicalFileProvider _files = new(folder);
    private readonly string _prefix = $"/Plugins/{systemName}/";

    public IDirectoryContents GetDirectoryContents(string subpath)
        => Inside(subpath) is { } path ? _files.GetDirectoryContents(path) : NotFoundDirectoryContents.Singleton;

    public IFileInfo GetFileInfo(string subpath)
        => Inside(subpath) is { } path ? _files.GetFileInfo(path) : new NotFoundFileInfo(subpath);

    public IChangeToken Watch(string filter)
        => Inside(filter) is { } path ? _files.Watch(path) : NullChangeToken.Singleton;

    public void Dispose() => _files.Dispose();

    private string? Inside(string path)
    {
        var rooted = "/" + path.TrimStart('/');
        return rooted.StartsWith(_prefix, StringComparison.Ordinal) ? rooted[_prefix.Length..] : null;
    }
}

/// <summary>
/// An assembly with controllers that hands no references to the view compiler: what views are compiled against is said
/// once, in <see cref="RuntimeViews"/>.
/// </summary>
internal sealed class QuietAssemblyPart(Assembly assembly) : AssemblyPart(assembly), ICompilationReferencesProvider
{
    public IEnumerable<string> GetReferencePaths() => [];
}

/// <summary>The plugin's views, compiled at run time as in a store, by the same version of the compiler; or compiled already.</summary>
internal static class RuntimeViews
{
    private static readonly ConcurrentDictionary<(Type Service, string Source), Lazy<object>> _shared = new();

    public static IMvcBuilder AddPluginViews(this IMvcBuilder mvc, LoadedPlugin plugin, string? compiledViews)
    {
        mvc.ConfigureApplicationPartManager(manager =>
        {
            // the shop's own views are compiled already; an assembly part of the plugin is plain, as its loader's is
            manager.ApplicationParts.Clear();
            manager.ApplicationParts.Add(new QuietAssemblyPart(typeof(RuntimeViews).Assembly));
            manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(RuntimeViews).Assembly));
            manager.ApplicationParts.Add(new QuietAssemblyPart(plugin.Assembly));
            if (compiledViews is not null)
                manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(Assembly.LoadFrom(compiledViews)));
        });
        Share<IRazorPageActivator>(mvc.Services, compiledViews ?? plugin.Folder);
        Share<IRazorPageFactoryProvider>(mvc.Services, compiledViews ?? plugin.Folder, pages => new KeptPages(pages));
        if (compiledViews is not null)
            return mvc;
        mvc.AddRazorRuntimeCompilation(options =>
        {
            options.FileProviders.Clear();
            options.FileProviders.Add(new PluginFileProvider(plugin.Folder, plugin.Descriptor.SystemName));
            foreach (var path in References(plugin))
                options.AdditionalReferencePaths.Add(path);
        });
        Share<IViewCompilerProvider>(mvc.Services, plugin.Folder);
        return mvc;
    }

    // a view takes seconds to compile, and code is emitted for each page: the shops of one process share what comes of one source
    private static void Share<TService>(IServiceCollection services, string source, Func<TService, TService>? wrap = null) where TService : class
    {
        var own = services.Last(service => service.ServiceType == typeof(TService));
        services.Remove(own);
        services.AddSingleton(provider => (TService)_shared.GetOrAdd((typeof(TService), source), _ => new Lazy<object>(() =>
        {
            var service = (TService)ActivatorUtilities.CreateInstance(provider, own.ImplementationType!);
            return wrap is null ? service : wrap(service);
        })).Value);
    }

    // everything the program may load, and the plugin
    private static IEnumerable<string> References(LoadedPlugin plugin)
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(plugin.Assembly.Location)
            .DistinctBy(Path.GetFileName);

    /// <summary>Makes each page's factory once.</summary>
    private sealed class KeptPages(IRazorPageFactoryProvider pages) : IRazorPageFactoryProvider
    {
        private readonly ConcurrentDictionary<string, RazorPageFactoryResult> _results = new(StringComparer.Ordinal);

        public RazorPageFactoryResult CreateFactory(string relativePath) => _results.GetOrAdd(relativePath, pages.CreateFactory);
    }
}
