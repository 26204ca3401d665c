using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Customers;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>How nopCommerce calls a payment method.</summary>
public sealed class PaymentService(IPaymentPluginManager pluginManager, ICustomerService customerService, PaymentSettings settings)
{
    public async Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest request)
    {
        if (request.OrderTotal == decimal.Zero)
            return new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Paid };
        var method = await pluginManager.LoadPluginBySystemNameAsync(request.PaymentMethodSystemName, storeId: request.StoreId)
            ?? throw new NopException("Payment method couldn't be loaded");
        return await method.ProcessPaymentAsync(request);
    }

    public async Task PostProcessPaymentAsync(Order order)
    {
        if (order.PaymentStatus == PaymentStatus.Paid)
            return;
        var method = await LoadAsync(order) ?? throw new NopException("Payment method couldn't be loaded");
        await method.PostProcessPaymentAsync(new PostProcessPaymentRequest { Order = order });
    }

    public async Task<bool> CanRePostProcessPaymentAsync(Order order)
        => settings.AllowRePostingPayments
            && await LoadAsync(order) is { PaymentMethodType: PaymentMethodType.Redirection } method
            && !order.Deleted
            && order.OrderStatus != OrderStatus.Cancelled
            && order.PaymentStatus == PaymentStatus.Pending
            && await method.CanRePostProcessPaymentAsync(order);

    public async Task<decimal> GetAdditionalFeeAsync(IList<ShoppingCartItem> cart, string? systemName)
    {
        if (string.IsNullOrEmpty(systemName) || await pluginManager.LoadPluginBySystemNameAsync(systemName) is not { } method)
            return 0;
        return Math.Max(0, Math.Round(await method.GetAdditionalHandlingFeeAsync(cart), 2));
    }

    private async Task<IPaymentMethod?> LoadAsync(Order order)
        => await pluginManager.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName,
            await customerService.GetCustomerByIdAsync(order.CustomerId), order.StoreId);
}
