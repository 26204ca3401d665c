using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Whether the method is offered for a cart, and what it costs extra.</summary>
/// <remarks>Runs whenever a cart or the checkout is shown: no network call, and an error hides the method instead of breaking the page.</remarks>
public class PaymentMethodAvailability(
    EuroConversion euroConversion,
    PluginLog log,
    IOrderTotalCalculationService orderTotalCalculationService,
    IStoreContext storeContext,
    StoreSettings storeSettings)
{
    /// <summary>Whether the method can be offered.</summary>
    public async Task<bool> IsAvailableAsync(IList<ShoppingCartItem> cart)
    {
        try
        {
            var store = await storeContext.GetCurrentStoreAsync();
            var settings = await storeSettings.LoadAsync(store.Id);
            return storeSettings.IsConfigured(settings)
                && await euroConversion.FindRateAsync() is not null
                && await IsInRangeAsync(settings, cart);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"whether the method can be offered could not be found out; it is hidden.", exception);
            return false;
        }
    }

    /// <summary>
    /// The additional fee in the primary store currency, computed in decimal (nopCommerce's own helper goes through float).
    /// </summary>
    public async Task<decimal> GetFeeAsync(IList<ShoppingCartItem> cart)
    {
        var store = await storeContext.GetCurrentStoreAsync();
        var settings = await storeSettings.LoadAsync(store.Id);
        if (settings.AdditionalFee <= 0)
            return 0;
        if (!settings.AdditionalFeePercentage)
            return settings.AdditionalFee;
        return await GetTotalWithoutFeeAsync(cart) is { } total ? decimal.Round(total * settings.AdditionalFee / 100, 4, MidpointRounding.AwayFromZero) : 0;
    }

    private async Task<bool> IsInRangeAsync(MionSettings settings, IList<ShoppingCartItem> cart)
    {
        if (settings is { MinimumOrderTotal: <= 0, MaximumOrderTotal: <= 0 })
            return true;
        // the total is unknown while shipping has not been chosen; the range is looked at again when it has
        if (await GetTotalWithoutFeeAsync(cart) is not { } total)
            return true;
        return total >= settings.MinimumOrderTotal && (settings.MaximumOrderTotal <= 0 || total <= settings.MaximumOrderTotal);
    }

    private async Task<decimal?> GetTotalWithoutFeeAsync(IList<ShoppingCartItem> cart) =>
        (await orderTotalCalculationService.GetShoppingCartTotalAsync(cart, usePaymentMethodAdditionalFee: false)).Item1;
}
