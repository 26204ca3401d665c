using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>What a person looks for in the list of payments; what is null does not matter.</summary>
/// <param name="State">How far the session has come.</param>
/// <param name="StoreId">The store of the order.</param>
/// <param name="FromUtc">Created at this time or later.</param>
/// <param name="ToUtc">Created before this time.</param>
/// <param name="Order">The order's number, or its id.</param>
/// <param name="Id">Mion's id, or our reference; whole.</param>
public sealed record PaymentSearch(PaymentSessionState? State = null, int? StoreId = null, DateTime? FromUtc = null, DateTime? ToUtc = null, string? Order = null, string? Id = null);

/// <summary>Finds payments for the list, the export and the counters. Reads only; pages in the database.</summary>
public class PaymentSearchStore(IRepository<MionPaymentSession> sessions, IRepository<Order> orders)
{
    private const int ExportBatch = 500;

    /// <summary>One page, the newest first.</summary>
    /// <param name="pageIndex">0 for the first page.</param>
    public Task<IPagedList<MionPaymentSession>> SearchAsync(PaymentSearch search, int pageIndex, int pageSize) =>
        Filter(search).OrderByDescending(session => session.Id).ToPagedListAsync(pageIndex, pageSize);

    /// <summary>All rows, the newest first, read in batches so that any number fits into memory.</summary>
    public async IAsyncEnumerable<IReadOnlyList<MionPaymentSession>> ReadAllAsync(PaymentSearch search)
    {
        for (var below = int.MaxValue; ;)
        {
            var limit = below;
            var batch = await Filter(search).Where(session => session.Id < limit).OrderByDescending(session => session.Id).Take(ExportBatch).ToListAsync();
            if (batch.Count == 0)
                yield break;
            yield return batch;
            below = batch[^1].Id;
        }
    }

    /// <summary>The numbers of orders as the shop prints them, by id; without those that are gone.</summary>
    public async Task<IReadOnlyDictionary<int, string>> GetOrderNumbersAsync(IEnumerable<int> orderIds)
    {
        var ids = orderIds.Distinct().ToArray();
        var found = await orders.Table.Where(order => ids.Contains(order.Id)).Select(order => new { order.Id, order.CustomOrderNumber }).ToListAsync();
        return found.ToDictionary(order => order.Id, order => order.CustomOrderNumber ?? string.Empty);
    }

    private IQueryable<MionPaymentSession> Filter(PaymentSearch search)
    {
        var query = sessions.Table;
        // a database may refuse to look for what none of its columns can hold
        if (!PlainText.IsPlain(search.Id + search.Order))
            return query.Where(session => session.Id < 0);
        if (search.State is { } state)
        {
            var stateId = (int)state;
            query = query.Where(session => session.StateId == stateId);
        }

        if (search.StoreId is { } storeId)
            query = query.Where(session => session.StoreId == storeId);
        if (search.FromUtc is { } from)
            query = query.Where(session => session.CreatedOnUtc >= from);
        if (search.ToUtc is { } to)
            query = query.Where(session => session.CreatedOnUtc < to);
        if (search.Id is { } id)
            query = query.Where(session => session.PaymentSessionId == id || session.Reference == id);
        if (search.Order is { } number)
        {
            var ofNumber = orders.Table.Where(order => order.CustomOrderNumber == number).Select(order => order.Id);
            // 0 is no order: charges at the till without one have it
            query = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var orderId) && orderId > 0
                ? query.Where(session => session.OrderId == orderId || ofNumber.Contains(session.OrderId))
                : query.Where(session => ofNumber.Contains(session.OrderId));
        }

        return query;
    }
}
