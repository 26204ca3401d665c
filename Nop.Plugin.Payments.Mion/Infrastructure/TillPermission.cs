using Nop.Core.Domain.Customers;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Infrastructure;

/// <summary>
/// The permission <em>charge at the till</em>: with it and the access to the admin area, a shop assistant needs no other
/// right. Found by nopCommerce at its start.
/// </summary>
public class TillPermission : IPermissionConfigManager
{
    /// <inheritdoc />
    public IList<PermissionConfig> AllConfigs =>
        [new("Bitcoin (Mion). Charge at the till", TillDefaults.Permission, nameof(StandardPermission.Orders), NopCustomerDefaults.AdministratorsRoleName)];
}
