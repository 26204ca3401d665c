using Nop.Core.Configuration;

namespace Nop.Core.Domain.Cms
{
    /// <summary>Which widgets are on; one whose name is missing here is never rendered.</summary>
    public class WidgetSettings : ISettings
    {
        public List<string> ActiveWidgetSystemNames { get; set; } = [];
    }
}

namespace Nop.Core.Domain.Customers
{
    /// <summary>Names of the built-in customer roles, and of what customers carry along.</summary>
    public static class NopCustomerDefaults
    {
        public static string AdministratorsRoleName => "Administrators";

        /// <summary>Key of the payment method that a customer has chosen at checkout, in a store.</summary>
        public static string SelectedPaymentMethodAttribute => "SelectedPaymentMethod";
    }
}
