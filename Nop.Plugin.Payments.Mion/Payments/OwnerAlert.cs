using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.Mion.Hosting.Logging;

namespace Nop.Plugin.Payments.Mion.Payments;

/// <summary>
/// Tells the store owner about a payment that the plugin must not decide about: a note on the order, a warning in the
/// log, and one e-mail for each thing there is to tell.
/// </summary>
/// <remarks>
/// Can be repeated after a crash at any line: the note is written unless it is there, the mail is sent unless the row
/// says that it was. Only a crash between the two statements that queue the mail and record it sends the mail again;
/// the other order would lose it.
/// </remarks>
public class OwnerAlert(AlertMail alertMail, KeptTexts texts, OrderNotes orderNotes, PaymentSessionStore store, PluginLog log)
{
    /// <summary>
    /// Tells. Whatever goes wrong with the mail is logged and tried again at the session's next check; a note that
    /// cannot be written is the caller's failure.
    /// </summary>
    /// <param name="order">Its order as it is in the database; null when it is gone, or where there never was one.</param>
    /// <param name="resource">Resource of the note, below <c>Plugins.Payments.Mion.Note.</c>; its placeholders are amount and session.</param>
    /// <returns>Whether the mail is in the queue, now or before.</returns>
    public async Task<bool> TellAsync(MionPaymentSession session, Order? order, string resource)
    {
        if (session.PersonToldOf == resource)
            return true;
        if (order is not null)
            await orderNotes.AddOnceAsync(order.Id, resource, new EuroAmount(session.SumCents()), session.PaymentSessionId);
        return await SendAsync(session, order, resource);
    }

    private async Task<bool> SendAsync(MionPaymentSession session, Order? order, string resource)
    {
        try
        {
            if (session.IsForOrder())
                await log.WarningAsync($"order {LogField.Order(session.OrderId)} needs a person ({LogField.Resource(resource)}): {LogField.Amount(session.SumCents())}, session {LogField.MionId(session.PaymentSessionId)}.");
            else
                await log.WarningAsync($"a charge at the till without an order needs a person ({LogField.Resource(resource)}): {LogField.Amount(session.SumCents())}, session {LogField.MionId(session.PaymentSessionId)}.");
            var text = await texts.GetAsync(texts.OwnerLanguageId, "Note." + resource, new EuroAmount(session.SumCents()), session.PaymentSessionId);
            await alertMail.QueueAsync(session, order, text);
            await store.RecordPersonToldAsync(session.Id, resource);
            session.PersonToldOf = resource;
            return true;
        }
        catch (Exception exception)
        {
            await log.ErrorAsync($"the store owner could not be told by e-mail about payment session {LogField.Row(session.Id)}; it will be tried again.", exception);
            return false;
        }
    }
}
