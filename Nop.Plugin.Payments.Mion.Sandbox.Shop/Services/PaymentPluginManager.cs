using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>The payment methods: the plugin, while it is installed.</summary>
public sealed class PaymentPluginManager(LoadedPlugin plugin,
    PluginInstallation installation,
    PaymentSettings settings,
    IServiceProvider services) : IPaymentPluginManager
{
    private IPaymentMethod? _instance;

    public Task<IList<IPaymentMethod>> LoadAllPluginsAsync(Customer? customer = null, int storeId = 0)
        => Task.FromResult<IList<IPaymentMethod>>(installation.IsInstalled ? [Instance()] : []);

    public async Task<IPaymentMethod> LoadPluginBySystemNameAsync(string systemName, Customer? customer = null, int storeId = 0)
        => (await LoadAllPluginsAsync(customer, storeId)).FirstOrDefault(method => method.PluginDescriptor.SystemName.Equals(systemName, StringComparison.OrdinalIgnoreCase))!;

    public async Task<IList<IPaymentMethod>> LoadActivePluginsAsync(List<string> systemNames, Customer? customer = null, int storeId = 0)
        => [.. (await LoadAllPluginsAsync(customer, storeId)).Where(method => IsPluginActive(method, systemNames))];

    public Task<IList<IPaymentMethod>> LoadActivePluginsAsync(Customer? customer = null, int storeId = 0, int countryId = 0)
        => LoadActivePluginsAsync(settings.ActivePaymentMethodSystemNames, customer, storeId);

    public bool IsPluginActive(IPaymentMethod plugin, List<string> systemNames)
        => plugin is not null && systemNames?.Contains(plugin.PluginDescriptor.SystemName, StringComparer.OrdinalIgnoreCase) == true;

    public bool IsPluginActive(IPaymentMethod paymentMethod) => IsPluginActive(paymentMethod, settings.ActivePaymentMethodSystemNames);

    public async Task<bool> IsPluginActiveAsync(string systemName, Customer? customer = null, int storeId = 0)
        => IsPluginActive(await LoadPluginBySystemNameAsync(systemName, customer, storeId));

    public Task<string> GetPluginLogoUrlAsync(IPaymentMethod plugin) => Task.FromResult($"/Plugins/{plugin.PluginDescriptor.SystemName}/logo.png");

    private IPaymentMethod Instance() => _instance ??= plugin.CreatePaymentMethod(services);
}
