using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>
/// Orders. As in nopCommerce, asking by id gives one object for the whole request, however old; asking by GUID reads the
/// database.
/// </summary>
public sealed class OrderService(IRepository<Order> orders, IRepository<OrderNote> notes) : IOrderService
{
    private readonly Dictionary<int, Order> _ofThisRequest = [];

    public async Task<Order> GetOrderByIdAsync(int orderId)
    {
        if (_ofThisRequest.TryGetValue(orderId, out var known))
            return known;
        var order = await orders.GetByIdAsync(orderId);
        if (order is not null)
            _ofThisRequest[orderId] = order;
        return order!;
    }

    public async Task<Order> GetOrderByGuidAsync(Guid orderGuid)
        => orderGuid == Guid.Empty ? null! : (await orders.Table.FirstOrDefaultAsync(order => order.OrderGuid == orderGuid))!;

    public async Task<Order> GetOrderByCustomOrderNumberAsync(string customOrderNumber)
        => (await orders.Table.FirstOrDefaultAsync(order => order.CustomOrderNumber == customOrderNumber))!;

    public async Task UpdateOrderAsync(Order order)
    {
        await orders.UpdateAsync(order);
        _ofThisRequest.Remove(order.Id);
    }

    public async Task<IList<OrderNote>> GetOrderNotesByOrderIdAsync(int orderId, bool? displayToCustomer = null)
        => orderId == 0 ? [] : await notes.Table
            .Where(note => note.OrderId == orderId && (displayToCustomer == null || note.DisplayToCustomer == displayToCustomer))
            .OrderBy(note => note.CreatedOnUtc).ThenBy(note => note.Id).ToListAsync();

    public Task InsertOrderNoteAsync(OrderNote orderNote) => notes.InsertAsync(orderNote);

    /// <summary>The orders of a customer or of all, the newest first.</summary>
    public async Task<IList<Order>> SearchAsync(int customerId = 0, int storeId = 0)
        => await orders.Table
            .Where(order => !order.Deleted && (customerId == 0 || order.CustomerId == customerId) && (storeId == 0 || order.StoreId == storeId))
            .OrderByDescending(order => order.CreatedOnUtc).ThenByDescending(order => order.Id).ToListAsync();

    /// <summary>Marks an order as deleted; its row stays.</summary>
    public async Task DeleteAsync(Order order)
    {
        await orders.DeleteAsync(order);
        _ofThisRequest.Remove(order.Id);
    }
}
