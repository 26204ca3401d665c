using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Events;
using Nop.Services.Orders;

namespace Nop.Plugin.Misc.Coffee;

/// <summary>Says in the order's notes that its coffee can be roasted, as soon as the Bitcoin payment is there.</summary>
public class CoffeeConsumer(IOrderService orderService) : IConsumer<PaymentSessionChangedEvent>
{
    public async Task HandleEventAsync(PaymentSessionChangedEvent eventMessage)
    {
        if (eventMessage is not { Kind: PaymentEventKind.Paid, OrderId: > 0 })
            return;
        await orderService.InsertOrderNoteAsync(new()
        {
            OrderId = eventMessage.OrderId,
            Note = "Roast the coffee.",
            CreatedOnUtc = eventMessage.OnUtc
        });
    }
}
