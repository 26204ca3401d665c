using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>What came of a customer's wish to change an order.</summary>
public enum OrderChangeResult
{
    /// <summary>It is cancelled, and all that was in it is in the cart.</summary>
    InCart,

    /// <summary>It is cancelled, but not all of it could be put into the cart.</summary>
    InCartInPart,

    /// <summary>It cannot be changed any more; nothing was done.</summary>
    TooLate,

    /// <summary>Nobody knows whether it has been paid meanwhile; nothing was done.</summary>
    MionSilent,

    /// <summary>nopCommerce could not cancel it; nothing was done.</summary>
    Failed
}

/// <summary>
/// Gives customers the cart of an unpaid order back: nopCommerce cancels the order, which returns the stock, and puts what was in it
/// into the cart, to be changed and ordered anew.
/// </summary>
/// <remarks>
/// Mion is asked before whether the order has been paid. The order is claimed as a payment claims it, so none is brought to it
/// meanwhile; one that arrives later finds a cancelled order, and a person is told.
/// </remarks>
public class OrderChange(
    IOrderProcessingService orderProcessingService,
    IOrderService orderService,
    OrderCoupons coupons,
    PaymentConfirmation confirmation,
    PaymentJournal journal,
    PaymentSessionStore store,
    PluginLog log,
    StoreSettings storeSettings)
{
    /// <summary>Whether an order can be changed, by what is stored.</summary>
    public async Task<bool> IsOfferedAsync(Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (!(await storeSettings.LoadAsync(order.StoreId)).AllowOrderChange || !PaymentDecision.IsMethod(order)
            || order.ShippingStatus is not (ShippingStatus.NotYetShipped or ShippingStatus.ShippingNotRequired))
            return false;
        var sessions = await store.GetByOrderAsync(order.Id);
        return SessionOpening.FindObstacle(order, isOffered: false, sessions) is null
            && sessions.All(session => session is { FundsSeen: false, State: PaymentSessionState.Opening or PaymentSessionState.Open or PaymentSessionState.Expired })
            && orderProcessingService.CanCancelOrder(order);
    }

    /// <summary>Cancels the order of a session, and fills the cart. Throws nothing of Mion's or nopCommerce's.</summary>
    /// <param name="session">Any of the order's.</param>
    public async Task<OrderChangeResult> TryAsync(MionPaymentSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        try
        {
            foreach (var each in await store.GetByOrderAsync(session.OrderId))
                await confirmation.CheckAsync(each, CheckTrigger.Checkout);
        }
        catch (MionApiException exception)
        {
            await log.WarningAsync($"an order (id {LogField.Row(session.OrderId)}) was not given back to its customer, since Mion could not say whether it is paid. {LogField.Failure(exception)}",
                onceFor: $"change {exception.Kind}");
            return OrderChangeResult.MionSilent;
        }

        var claim = Guid.NewGuid();
        if (!await store.TryClaimOrderAsync(session, claim, MionDefaults.ApplyLease))
            return OrderChangeResult.TooLate;
        try
        {
            return await ChangeAsync(session.OrderGuid);
        }
        finally
        {
            await store.ReleaseOrderAsync(session.OrderId, claim);
        }
    }

    private async Task<OrderChangeResult> ChangeAsync(Guid orderGuid)
    {
        if (await orderService.GetOrderByGuidAsync(orderGuid) is not { } known)
            return OrderChangeResult.TooLate;
        var codes = await coupons.ReadAsync(known);
        // right before it is cancelled: nopCommerce saves the order as it was read
        if (await orderService.GetOrderByGuidAsync(orderGuid) is not { } order || !await IsOfferedAsync(order))
            return OrderChangeResult.TooLate;
        try
        {
            await orderProcessingService.CancelOrderAsync(order, notifyCustomer: true);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"order {LogField.Row(order.Id)} was to be cancelled for its customer, who wants to change it, and nopCommerce did not do all of it.", exception);
            // it saves the status first: whoever has lost the order gets the cart
            if (await orderService.GetOrderByGuidAsync(orderGuid) is not { OrderStatus: OrderStatus.Cancelled })
                return OrderChangeResult.Failed;
        }

        await journal.ChangedAsync(order);
        try
        {
            // first: money, which nothing else gives back
            await coupons.EnterAsync(order, codes);
            var warnings = await orderProcessingService.ReOrderAsync(order);
            return warnings.Count == 0 ? OrderChangeResult.InCart : OrderChangeResult.InCartInPart;
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"what was in order {LogField.Row(order.Id)} could not be put into its customer's cart; Re-order on the order's page does it.", exception);
            return OrderChangeResult.InCartInPart;
        }
    }
}
