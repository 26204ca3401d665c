namespace Nop.Services.Security;

/// <summary>Permissions that a plugin brings along; found by scan and inserted at the next start.</summary>
public interface IPermissionConfigManager
{
    IList<PermissionConfig> AllConfigs { get; }
}

/// <summary>A permission, and the roles that hold it from the beginning.</summary>
public class PermissionConfig
{
    public PermissionConfig(string name, string systemName, string category, params string[] defaultCustomerRoles)
    {
        Name = name;
        SystemName = systemName;
        Category = category;
        DefaultCustomerRoles.AddRange(defaultCustomerRoles);
    }

    public string Name { get; protected set; }

    public string SystemName { get; protected set; }

    public string Category { get; protected set; }

    public List<string> DefaultCustomerRoles { get; } = [];
}

/// <summary>Who may do what.</summary>
public interface IPermissionService
{
    /// <summary>Whether the current customer holds a permission.</summary>
    Task<bool> AuthorizeAsync(string permissionRecordSystemName);

    Task DeletePermissionAsync(string permissionSystemName);
}
