using Nop.Core.Domain.Customers;

namespace Nop.Services.Plugins;

/// <summary>A plugin; one class of an assembly implements it.</summary>
public interface IPlugin
{
    PluginDescriptor PluginDescriptor { get; set; }

    string GetConfigurationPageUrl();

    Task InstallAsync();

    Task InstallSampleDataAsync();

    Task UninstallAsync();

    /// <summary>Runs at start when plugin.json names another version than the one installed; what it throws stops the start.</summary>
    Task UpdateAsync(string currentVersion, string targetVersion);

    Task PreparePluginToUninstallAsync();
}

/// <summary>A plugin that does nothing yet.</summary>
public abstract class BasePlugin : IPlugin
{
    public virtual PluginDescriptor PluginDescriptor { get; set; }

    public virtual string GetConfigurationPageUrl() => null;

    public virtual Task InstallAsync() => Task.CompletedTask;

    public virtual Task InstallSampleDataAsync() => Task.CompletedTask;

    public virtual Task UninstallAsync() => Task.CompletedTask;

    public virtual Task UpdateAsync(string currentVersion, string targetVersion) => Task.CompletedTask;

    public virtual Task PreparePluginToUninstallAsync() => Task.CompletedTask;
}

/// <summary>The names of something that is described.</summary>
public interface IDescriptor
{
    string SystemName { get; set; }

    string FriendlyName { get; set; }
}

/// <summary>What the store remembers of an installed plugin; two of the same system name are equal.</summary>
public class PluginDescriptorBaseInfo : IComparable<PluginDescriptorBaseInfo>
{
    public virtual string SystemName { get; set; }

    public virtual string Version { get; set; }

    public int CompareTo(PluginDescriptorBaseInfo other)
        => string.Compare(SystemName, other.SystemName, StringComparison.InvariantCultureIgnoreCase);

    public override bool Equals(object value) => SystemName?.Equals((value as PluginDescriptorBaseInfo)?.SystemName) ?? false;

    public override int GetHashCode() => SystemName.GetHashCode();
}

/// <summary>What plugin.json says.</summary>
public class PluginDescriptor : PluginDescriptorBaseInfo, IDescriptor, IComparable<PluginDescriptor>
{
    public virtual string Group { get; set; }

    public virtual string FriendlyName { get; set; }

    public virtual IList<string> SupportedVersions { get; set; } = [];

    public virtual string Author { get; set; }

    public virtual int DisplayOrder { get; set; }

    public virtual string AssemblyFileName { get; set; }

    public virtual string Description { get; set; }

    public virtual bool Installed { get; set; }

    public int CompareTo(PluginDescriptor other)
        => DisplayOrder != other.DisplayOrder
            ? DisplayOrder.CompareTo(other.DisplayOrder)
            : string.Compare(FriendlyName, other.FriendlyName, StringComparison.InvariantCultureIgnoreCase);
}

/// <summary>Finds the installed plugins of one kind.</summary>
public interface IPluginManager<TPlugin>
    where TPlugin : class, IPlugin
{
    Task<IList<TPlugin>> LoadAllPluginsAsync(Customer customer = null, int storeId = 0);

    Task<TPlugin> LoadPluginBySystemNameAsync(string systemName, Customer customer = null, int storeId = 0);

    Task<IList<TPlugin>> LoadActivePluginsAsync(List<string> systemNames, Customer customer = null, int storeId = 0);

    bool IsPluginActive(TPlugin plugin, List<string> systemNames);

    Task<string> GetPluginLogoUrlAsync(TPlugin plugin);
}
