using Nop.Core;
using Nop.Core.Domain.Directory;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Data;
using Nop.Plugin.Payments.Mion.Sandbox.Shop.Hosting;
using Nop.Services.Directory;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>What the pages of checkout show.</summary>
/// <param name="Lines">What is bought.</param>
/// <param name="Methods">The active payment methods that do not hide themselves from this cart.</param>
/// <param name="Selected">The chosen one of them, or null.</param>
/// <param name="Total">With the chosen method's fee, less discounts.</param>
/// <param name="Discount">What the discounts come to.</param>
public sealed record CheckoutModel(IList<CartLine> Lines, IList<CheckoutMethod> Methods, CheckoutMethod? Selected, decimal Total, decimal Discount);

/// <summary>A payment method at checkout.</summary>
/// <param name="Method">The method.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Fee">What it costs in addition.</param>
public sealed record CheckoutMethod(IPaymentMethod Method, string LogoUrl, string Description, decimal Fee)
{
    /// <summary>The plugin's system name.</summary>
    public string SystemName => Method.PluginDescriptor.SystemName;
}

public sealed class CheckoutModels(CartService carts,
    IOrderTotalCalculationService totals,
    PaymentService payments,
    IPaymentPluginManager paymentPluginManager,
    IWorkContext workContext,
    IStoreContext storeContext,
    IRepository<Setting> settings)
{
    public async Task<bool> IsOnePageAsync()
        => bool.TryParse((await settings.Table.FirstOrDefaultAsync(row => row.Name == CheckoutSettings.OnePage))?.Value, out var onePage) && onePage;

    public async Task<CheckoutModel> PrepareAsync()
    {
        var customer = await workContext.GetCurrentCustomerAsync();
        var store = await storeContext.GetCurrentStoreAsync();
        var cart = await carts.GetAsync(customer, store);
        var methods = new List<CheckoutMethod>();
        foreach (var method in await paymentPluginManager.LoadActivePluginsAsync(customer, store.Id))
        {
            if (cart.Count == 0 || await method.HidePaymentMethodAsync(cart))
                continue;
            methods.Add(new CheckoutMethod(method,
                await paymentPluginManager.GetPluginLogoUrlAsync(method),
                await method.GetPaymentMethodDescriptionAsync(),
                await payments.GetAdditionalFeeAsync(cart, method.PluginDescriptor.SystemName)));
        }

        var chosen = await carts.GetPaymentMethodAsync(customer);
        var (total, discount, _, _, _, _) = await totals.GetShoppingCartTotalAsync(cart);
        return new CheckoutModel(await carts.GetLinesAsync(cart), methods,
            methods.FirstOrDefault(method => method.SystemName == chosen),
            total ?? 0,
            discount);
    }
}

/// <summary>Amounts with their currency, for views.</summary>
public sealed class Prices(ICurrencyService currencyService, CurrencySettings currencySettings)
{
    private string? _code;

    /// <summary>An amount in the primary store currency.</summary>
    public string Format(decimal amount)
    {
        _code ??= currencyService.GetCurrencyByIdAsync(currencySettings.PrimaryStoreCurrencyId).GetAwaiter().GetResult().CurrencyCode;
        return FormattableString.Invariant($"{amount:N2} {_code}");
    }
}
