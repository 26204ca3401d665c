using Nop.Core.Events;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>Writes the history of payment sessions, and tells other plugins what they may want to know of it.</summary>
public class PaymentHistory(PaymentEventStore eventStore, IEventPublisher eventPublisher, PluginLog log, TimeProvider timeProvider)
{
    /// <summary>Adds a line about what a session's row says already. Throws nothing.</summary>
    /// <param name="customerId">The person who did it.</param>
    public async Task AddAsync(MionPaymentSession session, PaymentEventKind kind, CheckTrigger trigger, string? detail = null, int? customerId = null)
    {
        var onUtc = timeProvider.GetUtcNow().UtcDateTime;
        try
        {
            await eventStore.InsertAsync(new MionPaymentEvent
            {
                SessionId = session.Id,
                OrderId = session.OrderId,
                OnUtc = onUtc,
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

        if (PaymentSessionChangedEvent.IsAbout(kind))
            await PublishAsync(PaymentSessionChangedEvent.Of(session, kind, onUtc));
    }

    private async Task PublishAsync(PaymentSessionChangedEvent change)
    {
        try
        {
            await eventPublisher.PublishAsync(change);
        }
        catch (Exception exception)
        {
            await log.WarningAsync($"another plugin could not be told of payment session {LogField.Row(change.SessionId)} ({LogField.Word(change.Kind)}).", exception);
        }
    }
}
