using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Which day of a payment is meant.</summary>
public enum PaymentDay
{
    /// <summary>On which the session was made.</summary>
    Created,

    /// <summary>On which Mion received the money.</summary>
    Paid
}

/// <summary>What a person looks for in the list of payments; what is null does not matter.</summary>
/// <param name="State">How far the session has come.</param>
/// <param name="StoreId">The store of the order.</param>
/// <param name="FromUtc">Created, or paid, at this time or later.</param>
/// <param name="ToUtc">Created, or paid, before this time.</param>
/// <param name="Order">The order's number, or its id.</param>
/// <param name="Id">Mion's id, or our reference; whole.</param>
/// <param name="Day">Which of its days the times are about.</param>
/// <param name="Till">A part of the till's name, or of the name or e-mail address of whoever charged.</param>
public sealed record PaymentSearch(PaymentSessionState? State = null, int? StoreId = null, DateTime? FromUtc = null, DateTime? ToUtc = null, string? Order = null, string? Id = null,
    PaymentDay Day = PaymentDay.Created, string? Till = null);

/// <summary>The sum of some payments of one store and one of Mion's words for how it was paid.</summary>
/// <param name="Method">Mion's word; empty where it has said none, as of what is not paid.</param>
/// <param name="Count">How many there are, paid or not.</param>
/// <param name="Cents">What was asked for with them.</param>
/// <param name="PaidCount">How many of them Mion has received.</param>
/// <param name="PaidCents">What was asked for with those, without tips.</param>
/// <param name="TipCents">The tips that were paid with them.</param>
public sealed record PaymentTotal(int StoreId, string Method, int Count, long Cents, int PaidCount, long PaidCents, long TipCents);

/// <summary>Finds payments for the list, the export and the counters. Reads only; pages in the database.</summary>
public class PaymentSearchStore(IRepository<Customer> customers, IRepository<MionPaymentSession> sessions, IRepository<Order> orders)
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

    /// <summary>What all of them come to. One statement, whatever there is to sum up.</summary>
    public async Task<IReadOnlyList<PaymentTotal>> GetTotalsAsync(PaymentSearch search)
    {
        var found = await Filter(search).GroupBy(session => new { session.StoreId, session.PaymentMethod }).Select(group => new
        {
            group.Key.StoreId,
            group.Key.PaymentMethod,
            Count = group.Count(),
            Cents = group.Sum(session => session.AmountCents),
            PaidCount = group.Sum(session => session.PaidOnUtc == null ? 0 : 1),
            PaidCents = group.Sum(session => session.PaidOnUtc == null ? 0L : session.AmountCents),
            TipCents = group.Sum(session => session.PaidOnUtc == null ? 0L : session.TipCents)
        }).ToListAsync();
        return found.ConvertAll(total => new PaymentTotal(total.StoreId, total.PaymentMethod, total.Count, total.Cents, total.PaidCount, total.PaidCents, total.TipCents));
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
        if (!PlainText.IsPlain(search.Id + search.Order + search.Till))
            return query.Where(session => session.Id < 0);
        if (search.State is { } state)
        {
            var stateId = (int)state;
            query = query.Where(session => session.StateId == stateId);
        }

        if (search.StoreId is { } storeId)
            query = query.Where(session => session.StoreId == storeId);
        if (search.FromUtc is { } from)
            query = search.Day == PaymentDay.Paid ? query.Where(session => session.PaidOnUtc >= from) : query.Where(session => session.CreatedOnUtc >= from);
        if (search.ToUtc is { } to)
            query = search.Day == PaymentDay.Paid ? query.Where(session => session.PaidOnUtc < to) : query.Where(session => session.CreatedOnUtc < to);
        if (search.Id is { } id)
            query = query.Where(session => session.PaymentSessionId == id || session.Reference == id);
        if (search.Till?.ToLowerInvariant() is { } till)
        {
            var assistants = customers.Table
                .Where(customer => ((customer.FirstName ?? "") + " " + (customer.LastName ?? "")).ToLower().Contains(till) || customer.Email.ToLower().Contains(till))
                .Select(customer => (int?)customer.Id);
            query = query.Where(session => session.IsTill && (session.TillName.ToLower().Contains(till) || assistants.Contains(session.AssistantId)));
        }

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
