using Nop.Core.Domain.Orders;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Stamps the session when nopCommerce announces its order as paid.</summary>
/// <remarks>
/// nopCommerce saves an order as paid first and announces it afterwards, without a transaction. Where the process crashed
/// in between, the stamp is missing, and <see cref="OrderPayment"/> tells a person. The constructor takes only what
/// cannot fail: one that throws would break every order's payment, not only ours.
/// </remarks>
public class OrderPaidConsumer(PaymentSessionStore store, TimeProvider timeProvider) : IConsumer<OrderPaidEvent>
{
    public async Task HandleEventAsync(OrderPaidEvent eventMessage)
    {
        if (eventMessage.Order is { CaptureTransactionId.Length: > 0 } order
            && string.Equals(order.PaymentMethodSystemName, MionDefaults.SystemName, StringComparison.OrdinalIgnoreCase))
            await store.RecordPaidEventAsync(order.Id, order.CaptureTransactionId, timeProvider.GetUtcNow().UtcDateTime);
    }
}
