using Nop.Plugin.Payments.Mion.Hosting.Logging;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Tells a person about a payment that was seen and is not complete hours after its time: too little was paid, or it
/// hangs on the blockchain. Mion does not call it paid, so nothing else would ever tell of it.
/// </summary>
/// <remarks>Changes no state: the session goes on being watched, and is applied as usual should it become complete.</remarks>
public class StalledPayments(IOrderService orderService, PersonAlert personAlert, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>How long after its time to pay; a payment on the blockchain is confirmed in less, as a rule.</summary>
    public static readonly TimeSpan MinTime = TimeSpan.FromHours(6);

    /// <summary>
    /// Whether it is time to tell.
    /// </summary>
    /// <param name="session">The session, with what Mion says now.</param>
    public bool IsDue(MionPaymentSession session) =>
        session.IsPaymentOnItsWay() && timeProvider.GetUtcNow().UtcDateTime - session.ExpiresOnUtc >= MinTime;

    /// <summary>
    /// Tells where it is time to, once. Throws nothing; what could not be told is told at the next check.
    /// </summary>
    /// <param name="session">The session, with what Mion says now.</param>
    public async Task TellAsync(MionPaymentSession session)
    {
        if (!IsDue(session))
            return;
        try
        {
            var order = session.IsForOrder() ? await orderService.GetOrderByGuidAsync(session.OrderGuid) : null;
            await personAlert.TellAsync(session, order, MionPaymentSession.ToldOfStalled);
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"nobody could be told that payment session {LogField.Row(session.Id)} is not complete; it will be tried again.", exception);
        }
    }
}
