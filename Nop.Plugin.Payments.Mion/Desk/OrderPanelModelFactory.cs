using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;
using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Desk;

/// <summary>Prepares the panel on an order's page, or on a payment's own, from what is stored; asks nobody outside.</summary>
public class OrderPanelModelFactory(
    IOrderService orderService,
    IPermissionService permissionService,
    PayLinks payLinks,
    PaymentEventStore eventStore,
    PaymentSessionStore store,
    PaymentTexts texts,
    PaymentUrls paymentUrls,
    StoreSettings storeSettings)
{
    /// <summary>Prepares the panel of an order.</summary>
    public async Task<OrderPanelModel> PrepareAsync(int orderId) => await PrepareAsync(orderId, await store.GetByOrderAsync(orderId));

    /// <summary>
    /// Prepares the panel of a payment: with all of its order's, or with it alone where an amount was charged without an order.
    /// </summary>
    public async Task<OrderPanelModel> PrepareAsync(MionPaymentSession session) =>
        session.IsForOrder() ? await PrepareAsync(session.OrderId)
        : await PrepareAsync(0, await store.GetByIdAsync(session.Id) is { } current ? [current] : []);

    private async Task<OrderPanelModel> PrepareAsync(int orderId, IReadOnlyList<MionPaymentSession> sessions)
    {
        var model = new OrderPanelModel { OrderId = orderId, CanDecide = await permissionService.AuthorizeAsync(MionPermissions.Decide) };
        if (orderId > 0 && await orderService.GetOrderByIdAsync(orderId) is { Deleted: false } order)
        {
            model.HasOrderPage = true;
            await PreparePayLinkAsync(model, order);
        }

        if (sessions.Count == 0)
            return model;
        var history = (await eventStore.GetBySessionsAsync([.. sessions.Select(session => session.Id)])).ToLookup(line => line.SessionId);
        foreach (var session in sessions)
            model.Sessions.Add(await PrepareSessionAsync(session, history[session.Id]));
        return model;
    }

    private async Task PreparePayLinkAsync(OrderPanelModel model, Order order)
    {
        var link = await payLinks.FindAsync(order);
        model.HasPayLink = link.Problem == OpeningProblem.None;
        model.PayLink = link.Session is null ? string.Empty : await paymentUrls.GetPaymentUrlAsync(link.Session);
        model.CanOffer = model.CanDecide && link.CanBeOffered;
    }

    private async Task<SessionPanelModel> PrepareSessionAsync(MionPaymentSession session, IEnumerable<MionPaymentEvent> history)
    {
        var format = await texts.FormatAsync();
        var model = new SessionPanelModel
        {
            Id = session.Id,
            Attempt = session.Attempt,
            State = session.State,
            StateText = await texts.StateAsync(session),
            IsReserved = session.IsReserved,
            Reason = session.ReviewReason,
            FundsSeen = session.FundsSeen,
            Amount = format.Amount(session.AmountCents),
            Tip = session.TipCents > 0 ? format.Amount(session.TipCents) : string.Empty,
            Note = session.Note,
            Till = session.TillName,
            Assistant = await texts.AssistantAsync(session.AssistantId),
            Rate = await DescribeRateAsync(session, format),
            Method = await texts.MethodAsync(session.PaymentMethod),
            CreatedOn = format.Time(session.CreatedOnUtc),
            ExpiresOn = format.Time(session.ExpiresOnUtc),
            PaidOn = format.Time(session.PaidOnUtc),
            LastCheckOn = format.Time(session.LastCheckOnUtc),
            LastError = await texts.FailureAsync(session.LastError),
            PaymentSessionId = session.PaymentSessionId,
            CheckoutUrl = session.IsAtMion() ? PaymentUrls.GetCheckoutUrl(await storeSettings.LoadAsync(session.StoreId), session) : string.Empty,
            Refunds = session.RefundSessionIds ?? string.Empty
        };
        foreach (var line in history)
        {
            var (what, trigger, detail) = await texts.HistoryAsync(line);
            model.History.Add(new HistoryLineModel(format.Time(line.OnUtc), what, trigger, detail));
        }

        return model;
    }

    private async Task<string> DescribeRateAsync(MionPaymentSession session, ReaderFormat format) =>
        session.ExchangeRateOnUtc is null ? string.Empty
        : await texts.GetAsync("Panel.RateText",
            format.Sum(session.OrderTotal),
            session.CurrencyCode,
            format.Rate(session.ExchangeRate),
            format.Time(session.ExchangeRateOnUtc));
}
