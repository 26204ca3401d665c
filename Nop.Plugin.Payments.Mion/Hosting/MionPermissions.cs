using Nop.Core.Domain.Customers;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Hosting;

/// <summary>The plugin's permissions in nopCommerce's access control list; found by scan and inserted at the store's start.</summary>
public class MionPermissions : IPermissionConfigManager
{
    /// <summary>To see payments: the panel on the order page, the list, the export.</summary>
    public const string View = "Payments.Mion.PaymentsView";

    /// <summary>To decide about a payment that waits for a person.</summary>
    public const string Decide = "Payments.Mion.PaymentsDecide";

    /// <summary>To charge at the till: with it and access to the admin area a shop assistant needs no other right.</summary>
    public const string Charge = "Payments.Mion.Till.Charge";

    public IList<PermissionConfig> AllConfigs =>
    [
        new("Admin area. Bitcoin payments (Mion). View", View, nameof(StandardPermission.Orders), NopCustomerDefaults.AdministratorsRoleName),
        new("Admin area. Bitcoin payments (Mion). Decide", Decide, nameof(StandardPermission.Orders), NopCustomerDefaults.AdministratorsRoleName),
        new("Bitcoin (Mion). Charge at the till", Charge, nameof(StandardPermission.Orders), NopCustomerDefaults.AdministratorsRoleName)
    ];
}
