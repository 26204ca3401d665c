using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Writes the history of payment sessions. Throws nothing: a line that cannot be written must not keep a payment from
/// its order.
/// </summary>
public class PaymentHistory(PluginLog log, PaymentEventStore store, TimeProvider timeProvider)
{
    /// <summary>
    /// Writes a line.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="trigger">What made us look.</param>
    /// <param name="detail">What is to be said beyond the kind; free of secrets.</param>
    /// <param name="customerId">The account of the person who decided, if one did.</param>
    public async Task RecordAsync(MionPaymentSession session, PaymentEventKind kind, CheckTrigger trigger, string? detail = null, int? customerId = null)
    {
        try
        {
            await store.InsertAsync(new MionPaymentEvent
            {
                SessionId = session.Id,
                OrderId = session.OrderId,
                OnUtc = timeProvider.GetUtcNow().UtcDateTime,
                Kind = kind,
                TriggerId = (int)trigger,
                Detail = detail ?? string.Empty,
                CustomerId = customerId
            });
            await log.InformationAsync($"{LogField.Word(kind)} ({LogField.Word(trigger)}): payment session {LogField.Row(session.Id)} of order {LogField.Order(session.OrderId)}, {LogField.MionId(session.PaymentSessionId)} at Mion.");
        }
        catch (Exception exception)
        {
            await log.WarningAsync($"the history of payment session {LogField.Row(session.Id)} lacks a line ({LogField.Word(kind)}).", exception);
        }
    }
}
