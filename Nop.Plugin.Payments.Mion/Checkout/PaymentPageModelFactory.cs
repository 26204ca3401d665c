using Nop.Core.Domain;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Payments;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>
/// Says where the payment of an order stands: by all of its sessions, since an order may have been paid by another one
/// than the one whose address the shopper has open.
/// </summary>
public class PaymentPageModelFactory(
    CurrentShopper currentShopper,
    IOrderService orderService,
    PaymentSessionStore store,
    PaymentSettings paymentSettings,
    ShopperPrices prices,
    StoreInformationSettings storeInformationSettings,
    StoreSettings storeSettings,
    TimeProvider timeProvider)
{
    /// <summary>Prepares the model from what is stored; asks nobody outside.</summary>
    /// <param name="session">The session whose address was called.</param>
    /// <param name="key">By what it was called: the number of its row, or its token.</param>
    /// <param name="getCompletedUrl">Address of <em>checkout completed</em> for an order.</param>
    public async Task<PaymentPageModel> PrepareAsync(MionPaymentSession session, string key, Func<int, string?> getCompletedUrl, Func<int, string?> getOrderUrl)
    {
        var order = await orderService.GetOrderByGuidAsync(session.OrderGuid);
        var sessions = await store.GetByOrderAsync(session.OrderId);
        var language = await currentShopper.GetLanguageAsync(order, TokenAddressAttribute.IsPublic(key));
        // a charge at the till is no business of the shopper's page, beyond that it may have paid the order
        var newest = sessions.FirstOrDefault(candidate => !candidate.IsTill) ?? session;
        var model = new PaymentPageModel
        {
            State = GetState(order, sessions, newest),
            Key = key,
            LanguageId = language?.Id ?? 0,
            Culture = language?.LanguageCulture ?? "en",
            Amount = EuroAmount.Format(newest.AmountCents, LanguageCulture.Of(language)),
            Total = await DescribeTotalAsync(order, newest.OrderTotal),
            OrderNumber = order?.CustomOrderNumber ?? string.Empty,
            MethodResource = PaidWithBitcoin.FindMethodResource(newest.PaymentMethod) ?? string.Empty,
            CanPayAgain = paymentSettings.AllowRePostingPayments
        };
        if (model.State == PaymentPageState.Waiting)
            model.MinutesLeft = (int)Math.Ceiling((newest.ExpiresOnUtc - timeProvider.GetUtcNow().UtcDateTime).TotalMinutes);
        if (model.State == PaymentPageState.Ready)
            await PrepareReadyAsync(model, order!, newest, language);
        if (CanContinue(model.State, newest, order, sessions))
            model.ContinueUrl = PaymentUrls.GetCheckoutUrl(await storeSettings.LoadAsync(newest.StoreId), newest);
        // a closed store sends whoever comes to one of these pages away
        if (!storeInformationSettings.StoreClosed && await currentShopper.OwnsAsync(order))
        {
            model.OrderUrl = getOrderUrl(order!.Id) ?? string.Empty;
            model.CompletedUrl = model.State == PaymentPageState.Paid ? getCompletedUrl(order.Id) ?? string.Empty : string.Empty;
        }

        return model;
    }

    private static bool CanContinue(PaymentPageState state, MionPaymentSession newest, Order? order, IReadOnlyList<MionPaymentSession> sessions) => !newest.IsTill && state switch
    {
        PaymentPageState.Waiting => true,
        PaymentPageState.Seen => PaymentDecision.MayGoOn(newest, order) && !sessions.Any(other => other.Id != newest.Id && other.IsPaymentOnItsWay()),
        _ => false
    };

    // no amount has been sent to Mion yet: what is shown is what the button asks for now
    private async Task PrepareReadyAsync(PaymentPageModel model, Order order, MionPaymentSession session, Language? language)
    {
        if (!storeSettings.IsConfigured(await storeSettings.LoadAsync(session.StoreId)) || await prices.AskAsync(order) is not { } quote)
        {
            model.State = PaymentPageState.NotStarted;
            return;
        }

        model.Amount = EuroAmount.Format(quote.AmountCents, LanguageCulture.Of(language));
        model.Total = await DescribeTotalAsync(order, quote.OrderTotal);
    }

    // of the session, since an order's total can be edited later
    private async Task<string> DescribeTotalAsync(Order? order, decimal total) =>
        order is null || string.IsNullOrEmpty(order.CustomerCurrencyCode) || order.CustomerCurrencyCode == MionDefaults.EuroCode ? string.Empty
        : await prices.FormatAsync(total * order.CurrencyRate, order.CustomerCurrencyCode, order.CustomerLanguageId);

    private PaymentPageState GetState(Order? order, IReadOnlyList<MionPaymentSession> sessions, MionPaymentSession newest)
    {
        if (sessions.Any(session => session.State == PaymentSessionState.Paid))
            return PaymentPageState.Paid;
        if (sessions.Any(session => session.HasMoney()))
            return PaymentPageState.NeedsHelp;
        if (newest.State == PaymentSessionState.Handled && newest.IsSettled())
            return order is { PaymentStatus: PaymentStatus.Paid } ? PaymentPageState.Paid : PaymentPageState.NeedsHelp;
        if (order is null || order.Deleted || order.OrderStatus == OrderStatus.Cancelled)
            return PaymentPageState.Closed;
        // by a person, or by a session whose row is yet to follow
        if (order.PaymentStatus == PaymentStatus.Paid)
            return PaymentPageState.Paid;
        if (order.PaymentStatus != PaymentStatus.Pending)
            return PaymentPageState.Closed;
        if (sessions.Any(session => session.IsPaymentOnItsWay()))
            return PaymentPageState.Seen;
        if (sessions.Any(session => session.IsStalled()))
            return PaymentPageState.NeedsHelp;
        if (SessionOpening.FindObstacle(order, isOffered: false, sessions) is not null)
            return PaymentPageState.Closed;
        return newest switch
        {
            { State: PaymentSessionState.Opening } => newest.IsReserved ? PaymentPageState.Ready : PaymentPageState.NotStarted,
            // over, or no longer what the order wants: another attempt asks for what it wants now
            _ => PaymentDecision.MayBePaid(newest, order, timeProvider.GetUtcNow().UtcDateTime) ? PaymentPageState.Waiting : PaymentPageState.Expired
        };
    }
}
