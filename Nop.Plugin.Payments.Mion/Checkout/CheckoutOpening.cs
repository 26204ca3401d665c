using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Opens a session for an order that is paid at Mion's hosted checkout.</summary>
public class CheckoutOpening(PaymentSessionStore store, PaymentUrls paymentUrls, PluginLog log, SessionOpening opening, StoreSettings storeSettings)
{
    /// <summary>Whether an order may be paid again: not once a payment has been received, or is on its way.</summary>
    public async Task<bool> CanOpenAgainAsync(Order order) =>
        (await store.GetByOrderAsync(order.Id)).All(session => !session.HasMoney() && !session.IsPaymentOnItsWay());

    /// <summary>Opens or reuses a session. Throws nothing: its callers stand in front of a shopper.</summary>
    /// <returns>Where the shopper pays, or null; the session, where a row exists.</returns>
    public async Task<(string? CheckoutUrl, MionPaymentSession? Session)> TryOpenAsync(Order order)
    {
        try
        {
            var settings = await storeSettings.LoadAsync(order.StoreId);
            var result = await opening.OpenAsync(OpeningRequest.Online(order, settings) with { GetReturnUrl = paymentUrls.GetReturnUrlAsync });
            return (result.Problem == OpeningProblem.None ? PaymentUrls.GetCheckoutUrl(settings, result.Session!) : null, result.Session);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"no payment session for order {LogField.Order(order.Id)}.", exception);
            return (null, null);
        }
    }
}
