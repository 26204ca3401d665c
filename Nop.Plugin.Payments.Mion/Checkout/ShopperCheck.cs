using Nop.Plugin.Payments.Mion.Api;
using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Plugin.Payments.Mion.Payments;

namespace Nop.Plugin.Payments.Mion.Checkout;

/// <summary>Brings a payment up to date for the shopper who has its address open.</summary>
public class ShopperCheck(PaymentConfirmation confirmation, PaymentSessionStore store, PluginLog log)
{
    /// <summary>
    /// Checks a session, and the order's newest one where that is another. Throws nothing: where Mion cannot be asked,
    /// what is known stays as it is.
    /// </summary>
    public async Task CheckAsync(MionPaymentSession session, CheckTrigger trigger)
    {
        try
        {
            var newest = (await store.GetByOrderAsync(session.OrderId)).FirstOrDefault();
            await confirmation.CheckAsync(session, trigger);
            if (newest is not null && newest.Id != session.Id && newest.IsAtMion())
                await confirmation.CheckAsync(newest, trigger);
        }
        catch (MionApiException exception)
        {
            // an open page asks every few seconds, and anybody can open many
            await log.WarningAsync($"a payment page could not be brought up to date, the scheduled task will look again. {LogField.Failure(exception)}", onceFor: $"page {exception.Kind}");
        }
    }
}
