using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Notes on the order for the merchant. They stay with the order, so they are in its language.</summary>
public class OrderNotes(IOrderService orderService, KeptTexts texts, TimeProvider timeProvider)
{
    /// <summary>Adds a note unless the order has the very same one: work that is repeated after a crash says nothing twice.</summary>
    /// <param name="resource">Resource below <c>Plugins.Payments.Mion.Note.</c>.</param>
    public async Task AddOnceAsync(int orderId, string resource, params object[] arguments) =>
        await AddTextOnceAsync(orderId, await FormatAsync(orderId, resource, arguments));

    /// <summary>As <see cref="AddOnceAsync"/>, with a text that is ready.</summary>
    public async Task AddTextOnceAsync(int orderId, string text)
    {
        var notes = await orderService.GetOrderNotesByOrderIdAsync(orderId);
        if (notes.All(note => note.Note != text))
            await AddTextAsync(orderId, text);
    }

    /// <summary>Adds a note.</summary>
    /// <param name="resource">Resource below <c>Plugins.Payments.Mion.Note.</c>.</param>
    public async Task AddAsync(int orderId, string resource, params object[] arguments) =>
        await AddTextAsync(orderId, await FormatAsync(orderId, resource, arguments));

    /// <summary>As <see cref="AddAsync"/>, with a text that is ready.</summary>
    /// <param name="orderId">Id of the order; 0 for an amount that was charged at the till: it has no order, and so no notes.</param>
    public Task AddTextAsync(int orderId, string text) => orderId == 0 ? Task.CompletedTask : orderService.InsertOrderNoteAsync(new OrderNote
    {
        OrderId = orderId,
        Note = PlainText.Clean(text),
        DisplayToCustomer = false,
        CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
    });

    private async Task<string> FormatAsync(int orderId, string resource, object[] arguments)
    {
        var order = orderId == 0 ? null : await orderService.GetOrderByIdAsync(orderId);
        return await texts.GetAsync(await texts.LanguageOfAsync(order), "Note." + resource, arguments);
    }
}
